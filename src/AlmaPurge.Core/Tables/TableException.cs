namespace AlmaPurge.Core.Tables;

/// <summary>
/// A file of patrons or fines that cannot be used as it is. The message says what is wrong, where, and what to do;
/// it never holds a name, an e-mail address or a birth date.
/// </summary>
public sealed class TableException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="kind">What is wrong, as a short stable word.</param>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, without the file's name: a sentence.</param>
    /// <param name="nextStep">What the operator can do: a sentence.</param>
    /// <param name="row">Row of the file as the user sees it, where there is one.</param>
    /// <param name="column">Heading of the column, where there is one.</param>
    /// <param name="inner">The cause, if another exception told of it.</param>
    public TableException(
        TableErrorKind kind,
        string path,
        string problem,
        string nextStep,
        long? row = null,
        string? column = null,
        Exception? inner = null)
        : base($"{System.IO.Path.GetFileName(path)}: {problem} {nextStep}", inner)
    {
        Kind = kind;
        Path = path;
        NextStep = nextStep;
        Row = row;
        Column = column;
    }

    /// <summary>What is wrong, as a short stable word.</summary>
    public TableErrorKind Kind { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the operator can do.</summary>
    public string NextStep { get; }

    /// <summary>Row of the file as the user sees it, where there is one: the first of several.</summary>
    public long? Row { get; }

    /// <summary>Heading of the column, where there is one.</summary>
    public string? Column { get; }
}
