namespace AlmaPurge.Core;

/// <summary>What kind of trouble it is; the cmdlets turn it into an error category.</summary>
public enum AlmaPurgeErrorKind
{
    /// <summary>An argument, or a combination of arguments, that cannot be meant.</summary>
    InvalidArgument,

    /// <summary>A file, folder or journal that cannot be used as it is.</summary>
    InvalidData,

    /// <summary>Something that was named does not exist.</summary>
    NotFound,

    /// <summary>Something is in the way: a lock, a group that holds others, a set that exists.</summary>
    Conflict,

    /// <summary>The step may not be done in this state or this way.</summary>
    InvalidOperation,

    /// <summary>A safety check did not come out as it must; nothing was purged.</summary>
    SafetyStop,

    /// <summary>A bound was exceeded: the ceiling of patrons, calls left today.</summary>
    LimitExceeded,

    /// <summary>Disk or permission trouble.</summary>
    Unavailable,
}

/// <summary>
/// A run-level error of our own: what is wrong and where (message), and what to do next. Never carries a name, an
/// e-mail address or the API key.
/// </summary>
public sealed class AlmaPurgeException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="id">Short stable id, a Pascal noun phrase unique to the cause, such as <c>PurgeGroupHoldsOthers</c>.</param>
    /// <param name="kind">Kind of trouble.</param>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="nextStep">What the operator can do.</param>
    /// <param name="target">The thing it is about: a path, an id, a parameter's value.</param>
    /// <param name="inner">The cause, if another exception told of it.</param>
    public AlmaPurgeException(
        string id,
        AlmaPurgeErrorKind kind,
        string message,
        string nextStep,
        object? target = null,
        Exception? inner = null)
        : base(message + " " + nextStep, inner)
    {
        Id = id;
        Kind = kind;
        NextStep = nextStep;
        Target = target;
    }

    /// <summary>Short stable id, usable in scripts.</summary>
    public string Id { get; }

    /// <summary>Kind of trouble.</summary>
    public AlmaPurgeErrorKind Kind { get; }

    /// <summary>What the operator can do.</summary>
    public string NextStep { get; }

    /// <summary>The thing it is about.</summary>
    public object? Target { get; }
}
