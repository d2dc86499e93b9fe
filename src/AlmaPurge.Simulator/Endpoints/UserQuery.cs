using System.Globalization;
using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The <c>q</c> of GET /users, also kept by a logical set. It is a search for words, as in Alma: a user group is
/// matched by its code and by the words of its description, a primary id by its words, so a client must compare what
/// comes back. Underscores and commas separate words as spaces do (seen).
/// </summary>
internal sealed class UserQuery
{
    private static readonly char[] s_separators = [' ', '_', ',', '(', ')', '/', '-', '.', '@', '+', '#'];

    private readonly Library _library;
    private readonly List<Func<SimulatedUser, bool>> _conditions = [];

    private UserQuery(Library library)
    {
        _library = library;
    }

    /// <summary>Null where the query is not understood.</summary>
    public static UserQuery? Parse(Library library, string? text)
    {
        UserQuery query = new(library);
        string[] parts = (text ?? "").Split(" AND ", StringSplitOptions.RemoveEmptyEntries);
        foreach (string part in parts)
        {
            int mark = part.IndexOf('~', StringComparison.Ordinal);
            string field = mark < 0 ? "" : part[..mark].Trim();
            Func<SimulatedUser, bool>? condition = query.Condition(field, part[(mark + 1)..].Trim());
            if (condition is null || (field == "ALL" && parts.Length > 1))
            {
                // ALL has no AND (documented).
                return null;
            }

            query._conditions.Add(condition);
        }

        return query;
    }

    public bool Fits(SimulatedUser user)
    {
        return _conditions.TrueForAll(c => c(user));
    }

    private Func<SimulatedUser, bool>? Condition(string field, string value)
    {
        string[] words = Words(value);
        return field switch
        {
            "user_group" => InGroup(words),
            "primary_id" => u => string.Equals(u.PrimaryId, value, StringComparison.OrdinalIgnoreCase)
                || Matches(u.PrimaryId, words),
            "identifiers" => u => u.State.Identifiers.Any(i => Matches(i.Value, words)),
            "first_name" => u => Matches(u.State.FirstName, words),
            "middle_name" => u => Matches(u.State.MiddleName, words),
            "last_name" => u => Matches(u.State.LastName, words),
            "email" or "phone_number" => u => Matches(UserContact.Search(u, field), words),
            "birth_date" => u => u.State.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == value,
            "job_category" or "campus_code" => u => Matches(UserFields.Value(u.State, field), words),
            "block_type" => u => u.State.Blocks.Any(b => Matches(b.Type, words)),
            "id_type" => u => u.State.Identifiers.Any(i => Matches(i.Type, words)),
            "note_text" or "note_type" => u => Matches(Carried(u, "user_note"), words),
            "statistic_category" => u => Matches(Carried(u, "user_statistic"), words),
            "fines_fees_sum" => HasBalance(value),
            "general_info" => u => Matches(u.PrimaryId + " " + Names(u), words),
            "ALL" => u => Matches(u.PrimaryId + " " + Names(u) + " " + Identifiers(u), words),
            _ => null,
        };
    }

    private Func<SimulatedUser, bool> InGroup(string[] words)
    {
        HashSet<string> codes = [.. _library.Groups
            .Where(g => Matches(g.Code, words) || Matches(g.Description, words)).Select(g => g.Code)];
        return u => codes.Contains(u.UserGroup);
    }

    private static Func<SimulatedUser, bool>? HasBalance(string value)
    {
        bool fits = decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal sum);
        return fits ? u => u.Fees.Where(f => f.Status == "ACTIVE").Sum(f => f.Balance) == sum : null;
    }

    private static string Names(SimulatedUser user)
    {
        return user.State.FirstName + " " + user.State.MiddleName + " " + user.State.LastName;
    }

    private static string Identifiers(SimulatedUser user)
    {
        return string.Join(' ', user.State.Identifiers.Select(i => i.Value));
    }

    private static string Carried(SimulatedUser user, string segment)
    {
        return user.State.Carried?[segment] is { } list
            ? string.Join(' ', list.SelectTokens("$..*").OfType<Newtonsoft.Json.Linq.JValue>())
            : "";
    }

    private static bool Matches(string text, string[] words)
    {
        if (words.Length == 0 || text.Length == 0)
        {
            return false;
        }

        string[] parts = Words(text);
        return words.All(w => parts.Contains(w, StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Words(string text)
    {
        return text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
    }
}
