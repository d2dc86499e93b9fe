using System.Collections;
using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>Takes what a step takes. Names stand for runs, which nobody but the module can make.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TestInput")]
public sealed class TestTestInputCommand : AlmaConnectedCommand
{
    [Parameter(ValueFromPipeline = true, Position = 0)]
    [StepInput(typeof(AlmaPurgeCandidate), typeof(Version))]
    public object[] InputObject { get; set; } = [];

    [Parameter]
    [RunArgument]
    public object? Run { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(TestCompleter))]
    public string? Word { get; set; }

    [Parameter]
    public SwitchParameter Connected { get; set; }

    protected override void OnRecord()
    {
        if (Connected)
        {
            GetConnection();
        }

        WriteObject(Run ?? InputObject.Length);
    }

    private sealed class TestCompleter : AlmaCompleter
    {
        protected override IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters) =>
            boundParameters.Contains("Run")
                ? throw new InvalidOperationException("out of order")
                : [("plain", "A word"), ("Plain'ly two words", "More"), ("other", "Else")];
    }
}
