using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using AlmaPurge.Connections;

namespace AlmaPurge.Arguments;

/// <summary>Base of the completers: matching and quoting. Completing never throws and never asks Alma.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        try
        {
            string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
            return
            [
                .. Values(fakeBoundParameters)
                    .Where(value => value.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Select(static value => new CompletionResult(
                        Quote(value.Text), value.Text, CompletionResultType.ParameterValue, value.Tip)),
            ];
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // A key press must not end in an error; no proposals is an answer, too.
            return [];
        }
    }

    /// <summary>All values, each with what to show beside it.</summary>
    protected abstract IEnumerable<(string Text, string Tip)> Values(IDictionary boundParameters);

    /// <summary>The connection that the line names, else the session's; null if there is none.</summary>
    private protected static AlmaConnection? ConnectionOf(IDictionary boundParameters) =>
        boundParameters["Connection"] as AlmaConnection ?? ConnectionStore.Default;

    /// <summary>A path from the session's location, which is not the process's.</summary>
    private protected static string FullPath(string path)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand(@"Microsoft.PowerShell.Management\Convert-Path").AddParameter("LiteralPath", path)
            .Invoke<string>()
            .Single();
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? value
            : "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
}
