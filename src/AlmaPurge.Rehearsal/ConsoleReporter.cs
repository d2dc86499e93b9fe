using System.Diagnostics;
using System.Globalization;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Rehearsal;

/// <summary>
/// Prints what the steps say. On a terminal progress is one line that is written over; anywhere else, such as in a
/// file, it is a plain line every other second.
/// </summary>
internal sealed class ConsoleReporter : IStepReporter, IDisposable
{
    private const int TitleWidth = 13;
    private const int DefaultWidth = 80;

    private static readonly TimeSpan s_liveInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_plainInterval = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly bool _isLive = !Console.IsOutputRedirected;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _due;
    private int _liveLength;
    private int _number;
    private bool _isDisposed;

    /// <summary>The step at work.</summary>
    public string Step { get; private set; } = "Start";

    /// <summary>Begins a step.</summary>
    public void Begin(string step)
    {
        lock (_gate)
        {
            Step = step;
            _number++;
            _due = _clock.Elapsed + (_isLive ? s_liveInterval : s_plainInterval);
        }
    }

    /// <summary>Prints what came of the step at work.</summary>
    public void Done(string result)
    {
        lock (_gate)
        {
            string title = string.Create(CultureInfo.InvariantCulture, $"{_number}. {Step}").PadRight(TitleWidth);
            Write(title + result);
        }
    }

    /// <summary>Prints more about the step at work.</summary>
    public void Detail(string line) => Line(new string(' ', TitleWidth) + line);

    /// <summary>Prints a line.</summary>
    public void Line(string line)
    {
        lock (_gate)
        {
            Write(line);
        }
    }

    /// <summary>Prints what went wrong, where scripts expect it.</summary>
    public void Fail(string line)
    {
        lock (_gate)
        {
            EraseLive();
            Console.Error.WriteLine(line);
        }
    }

    public void Progress(StepProgress progress)
    {
        lock (_gate)
        {
            if (_isDisposed || _clock.Elapsed < _due)
            {
                return;
            }

            _due = _clock.Elapsed + (_isLive ? s_liveInterval : s_plainInterval);
            string line = new string(' ', TitleWidth) + Text(progress);
            if (_isLive)
            {
                WriteLive(line);
            }
            else
            {
                Console.Out.WriteLine(line);
            }
        }
    }

    public void Warn(string message) => Say("warning: " + message);

    public void Verbose(string message)
    {
        // The counts of each step say as much.
    }

    public void Problem(Exception problem, string? target) => Say($"{target}: {problem.Message}");

    public void Dispose()
    {
        lock (_gate)
        {
            EraseLive();
            _isDisposed = true;
        }
    }

    private void Say(string message)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                Write(new string(' ', TitleWidth) + message);
            }
        }
    }

    private static string Text(StepProgress progress)
    {
        string count = progress.Total is { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {total}")
            : progress.Done.ToString(CultureInfo.InvariantCulture);
        string status = progress.Status.Length == 0 ? "" : $", {progress.Status}";
        return $"{progress.Activity}: {count}{status}";
    }

    private void Write(string line)
    {
        EraseLive();
        Console.Out.WriteLine(line);
    }

    private void WriteLive(string line)
    {
        // A line that wraps could not be written over. Some terminals do not know their width.
        int width = Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
        string shown = line.Length < width ? line : line[..(width - 1)];
        EraseLive();
        Console.Out.Write(shown);
        _liveLength = shown.Length;
    }

    private void EraseLive()
    {
        if (_liveLength > 0)
        {
            Console.Out.Write('\r' + new string(' ', _liveLength) + '\r');
            _liveLength = 0;
        }
    }
}
