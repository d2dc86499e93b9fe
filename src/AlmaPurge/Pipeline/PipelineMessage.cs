namespace AlmaPurge.Pipeline;

/// <summary>What a message to the pipeline thread is.</summary>
internal enum MessageKind
{
    Output,
    Warning,
    Verbose,
    Problem,
}

/// <summary>One thing that the working side wants written. A struct: there is one for each record.</summary>
internal readonly record struct PipelineMessage(MessageKind Kind, object? Content, string? Target = null);
