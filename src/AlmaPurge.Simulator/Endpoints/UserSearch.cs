using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Finds and sorts what GET /users lists: by words, day of the last change, source institution.</summary>
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
        string query = string.Join(
            '|',
            order,
            request.Value("modify_date_from"),
            request.Value("source_institution_code"),
            request.Value("source_user_id"),
            request.Value("q"));
        if (_lastQuery != query || _lastVersion != _library.Users.Version)
        {
            _lastFound = Search(request, order);
            _lastQuery = query;
            _lastVersion = _library.Users.Version;
        }

        return _lastFound;
    }

    private List<SimulatedUser>? Search(ApiRequest request, string? order)
    {
        string? text = request.Value("q");
        DateOnly? changedFrom = ChangedFrom(request, text);
        if (UserQuery.Parse(_library, text) is not UserQuery query)
        {
            return null;
        }

        IEnumerable<SimulatedUser> found = _library.Users.All.Where(u => !u.IsDeleted && query.Fits(u));
        if (changedFrom is not null)
        {
            found = found.Where(u => _library.DayOf(u.Modified) >= changedFrom);
        }

        return Sort(FromSource(request, found), order, searched: text is not null);
    }

    private static DateOnly? ChangedFrom(ApiRequest request, string? query)
    {
        if (request.Value("modify_date_from") is not string text)
        {
            return null;
        }

        // That both together are refused is documented; the code is not.
        return query is not null
            ? throw new ApiErrorException("401666", "modify_date_from and q parameters are mutually exclusive.")
            : JsonBody.ParseDay(text)
                ?? throw new ApiErrorException("401666", $"modify_date_from parameter is not valid: {text}.");
    }

    /// <summary>Copies of another institution's users. The codes are documented, their cases inferred.</summary>
    private IEnumerable<SimulatedUser> FromSource(ApiRequest request, IEnumerable<SimulatedUser> found)
    {
        string? institution = request.Value("source_institution_code");
        string? linkId = request.Value("source_user_id");
        if (institution is null && linkId is null)
        {
            return found;
        }

        if (institution is null || !Network.Knows(_library, institution))
        {
            throw Network.NotPartOf();
        }

        SimulatedUser[] copies = [.. found.Where(u => u.State.SourceInstitutionCode == institution
            && (linkId is null || u.State.SourceLinkId == linkId))];
        return copies.Length > 0 || linkId is null
            ? copies
            : throw new ApiErrorException("4019990", "Local copied user information not found.");
    }

    /// <summary>
    /// By default by last name, first name and primary id; with a query not by primary id (documented). A single sort
    /// by a name has the primary id as its second key.
    /// </summary>
    private static List<SimulatedUser> Sort(IEnumerable<SimulatedUser> found, string? order, bool searched)
    {
        StringComparer by = StringComparer.Ordinal;
        if (order == "primary_id")
        {
            return [.. found.OrderBy(u => u.PrimaryId, by)];
        }

        IOrderedEnumerable<SimulatedUser> sorted = order switch
        {
            "last_name" => found.OrderBy(u => u.State.LastName, by),
            "first_name" => found.OrderBy(u => u.State.FirstName, by),
            _ => found.OrderBy(u => u.State.LastName, by).ThenBy(u => u.State.FirstName, by),
        };
        return [.. searched && order is null ? sorted : sorted.ThenBy(u => u.PrimaryId, by)];
    }
}
