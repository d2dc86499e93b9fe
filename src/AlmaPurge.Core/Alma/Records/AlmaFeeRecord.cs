using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Alma;

/// <summary>A fee of a user.</summary>
/// <param name="Id">Fee id.</param>
/// <param name="Type">Type code, such as OVERDUEFINE or CREDIT.</param>
/// <param name="Status">Status code of the fee itself; the status asked for where it has none.</param>
/// <param name="Balance">What is left to pay, negative for a credit; known, absent or unreadable.</param>
public sealed record AlmaFeeRecord(string Id, string Type, string Status, Fact<decimal> Balance);
