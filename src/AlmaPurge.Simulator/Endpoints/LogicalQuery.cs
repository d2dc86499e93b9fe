using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The query of a logical set of users.
/// <para>
/// AN ASSUMPTION, and this file is its one home. Alma's own syntax is described in its index documentation, which we
/// could not read; in life one copies the text from a set that was built on the page. Here it is the <c>q</c> of
/// GET /users, with or without <c>USER where </c> before it. That the set is evaluated whenever it is looked at, and
/// when a job ends on it, is documented.
/// </para>
/// </summary>
internal static class LogicalQuery
{
    private const string Where = " where ";

    public static void Check(Library library, string text)
    {
        int mark = text.IndexOf(Where, StringComparison.OrdinalIgnoreCase);
        if (mark >= 0 && !text[..mark].Trim().Equals(SetContents.Users, StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiErrorException("402269", $"Invalid query content type in query string: '{text}'.");
        }

        if (string.IsNullOrWhiteSpace(text) || Parse(library, text) is null)
        {
            throw new ApiErrorException("402270", $"Failed parsing query: '{text}'.");
        }
    }

    /// <summary>Those who fit now.</summary>
    public static IEnumerable<SimulatedUser> Evaluate(Library library, string text)
    {
        return Parse(library, text) is UserQuery query
            ? library.Users.All.Where(u => !u.IsDeleted && query.Fits(u))
            : [];
    }

    private static UserQuery? Parse(Library library, string text)
    {
        int mark = text.IndexOf(Where, StringComparison.OrdinalIgnoreCase);
        return UserQuery.Parse(library, mark < 0 ? text : text[(mark + Where.Length)..]);
    }
}
