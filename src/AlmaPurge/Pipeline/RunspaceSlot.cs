using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace AlmaPurge.Pipeline;

/// <summary>One value for each runspace: sessions side by side in one process do not see each other's.</summary>
internal sealed class RunspaceSlot<T>
    where T : class
{
    private readonly ConditionalWeakTable<Runspace, T> _values = new();

    /// <summary>The value of the runspace that this thread works for.</summary>
    public T? Value
    {
        get => Runspace.DefaultRunspace is { } runspace && _values.TryGetValue(runspace, out T? value) ? value : null;
        set
        {
            if (value is null)
            {
                _values.Remove(Runspace.DefaultRunspace);
            }
            else
            {
                _values.AddOrUpdate(Runspace.DefaultRunspace, value);
            }
        }
    }
}
