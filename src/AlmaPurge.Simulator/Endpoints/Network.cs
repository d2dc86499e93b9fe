using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>The other institutions of the fulfilment network, whose users may have copies here.</summary>
internal static class Network
{
    /// <summary>The one institution that is always a member.</summary>
    public const string Partner = "01OTHER_INST";

    public static bool Knows(Library library, string institution)
    {
        return institution == Partner || library.Users.All.Any(u => u.State.SourceInstitutionCode == institution);
    }

    /// <summary>The copy that this institution holds of another one's user.</summary>
    public static SimulatedUser? Copy(Library library, string institution, string linkId)
    {
        return library.Users.All.FirstOrDefault(u => !u.IsDeleted
            && u.State.SourceInstitutionCode == institution && u.State.SourceLinkId == linkId);
    }

    public static ApiErrorException NotPartOf()
    {
        return new ApiErrorException("401651", "Source institution not valid or not part of fulfillment network.");
    }
}
