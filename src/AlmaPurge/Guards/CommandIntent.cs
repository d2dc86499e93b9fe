using System.Management.Automation;
using System.Reflection;

namespace AlmaPurge.Guards;

/// <summary>What a cmdlet was told about -WhatIf and -Confirm, by parameter or by preference of its caller.</summary>
internal sealed class CommandIntent
{
    private const ConfirmImpact Never = (ConfirmImpact)int.MaxValue;

    private CommandIntent(PSCmdlet cmdlet, CmdletAttribute declared)
    {
        Impact = declared.ConfirmImpact;
        SupportsShouldProcess = declared.SupportsShouldProcess;
        if (!SupportsShouldProcess)
        {
            return;
        }

        IsWhatIf = Switch(cmdlet, "WhatIf") ?? IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));
        Confirm = Switch(cmdlet, "Confirm");
        WillPrompt = !IsWhatIf && (Confirm ?? Impact >= Preference(cmdlet));
    }

    public ConfirmImpact Impact { get; }

    public bool SupportsShouldProcess { get; }

    public bool IsWhatIf { get; }

    /// <summary>What -Confirm was set to, or null where it was not given.</summary>
    public bool? Confirm { get; }

    /// <summary>ShouldProcess would ask before it acts.</summary>
    public bool WillPrompt { get; }

    /// <summary>
    /// Somebody must be there to be asked. For what cannot be undone a preference does not release from this, only
    /// -Confirm:$false on the cmdlet itself.
    /// </summary>
    public bool NeedsSomebody =>
        SupportsShouldProcess && !IsWhatIf
        && (WillPrompt || (Impact == ConfirmImpact.High && Confirm != false));

    public static CommandIntent Of(PSCmdlet cmdlet) =>
        new(cmdlet, cmdlet.GetType().GetCustomAttribute<CmdletAttribute>()!);

    private static bool? Switch(PSCmdlet cmdlet, string name) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(name, out object? value)
            ? LanguagePrimitives.IsTrue(value)
            : null;

    private static bool IsTrue(object? value) => LanguagePrimitives.IsTrue(value);

    private static ConfirmImpact Preference(PSCmdlet cmdlet)
    {
        bool known = LanguagePrimitives.TryConvertTo(
            cmdlet.GetVariableValue("ConfirmPreference"), out ConfirmImpact preference);
        return !known ? ConfirmImpact.High : preference == ConfirmImpact.None ? Never : preference;
    }
}
