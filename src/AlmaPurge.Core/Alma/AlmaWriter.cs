using AlmaPurge.Core.Rules;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>Sends changes, each once.</summary>
internal sealed class AlmaWriter(AlmaTransport transport, WriteApproval approval) : IAlmaWriter
{
    /// <summary>Documented limit of one call.</summary>
    internal const int MostMembers = 1000;

    /// <inheritdoc/>
    public WriteApproval Approval => approval;

    /// <inheritdoc/>
    public async Task<AlmaSetRecord> CreateUserSetAsync(
        string name,
        string description,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        JObject body = new()
        {
            ["name"] = name,
            ["description"] = description,
            ["type"] = Coded("ITEMIZED"),
            ["content"] = Coded("USER"),
            // Sets made through the API belong to "exl_api": a private one would be hidden from staff (inferred).
            ["private"] = Coded("false"),
            ["status"] = Coded("ACTIVE"),
            ["note"] = string.Empty,
        };
        AlmaRequest request = Post(AlmaAddress.Path("conf", "sets"), string.Empty, body);
        AlmaAnswer answer = await transport.SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        return RecordReader.Set(answer.Json) ?? throw transport.Unexpected(request, "a new set without an id");
    }

    /// <inheritdoc/>
    public Task AddSetMembersAsync(
        string setId,
        IReadOnlyList<string> primaryIds,
        CancellationToken cancellationToken) =>
        ChangeMembersAsync("add_members", setId, primaryIds, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveSetMembersAsync(
        string setId,
        IReadOnlyList<string> primaryIds,
        CancellationToken cancellationToken) =>
        ChangeMembersAsync("delete_members", setId, primaryIds, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteSetAsync(string setId, CancellationToken cancellationToken) =>
        transport.SendOnceAsync(Delete(AlmaAddress.Path("conf", "sets", setId)), cancellationToken);

    /// <inheritdoc/>
    public async Task<AlmaJobStart> RunJobAsync(
        string jobId,
        IReadOnlyList<JobParameter> parameters,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        JArray list = [];
        foreach (JobParameter parameter in parameters)
        {
            // The name is an object and the value is not; that is how Alma wants it (seen).
            list.Add(new JObject { ["name"] = Coded(parameter.Name), ["value"] = parameter.Value });
        }

        AlmaRequest request = Post(
            AlmaAddress.Path("conf", "jobs", jobId),
            "?op=run",
            new JObject { ["parameter"] = list });
        AlmaAnswer answer = await transport.SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        JObject? information = answer.Json["additional_info"] as JObject;
        return new AlmaJobStart(
            jobId,
            RecordReader.LastSegment(information?["link"]),
            RecordReader.Text(information?["value"]));
    }

    /// <inheritdoc/>
    public async Task PutUserAsync(AlmaUserRecord user, string? overrideFields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        string id = user.PrimaryId.IsKnown
            ? user.PrimaryId.Value
            : throw new InvalidOperationException("A user without a primary identifier cannot be put back.");
        AlmaRequest request = new(
            HttpMethod.Put,
            AlmaAddress.Path("users", id),
            AlmaRequest.QueryOf(("override", overrideFields ?? string.Empty)),
            user.Json);
        AlmaAnswer answer = await transport.SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        Fact<string> answered = JsonFacts.Text(answer.Json["primary_id"]);
        if (!answered.IsKnown || !string.Equals(answered.Value, id, StringComparison.OrdinalIgnoreCase))
        {
            throw transport.Unexpected(request, "an answer about another user than the one that was changed");
        }
    }

    /// <inheritdoc/>
    public Task DeleteUserAsync(string primaryId, CancellationToken cancellationToken) =>
        transport.SendOnceAsync(Delete(AlmaAddress.Path("users", primaryId)), cancellationToken);

    private static JObject Coded(string value) => new() { ["value"] = value };

    private static AlmaRequest Post(string path, string query, JObject body) =>
        new(HttpMethod.Post, path, query, body.ToString(Formatting.None));

    private static AlmaRequest Delete(string path) => new(HttpMethod.Delete, path, NeedsBody: false);

    private Task ChangeMembersAsync(
        string operation,
        string setId,
        IReadOnlyList<string> primaryIds,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(primaryIds);

        // Alma knows no upper and lower case in identifiers and refuses the call for one that is in it twice.
        string[] ids = primaryIds.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (ids.Length is 0 or > MostMembers || ids.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException(
                $"Between 1 and {MostMembers} identifiers are allowed in one call, none of them blank.",
                nameof(primaryIds));
        }

        JArray members = new(ids.Select(id => new JObject { ["id"] = id }));
        JObject body = new() { ["members"] = new JObject { ["member"] = members } };
        string query = AlmaRequest.QueryOf(("op", operation), ("fail_on_invalid_id", "true"));
        AlmaRequest request = Post(AlmaAddress.Path("conf", "sets", setId), query, body) with { NeedsBody = false };
        return transport.SendOnceAsync(request, cancellationToken);
    }
}
