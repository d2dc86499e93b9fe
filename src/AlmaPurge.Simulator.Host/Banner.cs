using System.Globalization;

namespace AlmaPurge.Simulator.Host;

/// <summary>What the host prints once it listens: where it is, and a session to paste.</summary>
internal static class Banner
{
    public static string Text(SimulatorServer server, HostOptions options)
    {
        Uri address = server.BaseAddress;
        string faults = options.Faults.Count > 0 ? $"\nMisbehaviour: {string.Join(", ", options.Faults)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            A make-believe Alma: {options.Size} patrons, seed {options.Seed}, {options.Environment}, {options.Policy}{faults}

            Base address: {address}
            API key:      {server.Simulator.ApiKey}
            Staff page:   {address}
            Control:      {address}simulator

            A PowerShell session to paste:

              $key = ConvertTo-SecureString '{server.Simulator.ApiKey}' -AsPlainText -Force
              Connect-Alma -BaseUri {address} -ApiKey $key{RateNote(options)}
              Invoke-WebRequest '{address}simulator/reports/users.csv?userGroup=UNDRGRD' -OutFile undergraduates.csv
              Invoke-WebRequest '{address}simulator/reports/fines.csv' -OutFile fines.csv
              Import-AlmaPurgeCandidate ./undergraduates.csv -UserGroup UNDRGRD |
                  Remove-AlmaFinesHolder -Path ./fines.csv |
                  Confirm-AlmaPurgeCandidate |
                  New-AlmaUserSet |
                  Set-AlmaPurgeDate -PurgeGroup PURGEUG |
                  Start-AlmaPurgeJob -Route SetJob -WaiveThreshold 1 -DeleteUserPolicy {options.Policy} -Wait |
                  Confirm-AlmaPurge

            Ctrl+C ends it.
            """);
    }

    public static string Warning(SimulatorServer server, HostOptions options)
    {
        return $"""
            ***********************************************************************************
            WARNING: listening at {options.Listen}, not only for this machine. Whoever reaches
            {server.BaseAddress} can use it, and it is plain HTTP. Its patrons are made up; do
            not load your own exports into it. Connect-Alma takes plain HTTP from loopback only.
            ***********************************************************************************
            """;
    }

    private static string RateNote(HostOptions options)
    {
        return options.Rate is 0 or >= 25 ? " -RequestsPerSecond 25" : options.Rate < 10
            ? string.Create(CultureInfo.InvariantCulture, $" -RequestsPerSecond {options.Rate}")
            : "";
    }
}
