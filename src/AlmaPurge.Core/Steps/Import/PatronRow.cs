using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// What is kept of one row while all files are judged together: 32 bytes, so that a million rows are no burden. The
/// identifier is in the <see cref="RowStore"/>, columns of few different values in the <see cref="TraitTable"/>.
/// </summary>
internal struct PatronRow
{
    /// <summary>Hash of the identifier, the same for ids that Alma takes for the same.</summary>
    public uint Hash;

    /// <summary>Where the identifier is.</summary>
    public int IdAt;

    /// <summary>Row as the user sees it.</summary>
    public int Row;

    /// <summary>Which combination of traits the row has.</summary>
    public int Traits;

    public RowDay Expiry;

    public RowDay Purge;

    public RowDay Activity;

    /// <summary>Position of the file.</summary>
    public ushort File;

    public IdDamage Damage;

    public RowState State;
}

/// <summary>What became of a row when all rows of a patron were put together.</summary>
internal enum RowState : byte
{
    /// <summary>It stands for its patron.</summary>
    Stands,

    /// <summary>It says the same as an earlier row, which stands for both.</summary>
    Collapsed,

    /// <summary>It stands for its patron, whom no rule keeps.</summary>
    Candidate,

    /// <summary>It stands for a patron of whom another row says something else.</summary>
    Conflict,
}
