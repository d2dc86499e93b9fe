using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace AlmaPurge.Simulator.Host;

/// <summary>The options of the program, and what its exit code says.</summary>
internal static class CommandLine
{
    /// <summary>Ended by Ctrl+C, as it is meant to.</summary>
    public const int Good = 0;

    /// <summary>It could not start.</summary>
    public const int Failed = 1;

    /// <summary>The options cannot be meant.</summary>
    public const int Usage = 2;

    private const int MaximumSize = 200_000;

    private static readonly HostOptions s_default = new();

    private static readonly Option<int> s_port = Number("--port", "The port; 0 takes a free one.", s_default.Port, 0, 65_535);

    private static readonly Option<int> s_size =
        Number("--size", "Patrons in the library.", s_default.Size, 10, MaximumSize);

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "The same seed gives the same library.",
        DefaultValueFactory = _ => s_default.Seed,
    };

    private static readonly Option<int> s_rate =
        Number("--rate", "Requests admitted in any one second, without a limit if 0.", s_default.Rate, 0, int.MaxValue);

    private static readonly Option<int> s_latency =
        Number("--latency", "Milliseconds that each answer takes.", 0, 0, 60_000);

    private static readonly Option<string[]> s_fault = new("--fault")
    {
        Description = "Misbehaviour: name, name:0.02 (a rate) or name@3 (the third match). May be given several times. "
            + $"Known: {string.Join(", ", AlmaSimulator.KnownFaults)}.",
        HelpName = "fault",
    };

    private static readonly Option<long> s_dailyLimit = new("--daily-limit")
    {
        Description = "Calls admitted in a day (GMT).",
        DefaultValueFactory = _ => s_default.DailyLimit,
    };

    private static readonly Option<DateTimeOffset?> s_now = new("--now")
    {
        Description = "Where the library's clock starts (2026-12-20 or 2026-12-20T09:00:00Z). Default: the real time.",
        HelpName = "time",
        CustomParser = result => Instant.Parse(result.Tokens[0].Value) is { } time ? time : Refuse<DateTimeOffset?>(result, "--now", Instant.Form),
    };

    private static readonly Option<string> s_policy = Word(
        "--policy", "The Delete User Policy.", "KeepFullyReportable", "KeepStatistics", "KeepStatisticsRemoveId", "FullyRemove");

    private static readonly Option<string> s_environment =
        Word("--environment", "What conf/general says it is.", "SANDBOX", "PRODUCTION");

    private static readonly Option<string> s_institution = new("--institution")
    {
        Description = "The institution's code: two hosts with different ones are two institutions.",
        HelpName = "code",
        DefaultValueFactory = _ => s_default.Institution,
        CustomParser = result => result.Tokens[0].Value is { } code && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? code
            : Refuse<string>(result, "--institution", "letters, digits and underscores, such as 01OTHER_INST"),
    };

    private static readonly Option<double> s_jobQueue = Seconds("--job-queue", "Seconds that a job waits.", s_default.JobQueue);
    private static readonly Option<double> s_jobRun = Seconds("--job-run", "Seconds that a job runs.", s_default.JobRun);

    private static readonly Option<IPAddress> s_listen = new("--listen")
    {
        Description = "The address to listen at. With any but a loopback address whoever reaches it can use it.",
        HelpName = "address",
        DefaultValueFactory = _ => s_default.Listen,
        CustomParser = result => IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address)
            ? address
            : Refuse<IPAddress>(result, "--listen", "an IP address such as 127.0.0.1"),
    };

    /// <summary>Reads the options and serves until it is told to end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("A make-believe Alma over HTTP, with a staff page. Nothing is sent anywhere.")
        {
            s_port, s_size, s_seed, s_rate, s_latency, s_fault, s_dailyLimit, s_now, s_policy, s_environment,
            s_institution, s_jobQueue, s_jobRun, s_listen,
        };
        using StopSignal signal = new();
        root.SetAction((parsed, _) => HostProgram.RunAsync(Read(parsed), signal.Token));
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

        // The library's own handling of Ctrl+C would end the process with another code.
        InvocationConfiguration configuration = new() { ProcessTerminationTimeout = null };
        return await result.InvokeAsync(configuration).ConfigureAwait(false);
    }

    private static HostOptions Read(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(s_port),
        Listen = parsed.GetValue(s_listen)!,
        Size = parsed.GetValue(s_size),
        Seed = parsed.GetValue(s_seed),
        Rate = parsed.GetValue(s_rate),
        Latency = TimeSpan.FromMilliseconds(parsed.GetValue(s_latency)),
        Faults = parsed.GetValue(s_fault) ?? [],
        DailyLimit = parsed.GetValue(s_dailyLimit),
        Now = parsed.GetValue(s_now),
        Policy = parsed.GetValue(s_policy)!,
        Environment = parsed.GetValue(s_environment)!,
        Institution = parsed.GetValue(s_institution)!,
        JobQueue = TimeSpan.FromSeconds(parsed.GetValue(s_jobQueue)),
        JobRun = TimeSpan.FromSeconds(parsed.GetValue(s_jobRun)),
    };

    private static Option<int> Number(string name, string description, int fallback, int minimum, int maximum)
    {
        string range = maximum == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{minimum} or more")
            : string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}");
        return new Option<int>(name)
        {
            Description = $"{description} {range}.",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => int.TryParse(
                result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                && value >= minimum && value <= maximum
                    ? value
                    : Refuse<int>(result, name, range),
        };
    }

    private static Option<double> Seconds(string name, string description, TimeSpan fallback)
    {
        return new Option<double>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback.TotalSeconds,
            CustomParser = result => double.TryParse(
                result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
                && seconds <= 86_400
                    ? seconds
                    : Refuse<double>(result, name, "0 to 86400 seconds, such as 1.5"),
        };
    }

    private static Option<string> Word(string name, string description, params string[] known)
    {
        return new Option<string>(name)
        {
            Description = $"{description} One of {string.Join(", ", known)}.",
            DefaultValueFactory = _ => name == "--policy" ? s_default.Policy : s_default.Environment,
            CustomParser = result => known.FirstOrDefault(
                k => k.Equals(result.Tokens[0].Value, StringComparison.OrdinalIgnoreCase))
                ?? Refuse<string>(result, name, "one of " + string.Join(", ", known)),
        };
    }

    private static T? Refuse<T>(ArgumentResult result, string name, string wanted)
    {
        result.AddError($"{name}: '{result.Tokens[0].Value}' will not do. Give {wanted}.");
        return default;
    }
}
