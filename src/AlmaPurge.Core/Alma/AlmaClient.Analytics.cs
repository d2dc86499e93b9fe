namespace AlmaPurge.Core.Alma;

/// <content>Analytics.</content>
public sealed partial class AlmaClient
{
    /// <inheritdoc/>
    public IAsyncEnumerable<AlmaReportPage> ReadReportAsync(
        AlmaReportRequest report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new ReportReading(_transport, report).ReadAsync(cancellationToken);
    }
}
