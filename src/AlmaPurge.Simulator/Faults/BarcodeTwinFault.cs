namespace AlmaPurge.Simulator.Faults;

/// <summary>Once a patron is gone, another person's barcode equals the primary id.</summary>
internal sealed class BarcodeTwinFault : Fault
{
    public override string Description => "Once a patron is gone, another person's barcode answers to the primary id.";

    public override bool ConcernsRemoval(SimulatedUser user)
    {
        return true;
    }

    public override void OnRemoval(SimulatedUser user)
    {
        Twin.Of(user.PrimaryId, Library);
    }
}
