using System.Runtime.ExceptionServices;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Notices when calls fail one after the other. One patron whom Alma cannot answer for is kept and the step goes on;
/// when nobody can be reached any more, going on would only keep everybody for want of a network.
/// </summary>
internal sealed class FailureStreak
{
    private const int Limit = 10;

    private int _length;

    /// <summary>Counts a success (null) or a failure.</summary>
    /// <exception cref="AlmaApiException">The last failure, when it is the tenth in a row.</exception>
    public void Count(AlmaApiException? failure)
    {
        if (failure is null)
        {
            _length = 0;
            return;
        }

        if (++_length >= Limit)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
