using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AlmaPurge.Module.Tests.Cmdlets;

internal sealed class AskedUI : PSHostUserInterface
{
    private readonly int[] _choices;
    private int _asked;
    private readonly Queue<string> _lines;
    private readonly ConcurrentQueue<string> _shown = new();

    /// <summary>The last choice answers every further question.</summary>
    public AskedUI(int[] choices, IEnumerable<string> lines)
    {
        _choices = choices;
        _lines = new(lines);
    }

    public IReadOnlyList<string> Shown => [.. _shown];

    public override PSHostRawUserInterface RawUI => null!;

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _shown.Enqueue($"choice: {caption}: {message}");
        return _choices[Math.Min(_asked++, _choices.Length - 1)];
    }

    public override string ReadLine()
    {
        _shown.Enqueue("line");
        return _lines.TryDequeue(out string? line) ? line : string.Empty;
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => [];

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => null!;

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => null!;

    public override SecureString ReadLineAsSecureString() => new();

    public override void Write(string value) => _shown.Enqueue(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        _shown.Enqueue(value);

    public override void WriteLine(string value) => _shown.Enqueue(value);

    public override void WriteDebugLine(string message) => _shown.Enqueue("debug: " + message);

    public override void WriteErrorLine(string value) => _shown.Enqueue("error: " + value);

    public override void WriteVerboseLine(string message) => _shown.Enqueue("verbose: " + message);

    public override void WriteWarningLine(string message) => _shown.Enqueue("warning: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) =>
        _shown.Enqueue($"progress: {record.ActivityId} {record.RecordType} {record.StatusDescription}");
}
