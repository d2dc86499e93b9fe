using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AlmaPurge.Rehearsal;

/// <summary>The options of the program, and what its exit code says.</summary>
internal static class CommandLine
{
    /// <summary>Everybody is accounted for, and nobody was purged wrongly.</summary>
    public const int Good = 0;

    /// <summary>Something stopped the purge, or it went wrong.</summary>
    public const int Failed = 1;

    /// <summary>The options cannot be meant.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl+C, by the shells' own convention.</summary>
    public const int Stopped = 130;

    private const string KeyVariable = "ALMA_API_KEY";
    private const string DayFormat = "yyyy-MM-dd";

    private static readonly Option<string?> s_users = new("--users")
    {
        Description = "Your own export of patrons (.csv, .tsv, .txt, .xlsx, .xls). Those whom the simulated library lacks are made from its rows.",
        HelpName = "file",
    };

    private static readonly Option<string?> s_fines = new("--fines")
    {
        Description = "Your own export of fines and fees.",
        HelpName = "file",
    };

    private static readonly Option<string?> s_userGroup = new("--user-group")
    {
        Description = "The patrons' own user group, code or description. Default: the one in the export, or UNDRGRD.",
        HelpName = "group",
    };

    private static readonly Option<string?> s_purgeGroup = new("--purge-group")
    {
        Description = "The purge group. Default: PURGEUG, or PURGEGR for GRAD.",
        HelpName = "group",
    };

    private static readonly Option<DateOnly?> s_expiredBefore = new("--expired-before")
    {
        Description = $"Patrons who expired before this day may go ({DayFormat}). Default: a year ago.",
        HelpName = "day",
        CustomParser = ParseDay,
    };

    private static readonly Option<string?> s_dateFormat = new("--date-format")
    {
        Description = "How the export writes dates, where it does not tell, such as dd/MM/yyyy.",
        HelpName = "format",
    };

    private static readonly Option<AlmaPurgeRoute> s_route = new("--route")
    {
        Description = "How the purge is done: SetJob, UserDelete, or Handoff, where the rehearsal plays the staff. Default: SetJob.",
        CustomParser = ParseRoute,
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "The same seed gives the same library.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> s_size = new("--size")
    {
        Description = "Patrons in the simulated library, 10 to 200000.",
        DefaultValueFactory = _ => 300,
        CustomParser = ParseSize,
    };

    private static readonly Option<string?> s_runs = new("--runs")
    {
        Description = "Folder for the run folder. Default: ALMAPURGE_RUNS, or your local application data.",
        HelpName = "folder",
    };

    private static readonly Option<Uri?> s_baseUri = new("--base-uri")
    {
        Description = "Rehearse against a host of the simulator at this address instead of a library in this process.",
        HelpName = "address",
        CustomParser = ParseAddress,
    };

    private static readonly Option<string?> s_apiKey = new("--api-key")
    {
        Description = $"The host's API key. Default: the environment variable {KeyVariable}.",
        HelpName = "key",
    };

    private static readonly Option<int> s_rate = new("--rate")
    {
        Description = "Requests a second to the host; 0 for no limit.",
        DefaultValueFactory = _ => 20,
    };

    /// <summary>Reads the options and rehearses.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Rehearses a whole purge in a simulated library.")
        {
            s_users, s_fines, s_userGroup, s_purgeGroup, s_expiredBefore, s_dateFormat, s_route, s_seed, s_size, s_runs,
            s_baseUri, s_apiKey, s_rate,
        };
        root.Validators.Add(RequireOneLibrary);
        using StopSignal signal = new();
        root.SetAction((parsed, _) => RehearsalProgram.RunAsync(Read(parsed), signal.Token));
        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (ParseError error in result.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("--help lists the options.").ConfigureAwait(false);
            return Usage;
        }

        // The library's own handling of Ctrl+C ends the process before anything is put in order.
        InvocationConfiguration configuration = new() { ProcessTerminationTimeout = null };
        return await result.InvokeAsync(configuration).ConfigureAwait(false);
    }

    private static RehearsalOptions Read(ParseResult parsed) => new()
    {
        Users = parsed.GetValue(s_users),
        Fines = parsed.GetValue(s_fines),
        UserGroup = parsed.GetValue(s_userGroup),
        PurgeGroup = parsed.GetValue(s_purgeGroup),
        ExpiredBefore = parsed.GetValue(s_expiredBefore) ?? DateOnly.FromDateTime(DateTime.Today).AddYears(-1),
        DateFormat = parsed.GetValue(s_dateFormat),
        Route = parsed.GetValue(s_route),
        Seed = parsed.GetValue(s_seed),
        Size = parsed.GetValue(s_size),
        Runs = parsed.GetValue(s_runs),
        BaseUri = parsed.GetValue(s_baseUri),
        ApiKey = Key(parsed.GetValue(s_apiKey)),
        Rate = Math.Max(0, parsed.GetValue(s_rate)),
    };

    private static string? Key(string? given) => given ?? Environment.GetEnvironmentVariable(KeyVariable);

    private static Uri? ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            return address;
        }

        result.AddError($"--base-uri: '{text}' is no address of a host. Give the one it prints, such as http://127.0.0.1:8680.");
        return null;
    }

    private static void RequireOneLibrary(CommandResult result)
    {
        if (result.GetResult(s_baseUri) is null)
        {
            return;
        }

        foreach (Option option in (Option[])[s_users, s_fines, s_seed, s_size])
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                result.AddError($"{option.Name} and --base-uri do not go together: the host has its own patrons.");
            }
        }

        if (string.IsNullOrWhiteSpace(Key(result.GetResult(s_apiKey)?.GetValueOrDefault<string?>())))
        {
            result.AddError($"--base-uri needs a key. Give the one that the host prints with --api-key, or as {KeyVariable}.");
        }
    }

    // Only this form: in any other, one reader's day is another's month.
    private static DateOnly? ParseDay(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            result.AddError($"--expired-before: '{text}' is not a day written as {DayFormat}.");
        }

        return day;
    }

    private static AlmaPurgeRoute ParseRoute(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (AlmaPurgeRoute route in Enum.GetValues<AlmaPurgeRoute>())
        {
            if (route.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return route;
            }
        }

        result.AddError($"--route: there is no route '{text}', only {string.Join(" and ", Enum.GetNames<AlmaPurgeRoute>())}.");
        return default;
    }

    private static int ParseSize(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size is < 10 or > 200_000)
        {
            result.AddError($"--size: '{text}' will not do. Give 10 to 200000.");
        }

        return size;
    }
}
