using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Rehearsal;

/// <summary>
/// The make-believe library behind a host: reached through Alma's REST API as an institution is, and for what no Alma
/// has (reports, manifest, its own records) through the host's control endpoints.
/// </summary>
internal sealed class HostedLibrary : IRehearsalLibrary
{
    private readonly Uri _address;
    private readonly string _key;
    private readonly int _rate;
    private readonly HttpClient _control;
    private readonly About _about;
    private HashSet<string> _before = [];

    private HostedLibrary(Uri address, string key, int rate, HttpClient control, About about)
    {
        _address = address;
        _key = key;
        _rate = rate;
        _control = control;
        _about = about;
    }

    public string Description => FormattableString.Invariant(
        $"{_about.UserCount} made-up patrons, seed {_about.Seed}, behind a host ({_about.InstitutionCode}, {_about.EnvironmentType})");

    public IReadOnlyList<LibraryGroup> UserGroups => _about.UserGroups;

    /// <summary>
    /// Asks whether it is the simulator that answers there, without the key: a rehearsal purges for good, and must
    /// never reach a real Alma.
    /// </summary>
    /// <exception cref="AlmaPurgeException">Nobody answers there, or somebody else does.</exception>
    public static async Task<HostedLibrary> FindAsync(Uri address, string key, int rate, CancellationToken stop)
    {
        HttpClient control = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(address, "/simulator/"),
        };
        try
        {
            About about = await GetAsync<About>(control, "/simulator", stop).ConfigureAwait(false);
            if (about.Simulator != "AlmaPurge")
            {
                throw NotTheSimulator(address, null);
            }

            HostedLibrary library = new(address, key, rate, control, about);
            PurgedAnswer earlier = await GetAsync<PurgedAnswer>(control, "purged", stop).ConfigureAwait(false);
            library._before = [.. earlier.Purged.Select(p => p.Mark)];
            return library;
        }
        catch
        {
            control.Dispose();
            throw;
        }
    }

    public Task ExportUsersAsync(string path, string userGroup, CancellationToken stop) =>
        DownloadAsync("reports/users.csv?userGroup=" + Uri.EscapeDataString(userGroup), path, stop);

    public Task ExportFinesAsync(string path, CancellationToken stop) => DownloadAsync("reports/fines.csv", path, stop);

    public Task<AlmaSession> ConnectAsync(CancellationToken stop)
    {
        AlmaClientOptions options = new()
        {
            BaseAddress = _address,
            ApiKey = _key,
            RequestsPerSecond = _rate,
            PollInterval = TimeSpan.FromMilliseconds(500),
            ReadingsApart = TimeSpan.FromMilliseconds(200),
        };
        return AlmaSession.ConnectAsync(options, simulated: true, stop);
    }

    public async Task PurgeByStaffAsync(
        int daysAfterPurgeDate, string userGroup, decimal waiveThreshold, CancellationToken stop)
    {
        var values = new { daysAfterPurgeDate, recordType = "Public", userGroup, waiveThreshold };
        try
        {
            using HttpResponseMessage answer =
                await _control.PostAsJsonAsync("purge-user-records", values, stop).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException e)
        {
            throw NotTheSimulator(_control.BaseAddress!, e);
        }
    }

    public string? CanaryId(PurgeRun run) => null;

    public async Task<LibraryRecord> ReadRecordAsync(string? userGroup, DateOnly expiredBefore, CancellationToken stop)
    {
        string query = string.Create(
            CultureInfo.InvariantCulture,
            $"?expiredBefore={expiredBefore:yyyy-MM-dd}&userGroup={Uri.EscapeDataString(userGroup ?? "")}");
        PurgedAnswer answer = await GetAsync<PurgedAnswer>(_control, "purged" + query, stop).ConfigureAwait(false);
        ManifestAnswer manifest = await GetAsync<ManifestAnswer>(_control, "manifest" + query, stop).ConfigureAwait(false);
        ILookup<string, string> mustStay = manifest.MustStay
            .SelectMany(m => m.Reasons.Select(reason => (m.PrimaryId, reason)))
            .ToLookup(m => m.PrimaryId, m => m.reason, StringComparer.OrdinalIgnoreCase);
        Removal[] ours = [.. answer.Purged.Where(p => !_before.Contains(p.Mark))];
        return new LibraryRecord(
            [.. ours.Select(p => p.PrimaryId)],
            [.. ours
                .Select(p => (p.PrimaryId, Reasons: p.ReasonsToStay.Union(mustStay[p.PrimaryId]).ToArray()))
                .Where(p => p.Reasons.Length > 0)
                .Select(p => $"{p.PrimaryId} ({string.Join(", ", p.Reasons)})")]);
    }

    public void Dispose() => _control.Dispose();

    private async Task DownloadAsync(string path, string file, CancellationToken stop)
    {
        try
        {
            byte[] content = await _control.GetByteArrayAsync(path, stop).ConfigureAwait(false);
            await File.WriteAllBytesAsync(file, content, stop).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw NotTheSimulator(_control.BaseAddress!, e);
        }
    }

    private static async Task<T> GetAsync<T>(HttpClient control, string path, CancellationToken stop)
    {
        try
        {
            return (await control.GetFromJsonAsync<T>(path, JsonSerializerOptions.Web, stop).ConfigureAwait(false))!;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw NotTheSimulator(control.BaseAddress!, e);
        }
    }

    private static AlmaPurgeException NotTheSimulator(Uri address, Exception? cause) => new(
        "NotTheSimulator",
        AlmaPurgeErrorKind.Unavailable,
        $"No host of the simulator answers at {address.GetLeftPart(UriPartial.Authority)}: {cause?.Message ?? "somebody else does."}",
        "Start one with dotnet run --project src/AlmaPurge.Simulator.Host, and give the address that it prints.",
        address,
        cause);

    private sealed record About(
        string? Simulator, string? InstitutionCode, string? EnvironmentType, int UserCount, int Seed, IReadOnlyList<LibraryGroup> UserGroups);

    private sealed record PurgedAnswer(IReadOnlyList<Removal> Purged);

    private sealed record ManifestAnswer(IReadOnlyList<Stay> MustStay);

    private sealed record Stay(string PrimaryId, IReadOnlyList<string> Reasons);

    private sealed record Removal(string PrimaryId, DateTimeOffset Time, IReadOnlyList<string> ReasonsToStay)
    {
        /// <summary>Tells two removals of one identifier apart: somebody may be created anew.</summary>
        public string Mark => FormattableString.Invariant($"{Time:O} {PrimaryId}");
    }
}
