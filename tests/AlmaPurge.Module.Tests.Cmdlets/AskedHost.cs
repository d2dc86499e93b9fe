using System.Globalization;
using System.Management.Automation.Host;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>A host with somebody at the keyboard, whose answers are known beforehand.</summary>
public sealed class AskedHost : PSHost
{
    private readonly AskedUI _ui;

    public AskedHost(int choice, params string[] lines) => _ui = new([choice], lines);

    /// <summary>With a choice for each question, in their order.</summary>
    public AskedHost(int[] choices, string[] lines) => _ui = new(choices, lines);

    public override string Name => "AskedHost";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => _ui;

    /// <summary>All that was shown, prompts and progress included.</summary>
    public IReadOnlyList<string> Shown => _ui.Shown;

    public override void EnterNestedPrompt()
    {
    }

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
