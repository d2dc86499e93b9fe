namespace AlmaPurge.Core.Runs;

/// <summary>
/// How primary identifiers stand in the files of a run folder. Whatever is written to a file or read from one goes
/// through here, so that everything in memory has the identifiers themselves.
/// </summary>
internal abstract class StoredIds
{
    /// <summary>They stand there as they are.</summary>
    public static StoredIds Plain { get; } = new PlainIds();

    /// <summary>Whether they stand there as they are.</summary>
    public bool IsPlain => ReferenceEquals(this, Plain);

    /// <summary>Whether nobody can tell them any more, because the map of their tokens was deleted.</summary>
    public virtual bool AreLost => false;

    /// <summary>How those of a run are stored.</summary>
    /// <exception cref="AlmaPurgeException">The map is damaged.</exception>
    public static StoredIds Of(RunFolder folder, PurgeCriteria criteria) =>
        !criteria.Pseudonymize ? Plain
        : folder.Has(RunFolder.PseudonymsName) ? PseudonymFile.Read(folder)
        : new LostIds(folder);

    /// <summary>What stands in the file for an identifier.</summary>
    public abstract string ToStored(string id);

    /// <summary>The identifier for which this stands in a file.</summary>
    public abstract string FromStored(string stored);

    /// <summary>Makes sure that everything that was handed out can be read back, before a file with it is in its place.</summary>
    public virtual void Keep()
    {
    }

    /// <summary>Deletes what a write that was cut short has left of the map.</summary>
    public virtual void Tidy()
    {
    }

    /// <summary>Stops where nobody can tell the identifiers any more.</summary>
    /// <param name="document">The run.</param>
    /// <exception cref="AlmaPurgeException">The map was deleted.</exception>
    public virtual void Require(RunDocument document)
    {
    }

    private sealed class PlainIds : StoredIds
    {
        public override string ToStored(string id) => id;

        public override string FromStored(string stored) => stored;
    }

    /// <summary>Tokens whose map was deleted: they are all that is left.</summary>
    private sealed class LostIds(RunFolder folder) : StoredIds
    {
        public override bool AreLost => true;

        public override string ToStored(string id) => id;

        public override string FromStored(string stored) => stored;

        public override void Require(RunDocument document) => throw PseudonymFile.Gone(folder, document);
    }
}
