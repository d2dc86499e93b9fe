using Microsoft.AspNetCore.Mvc;

namespace AlmaPurge.Simulator.Host.Control;

/// <summary>A control request that cannot be done: what is wrong, and what to do.</summary>
internal sealed class ControlException : Exception
{
    public ControlException(string message, string next, int status = StatusCodes.Status400BadRequest)
        : base(message)
    {
        Next = next;
        Status = status;
    }

    public string Next { get; }

    public int Status { get; }

    /// <summary>An endpoint filter that answers with problem+json (RFC 9457).</summary>
    public static async ValueTask<object?> ToProblemAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (ControlException e)
        {
            return TypedResults.Problem(Problem(e.Message, e.Next, e.Status));
        }
        catch (ArgumentException e)
        {
            // The simulator's own words say what it knows.
            return TypedResults.Problem(Problem(
                e.Message.Split(" (Parameter")[0],
                "Give one of those it knows; GET /simulator lists the endpoints.",
                StatusCodes.Status400BadRequest));
        }
    }

    private static ProblemDetails Problem(string message, string next, int status)
    {
        return new ProblemDetails { Title = message, Detail = next, Status = status };
    }
}
