using System.ComponentModel;

namespace AlmaPurge.Pipeline;

/// <summary>Base of the cmdlets that talk to Alma.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaConnectedCommand : AlmaAsyncCommand
{
}
