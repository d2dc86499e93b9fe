using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;

namespace AlmaPurge.Simulator.Host.Tests.Browser;

/// <summary>A real browser without a window, from the system, used with the keyboard alone.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] s_browsers = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("almapurge-chromium-");

    private Chromium(string browser, string driver, bool script)
    {
        ChromeOptions options = new() { BinaryLocation = browser };
        options.AddArguments(
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1200,900",
            "--user-data-dir=" + _profile.FullName);
        if (!script)
        {
            options.AddArgument("--blink-settings=scriptEnabled=false");
        }

        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        ChromeDriverService service = ChromeDriverService.CreateDefaultService(
            Path.GetDirectoryName(driver), Path.GetFileName(driver));
        service.SuppressInitialDiagnosticInformation = true;
        Driver = new ChromeDriver(service, options, s_patience);
    }

    public ChromeDriver Driver { get; }

    /// <summary>What the page complained of, such as something that the content policy has kept out.</summary>
    public IEnumerable<string> Complaints => Driver.Manage().Logs.GetLog(LogType.Browser)
        .Where(e => e.Level >= LogLevel.Warning && !e.Message.Contains("status of 404", StringComparison.Ordinal))
        .Select(e => e.Message);

    /// <summary>Starts it, or skips the test where the machine has none.</summary>
    public static Chromium Start(bool script = true)
    {
        string? browser = s_browsers.Select(OnPath).FirstOrDefault(p => p is not null);
        string? driver = OnPath("chromedriver");
        Skip.If(browser is null, "There is no Chromium on PATH.");
        Skip.If(driver is null, "There is no chromedriver on PATH.");
        return new Chromium(browser!, driver!, script);
    }

    public void Open(TestHost host, string path) => Driver.Navigate().GoToUrl(new Uri(host.Address, path));

    public IWebElement Find(string id) => Driver.FindElement(By.Id(id));

    public bool Shows(string id) => Driver.FindElements(By.Id(id)).Any(e => e.Displayed);

    public string Text(string id) => Find(id).Text;

    public string Page => Driver.FindElement(By.TagName("main")).Text;

    /// <summary>Presses keys wherever the focus is.</summary>
    public void Press(params string[] keys)
    {
        foreach (string key in keys)
        {
            new Actions(Driver).SendKeys(key).Perform();
        }
    }

    /// <summary>Goes on with Tab until the focus is there; whoever cannot get there by Tab is locked out.</summary>
    public void TabTo(string id)
    {
        for (int i = 0; i < 40; i++)
        {
            Press(Keys.Tab);
            if (Driver.SwitchTo().ActiveElement().GetAttribute("id") == id)
            {
                return;
            }
        }

        Assert.Fail($"Tab never got to '{id}'.");
    }

    /// <summary>Waits until something is so, looking again and again.</summary>
    public void WaitUntil(Func<bool> holds, string what)
    {
        DateTime end = DateTime.UtcNow + s_patience;
        while (DateTime.UtcNow < end)
        {
            try
            {
                if (holds())
                {
                    return;
                }
            }
            catch (WebDriverException e) when (e is StaleElementReferenceException or NoSuchElementException)
            {
                // The page has just been changed.
            }

            Thread.Sleep(50);
        }

        Assert.Fail($"Waited in vain for: {what}. The page says:\n{Page}");
    }

    public void Dispose()
    {
        Driver.Quit();
        Driver.Dispose();
        _profile.Delete(recursive: true);
    }

    private static string? OnPath(string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
