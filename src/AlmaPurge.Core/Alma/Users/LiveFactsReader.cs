using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Reads patrons live and turns the answers into the facts that the rules judge. Trouble is thrown as it is: which of
/// it concerns one patron and which the whole run is for the step to say.
/// </summary>
/// <param name="reader">The connection.</param>
public sealed class LiveFactsReader(IAlmaReader reader)
{
    /// <summary>Fee statuses that may hold a debt; a user's own balance knows of ACTIVE only (documented).</summary>
    public static IReadOnlyList<string> OwedStatuses { get; } = ["ACTIVE", "INDISPUTE", "EXPORTED"];

    /// <summary>Reads one user with its counts, and its fees not one by one.</summary>
    /// <exception cref="AlmaApiException">There was no answer that says anything about the user.</exception>
    public async Task<PatronFacts> ReadAsync(string primaryId, CancellationToken cancellationToken)
    {
        AlmaUserRecord? user = await reader.GetUserAsync(primaryId, expand: true, cancellationToken)
            .ConfigureAwait(false);
        return Facts(primaryId, user, DateOnly.FromDateTime(reader.Facts.Time.GetLocalNow().DateTime));
    }

    /// <summary>Reads the user's fee lists into the facts. A fee whose balance cannot be read spoils them all.</summary>
    /// <exception cref="AlmaApiException">A list could not be had whole.</exception>
    public async Task ReadFeesAsync(PatronFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        List<PatronFee> fees = [];
        foreach (string status in OwedStatuses)
        {
            IReadOnlyList<AlmaFeeRecord> list = await reader
                .GetFeesAsync(facts.PrimaryId, status, cancellationToken)
                .ConfigureAwait(false);
            foreach (AlmaFeeRecord fee in list)
            {
                if (!fee.Balance.IsKnown)
                {
                    facts.Fees = Fact<IReadOnlyList<PatronFee>>.Unreadable(fee.Balance.Text ?? "a fee without balance");
                    return;
                }

                fees.Add(new PatronFee(fee.Status, fee.Balance.Value));
            }
        }

        facts.Fees = Fact<IReadOnlyList<PatronFee>>.Known(fees);
    }

    /// <summary>The facts of an answer; null means that Alma knows no such user.</summary>
    public static PatronFacts Facts(string primaryId, AlmaUserRecord? user, DateOnly today) => user is null
        ? new PatronFacts { Source = FactSource.Live, PrimaryId = primaryId, Today = today, Found = false }
        : new PatronFacts
        {
            Source = FactSource.Live,
            PrimaryId = primaryId,
            Today = today,
            ReturnedPrimaryId = user.PrimaryId,
            UserGroup = user.UserGroup,
            UserGroupName = user.UserGroupName,
            RecordType = Code<PatronRecordType>(user.RecordType),
            AccountType = Code<PatronAccountType>(user.AccountType),
            Status = Code<PatronStatus>(user.Status),
            ExpiryDate = user.ExpiryDate,
            PurgeDate = user.PurgeDate,
            LastActivityDate = user.LastActivityDate,
            CreationDate = user.CreationDate,
            Roles = user.Roles,
            LinkedFrom = Either(user.SourceInstitutionCode, user.SourceLinkId),
            LinkingId = user.LinkingId,
            IsResearcher = user.IsResearcher,
            Blocks = user.Blocks,
            ProxyForCount = user.ProxyForCount,
            OpenLoans = user.OpenLoans,
            OpenRequests = user.OpenRequests,
            FeeBalance = user.FeeBalance,
        };

    private static Fact<T> Code<T>(Fact<string> code)
        where T : struct, Enum
    {
        if (!code.IsKnown)
        {
            return code.State switch
            {
                FactState.Absent => Fact<T>.Absent,
                FactState.Unreadable => Fact<T>.Unreadable(code.Text!),
                _ => default,
            };
        }

        // A number would be parsed as a member of the enumeration, so the names are compared one by one.
        foreach (T value in Enum.GetValues<T>())
        {
            if (code.Value.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return Fact<T>.Known(value);
            }
        }

        return Fact<T>.Unreadable(code.Value);
    }

    /// <summary>The first that says something, be it only something that cannot be read.</summary>
    private static Fact<string> Either(Fact<string> first, Fact<string> second) =>
        first.State is FactState.Known or FactState.Unreadable ? first : second;
}
