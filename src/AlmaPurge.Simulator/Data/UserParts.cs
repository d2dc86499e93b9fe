namespace AlmaPurge.Simulator;

/// <summary>A fee or a credit.</summary>
/// <param name="Type">Code, e.g. OVERDUEFINE or CREDIT.</param>
/// <param name="Status">ACTIVE, INDISPUTE, EXPORTED or CLOSED.</param>
/// <param name="Balance">What remains; negative for a credit.</param>
/// <param name="OriginalAmount">What it was.</param>
public sealed record SimulatedFee(string Type, string Status, decimal Balance, decimal OriginalAmount);

/// <summary>A user block.</summary>
/// <param name="Type">Code of the block type, e.g. GENERAL.</param>
/// <param name="Description">Code of the block description, e.g. 02-GLOBAL.</param>
/// <param name="Status">ACTIVE or INACTIVE.</param>
/// <param name="ExpiryDate">The day after which it no longer holds.</param>
public sealed record SimulatedBlock(string Type, string Description, string Status, DateOnly? ExpiryDate);

/// <summary>A role.</summary>
/// <param name="Type">Code of the role type: 200 is Patron.</param>
/// <param name="Description">Its name.</param>
/// <param name="Status">ACTIVE or INACTIVE.</param>
public sealed record SimulatedRole(string Type, string Description, string Status)
{
    /// <summary>What most people have.</summary>
    public static IReadOnlyList<SimulatedRole> PatronOnly { get; } = [new("200", "Patron", "ACTIVE")];
}

/// <summary>A barcode or another identifier that Alma matches as well as the primary id.</summary>
/// <param name="Type">Code of the identifier type, e.g. BARCODE.</param>
/// <param name="Value">The identifier.</param>
/// <param name="Status">ACTIVE or INACTIVE; Alma matches both.</param>
/// <param name="Segment">External or Internal.</param>
public sealed record SimulatedIdentifier(
    string Type, string Value, string Status = "ACTIVE", string Segment = "External");

/// <summary>A user group, as the code table lists it.</summary>
/// <param name="Code">Letters and digits.</param>
/// <param name="Description">What people read.</param>
/// <param name="RecordTypes">The record types it may be given to.</param>
public sealed record SimulatedUserGroup(string Code, string Description, IReadOnlyList<string> RecordTypes);
