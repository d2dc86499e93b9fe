using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>Reads a user out of JSON, field by field.</summary>
internal static class UserRecordReader
{
    /// <summary>Reads a user.</summary>
    /// <param name="user">The user object.</param>
    /// <param name="expanded">Whether loans, requests and fees were asked for.</param>
    /// <param name="json">The whole record as text if it may be put back; otherwise null.</param>
    public static AlmaUserRecord Read(JObject user, bool expanded, string? json) => new(json)
    {
        PrimaryId = PrimaryId(user["primary_id"]),
        RecordType = JsonFacts.Text(user["record_type"]),
        UserGroup = JsonFacts.Text(user["user_group"]),
        UserGroupName = JsonFacts.Description(user["user_group"]),
        Status = JsonFacts.Text(user["status"]),
        AccountType = JsonFacts.Text(user["account_type"]),
        ExpiryDate = JsonDates.Date(user["expiry_date"]),
        PurgeDate = JsonDates.Date(user["purge_date"]),
        LastActivityDate = JsonDates.Date(user["last_patron_activity_date"]),
        StatusDate = JsonDates.Date(user["status_date"]),
        CreationDate = JsonDates.Date(user["created_date"] ?? user["creation_date"]),
        Roles = Roles(user["user_role"]),
        Blocks = Blocks(user["user_block"]),
        ProxyForCount = Length(user["proxy_for_user"]),
        SourceInstitutionCode = JsonFacts.Text(user["source_institution_code"]),
        SourceLinkId = JsonFacts.Text(user["source_link_id"]),
        LinkingId = JsonFacts.Text(user["linking_id"]),
        IsResearcher = JsonFacts.Flag(user["is_researcher"]),
        OpenLoans = Expanded(JsonFacts.Count(user["loans"]), expanded),
        OpenRequests = Expanded(JsonFacts.Count(user["requests"]), expanded),
        FeeBalance = Expanded(JsonFacts.Amount(user["fees"]), expanded),
    };

    private static Fact<T> Expanded<T>(Fact<T> fact, bool expanded) =>
        !expanded && fact.State == FactState.Absent ? default : fact;

    private static Fact<string> PrimaryId(JToken? token)
    {
        // Contacts may have "no primary id (123…)" here, which is not an identifier (seen).
        Fact<string> text = JsonFacts.Text(token);
        return text.IsKnown && text.Value.StartsWith("no primary id", StringComparison.OrdinalIgnoreCase)
            ? Fact<string>.Absent
            : text;
    }

    private static Fact<int> Length(JToken? token)
    {
        Fact<IReadOnlyList<JObject>> items = JsonFacts.Items(token);
        return items.State switch
        {
            FactState.Known => Fact<int>.Known(items.Value.Count),
            FactState.Unreadable => Fact<int>.Unreadable(items.Text!),
            _ => Fact<int>.Absent,
        };
    }

    private static Fact<IReadOnlyList<PatronRole>> Roles(JToken? token) => List(token, Role);

    private static Fact<IReadOnlyList<PatronBlock>> Blocks(JToken? token) => List(token, Block);

    private static Fact<IReadOnlyList<T>> List<T>(JToken? token, Func<JObject, T?> read)
        where T : class
    {
        Fact<IReadOnlyList<JObject>> items = JsonFacts.Items(token);
        if (!items.IsKnown)
        {
            return items.IsUnreadable ? Fact<IReadOnlyList<T>>.Unreadable(items.Text!) : Fact<IReadOnlyList<T>>.Absent;
        }

        List<T> list = new(items.Value.Count);
        foreach (JObject item in items.Value)
        {
            T? element = read(item);
            if (element is null)
            {
                return Fact<IReadOnlyList<T>>.Unreadable("an element without a readable type");
            }

            list.Add(element);
        }

        return Fact<IReadOnlyList<T>>.Known(list);
    }

    private static PatronRole? Role(JObject role)
    {
        Fact<string> type = JsonFacts.Text(role["role_type"]);
        if (!type.IsKnown)
        {
            return null;
        }

        Fact<string> name = JsonFacts.Description(role["role_type"]);
        return new PatronRole(
            type.Value,
            name.IsKnown ? name.Value : type.Value,
            IsActive(role["status"]),
            Expiry(role["expiry_date"]));
    }

    private static PatronBlock? Block(JObject block)
    {
        Fact<string> type = JsonFacts.Text(block["block_type"]);
        Fact<string> description = JsonFacts.Text(block["block_description"]);
        if (!type.IsKnown && !description.IsKnown)
        {
            return null;
        }

        return new PatronBlock(
            type.IsKnown ? type.Value : string.Empty,
            description.IsKnown ? description.Value : string.Empty,
            IsActive(block["block_status"] ?? block["status"]),
            Expiry(block["expiry_date"]));
    }

    /// <summary>Only the word INACTIVE switches something off; no word, or another one, leaves it in force.</summary>
    private static bool IsActive(JToken? status)
    {
        Fact<string> text = JsonFacts.Text(status);
        return !text.IsKnown || !string.Equals(text.Value, "INACTIVE", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An end that cannot be read is no end.</summary>
    private static DateOnly? Expiry(JToken? date)
    {
        Fact<DateOnly> fact = JsonDates.Date(date);
        return fact.IsKnown ? fact.Value : null;
    }
}
