Describe 'docs/examples' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $examples = "$RepositoryRoot/docs/examples"

        # In a pwsh of its own, since it exits; the simulator lives there. The part that finds patrons is ours.
        function Invoke-Scheduled([string] $Setup, [string] $Arguments = '') {
            $script = @"
`$ErrorActionPreference = 'Stop'
Import-Module '$ModulePath'
`$null = Connect-Alma -Simulator -SimulatorUserCount 120
Remove-Item -Path '$TestDrive/users.csv', '$TestDrive/fines.csv' -ErrorAction Ignore
`$null = Export-AlmaSimulatorReport -Kind Users -UserGroup UNDRGRD -Path '$TestDrive/users.csv'
`$null = Export-AlmaSimulatorReport -Kind Fines -Path '$TestDrive/fines.csv'
$Setup
& '$examples/Invoke-ScheduledPurge.ps1' -Candidates '$TestDrive/users.csv' -Fines '$TestDrive/fines.csv' -UserGroup UNDRGRD -PurgeGroup PURGEUG -ExpiredBefore 2025-01-01 -Runs '$TestDrive/runs-$(Get-Random)' $Arguments
exit `$LASTEXITCODE
"@
            Set-Content -LiteralPath "$TestDrive/scheduled.ps1" -Value $script
            $out = pwsh -NoProfile -NonInteractive -File "$TestDrive/scheduled.ps1" 2>&1 | Out-String
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $out }
        }
    }

    It 'purges unattended and exits with 0' {
        $result = Invoke-Scheduled ''

        $result.Output | Should -BeLike '*Purged*'
        $result.ExitCode | Should -Be 0 -Because $result.Output
    }

    It 'exits with <Code> for <What>' -ForEach @(
        @{ Code = 21; What = 'more patrons than the ceiling'; Setup = ''; Arguments = '-MaximumCount 1' }
        @{ Code = 40; What = 'a file that is not there'; Setup = 'Remove-Item $TestDriveFines'; Arguments = '' }
        @{ Code = 99; What = 'no connection'; Setup = '$null = Disconnect-Alma'; Arguments = '' }
    ) {
        $result = Invoke-Scheduled ($Setup -replace '\$TestDriveFines', "'$TestDrive/fines.csv'") $Arguments

        $result.ExitCode | Should -Be $Code -Because $result.Output
    }

    It 'maps every error id that it names to a code' {
        $text = Get-Content -Raw "$examples/Invoke-ScheduledPurge.ps1"
        $function = [regex]::Match($text, '(?ms)^function Get-ExitCode.*?^\}').Value
        . ([scriptblock]::Create($function))

        Get-ExitCode 'AlmaDailyLimitReached,AlmaPurge.Commands.X' | Should -Be 10
        Get-ExitCode 'AlmaUnreachable,x' | Should -Be 11
        Get-ExitCode 'OutcomeUnknown,x' | Should -Be 12
        Get-ExitCode 'RunInUse,x' | Should -Be 13
        Get-ExitCode 'RunUnsettled,x' | Should -Be 20
        Get-ExitCode 'TooManyDrifted,x' | Should -Be 21
        Get-ExitCode 'AlmaKeyRefused,x' | Should -Be 22
        Get-ExitCode 'JournalDamaged,x' | Should -Be 30
        Get-ExitCode 'TableFileNotFound,x' | Should -Be 40
        Get-ExitCode 'Whatever,x' | Should -Be 99
    }

    It 'verifies a journal by hand, and notices a change in it' {
        $null = New-TestConnection
        $run = Get-AlmaPurgeRun (New-TestRun Purged).RunId
        $journal = "$($run.Path)/journal.jsonl"
        $result = & "$examples/Test-RunJournal.ps1" -Path $journal

        $result.Lines | Should -Be (Get-Content $journal).Count
        $result.WithoutOutcome | Should -BeNullOrEmpty
        (Get-Content -Raw $journal).Replace('PURGEUG', 'PURGEGR') | Set-Content -NoNewline "$TestDrive/changed.jsonl"
        { & "$examples/Test-RunJournal.ps1" -Path "$TestDrive/changed.jsonl" } | Should -Throw '*chain is broken*'
    }
}
