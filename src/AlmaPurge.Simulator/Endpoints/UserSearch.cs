using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The <c>q</c> of GET /users. It is a search for words, as in Alma: a user group is matched by its code and by the
/// words of its description, a primary id by its words, so a client must compare what comes back.
/// </summary>
internal sealed class UserSearch
{
    private readonly Library _library;
    private string? _lastQuery;
    private long _lastVersion;
    private IReadOnlyList<SimulatedUser>? _lastFound;

    public UserSearch(Library library)
    {
        _library = library;
    }

    /// <summary>Those who match, in order; null where the query is not understood.</summary>
    public IReadOnlyList<SimulatedUser>? Find(ApiRequest request)
    {
        string? order = request.Value("order_by");
        if (order is not (null or "last_name" or "first_name" or "primary_id"))
        {
            throw ApiErrorException.InvalidCode("order_by", order, "last_name, first_name, primary_id");
        }

        // The pages of one search come one after another: the search is made once, unless something changed.
        string query = order + "|" + request.Value("q");
        if (_lastQuery != query || _lastVersion != _library.Users.Version)
        {
            _lastFound = Search(request.Value("q"), order);
            _lastQuery = query;
            _lastVersion = _library.Users.Version;
        }

        return _lastFound;
    }

    private List<SimulatedUser>? Search(string? query, string? order)
    {
        List<Func<SimulatedUser, bool>> conditions = [];
        foreach (string part in (query ?? "").Split(" AND ", StringSplitOptions.RemoveEmptyEntries))
        {
            int mark = part.IndexOf('~', StringComparison.Ordinal);
            Func<SimulatedUser, bool>? condition = mark < 0 ? null : Condition(part[..mark].Trim(), part[(mark + 1)..]);
            if (condition is null)
            {
                return null;
            }

            conditions.Add(condition);
        }

        IEnumerable<SimulatedUser> found = _library.Users.All
            .Where(u => !u.IsDeleted && conditions.TrueForAll(c => c(u)));
        return [.. order switch
        {
            "last_name" => found.OrderBy(u => u.State.LastName, StringComparer.Ordinal),
            "first_name" => found.OrderBy(u => u.State.FirstName, StringComparer.Ordinal),
            "primary_id" => found.OrderBy(u => u.PrimaryId, StringComparer.Ordinal),
            _ => found,
        }];
    }

    private Func<SimulatedUser, bool>? Condition(string field, string value)
    {
        string[] words = Words(value);
        switch (field)
        {
            case "user_group":
                HashSet<string> codes = [.. _library.Groups
                    .Where(g => Matches(g.Code, words) || Matches(g.Description, words)).Select(g => g.Code)];
                return u => codes.Contains(u.UserGroup);
            case "primary_id":
                return u => string.Equals(u.PrimaryId, value, StringComparison.OrdinalIgnoreCase)
                    || Matches(u.PrimaryId, words);
            case "identifiers":
                return u => u.State.Identifiers.Any(i => Matches(i.Value, words));
            case "last_name":
                return u => Matches(u.State.LastName, words);
            case "first_name":
                return u => Matches(u.State.FirstName, words);
            case "ALL":
                return u => Matches(u.PrimaryId + " " + u.State.FirstName + " " + u.State.LastName, words);
            default:
                return null;
        }
    }

    private static bool Matches(string text, string[] words)
    {
        string[] parts = Words(text);
        return words.Length > 0 && words.All(w => parts.Contains(w, StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Words(string text)
    {
        char[] separators = [' ', '_', ',', '(', ')', '/', '-', '.', '@', '+', '#'];
        return text.Split(separators, StringSplitOptions.RemoveEmptyEntries);
    }
}
