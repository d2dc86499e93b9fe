using System.Runtime.CompilerServices;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <content>Users and their fees.</content>
public sealed partial class AlmaClient
{
    /// <inheritdoc/>
    public async Task<AlmaUserRecord?> GetUserAsync(string primaryId, bool expand, CancellationToken cancellationToken)
    {
        AlmaRequest request = AlmaRequest.Get(
            AlmaAddress.Path("users", primaryId),
            ("expand", expand ? "loans,requests,fees" : string.Empty));
        try
        {
            AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
            return UserRecordReader.Read(answer.Json, expand, answer.Text);
        }
        catch (AlmaApiException error) when (IsNoSuchUser(error))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlmaFeeRecord>> GetFeesAsync(
        string primaryId,
        string status,
        CancellationToken cancellationToken)
    {
        AlmaRequest request = AlmaRequest.Get(AlmaAddress.Path("users", primaryId, "fees"), ("status", status));
        AlmaAnswer answer = await _transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
        Fact<IReadOnlyList<JObject>> items = JsonFacts.Items(answer.Json["fee"]);
        Fact<int> total = JsonFacts.Count(answer.Json["total_record_count"]);
        IReadOnlyList<JObject> fees = items.IsKnown ? items.Value : [];

        // This listing has no pages: fewer fees than counted, or no count for an empty list, means a damaged answer.
        bool isWhole = !items.IsUnreadable && (total.IsKnown ? fees.Count >= total.Value : fees.Count > 0);
        return isWhole
            ? fees.Select(fee => Fee(fee, status)).ToArray()
            : throw _transport.Unexpected(request, "a list of fees that is not whole");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AlmaUserRecord> FindUsersInGroupAsync(
        string groupCode,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(groupCode);
        string code = groupCode.Trim();
        PagedReader pages = new(
            _transport,
            AlmaAddress.Path("users"),
            "user",
            RowKey,
            ("q", "user_group~" + code.Replace(' ', '_')),
            ("expand", "full"));
        await foreach (JObject row in pages.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            AlmaUserRecord user = UserRecordReader.Read(row, expanded: false, json: null);

            // The search is one for words, so others may be among its hits. Only a group that is known to be another
            // one lets a user be passed over.
            bool isElsewhere = user.UserGroup.IsKnown
                && !string.Equals(user.UserGroup.Value, code, StringComparison.OrdinalIgnoreCase);
            if (!isElsewhere)
            {
                yield return user;
            }
        }
    }

    /// <summary>Alma's own word that there is no such user; a 404 of whatever stands in between is not enough.</summary>
    private static bool IsNoSuchUser(AlmaApiException error) =>
        error.Kind == AlmaErrorKind.NotFound
        && error.Errors.Count > 0
        && error.Errors.All(e => e.Code is AlmaCodes.UserNotFound or AlmaCodes.UserNotFoundByType);

    private static string? RowKey(JObject row)
    {
        Fact<string> id = JsonFacts.Text(row["primary_id"]);
        return id.IsKnown ? id.Value : null;
    }

    private static AlmaFeeRecord Fee(JObject fee, string askedStatus)
    {
        Fact<string> id = JsonFacts.Text(fee["id"]);
        Fact<string> type = JsonFacts.Text(fee["type"]);
        Fact<string> status = JsonFacts.Text(fee["status"]);
        return new AlmaFeeRecord(
            id.IsKnown ? id.Value : string.Empty,
            type.IsKnown ? type.Value : string.Empty,
            (status.IsKnown ? status.Value : askedStatus).ToUpperInvariant(),
            JsonFacts.Amount(fee["balance"]));
    }
}
