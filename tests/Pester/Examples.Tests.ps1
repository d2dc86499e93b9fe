Describe 'docs/examples' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $examples = "$RepositoryRoot/docs/examples"

        # In a pwsh of its own, since it exits; the simulator lives there. Setup is what comes before it, Again what comes
        # before a second time; the exit codes are those of both.
        function Invoke-Scheduled([string] $Setup, [string] $Arguments = '', [string] $Again) {
            $call = "& '$examples/Invoke-ScheduledPurge.ps1' -Candidates '$TestDrive/users.csv' -Fines '$TestDrive/fines.csv' " +
                "-UserGroup UNDRGRD -PurgeGroup PURGEUG -ExpiredBefore 2025-01-01 -Runs `$env:ALMAPURGE_RUNS $Arguments"
            $script = @"
`$ErrorActionPreference = 'Stop'
`$TestDrive = '$TestDrive'
. '$PSScriptRoot/common.ps1'
. '$PSScriptRoot/runs.ps1'
`$env:ALMAPURGE_RUNS = '$TestDrive/runs-$(Get-Random)'
function Use-Simulator { `$null = New-TestConnection @{ UserCount = 120 } }
Use-Simulator
Remove-Item -Path '$TestDrive/users.csv', '$TestDrive/fines.csv' -ErrorAction Ignore
`$null = Export-AlmaSimulatorReport -Kind Users -UserGroup UNDRGRD -Path '$TestDrive/users.csv'
`$null = Export-AlmaSimulatorReport -Kind Fines -Path '$TestDrive/fines.csv'
$Setup
$call
$($Again ? "'code ' + `$LASTEXITCODE`n$Again`n$call" : '')
'code ' + `$LASTEXITCODE
'wrong ' + @((Get-AlmaConnection) ? (Get-TestSimulator).WronglyPurged('UNDRGRD', [dateonly]'2025-01-01') : @()).Count
exit `$LASTEXITCODE
"@
            Set-Content -LiteralPath "$TestDrive/scheduled.ps1" -Value $script
            $out = pwsh -NoProfile -NonInteractive -File "$TestDrive/scheduled.ps1" 2>&1 | Out-String
            [pscustomobject]@{
                ExitCode = $LASTEXITCODE
                Codes    = [int[]] ([regex]::Matches($out, '(?m)^code (\d+)').ForEach{ $_.Groups[1].Value })
                Wrong    = [regex]::Match($out, '(?m)^wrong (\d+)').Groups[1].Value
                Output   = $out
            }
        }
    }

    It 'purges unattended and exits with 0' {
        $result = Invoke-Scheduled ''

        $result.Output | Should -BeLike '*Purged*'
        $result.ExitCode | Should -Be 0 -Because $result.Output
        $result.Wrong | Should -Be 0
    }

    It 'exits with <Code> for <What>' -ForEach @(
        @{ Code = 11; What = 'a network that is cut'; Setup = '(Get-TestSimulator).SetFaults("resetConnection:1")' }
        @{ Code = 11; What = 'an Alma that is down'; Setup = '(Get-TestSimulator).SetFaults("serverError:1")' }
        @{
            Code = 20; What = 'patrons who are still there after the job'; Arguments = '-Route SetJob'
            Setup = '(Get-TestSimulator).SetFaults("doneButUsersRemain")'
        }
        @{ Code = 21; What = 'more patrons than the ceiling'; Arguments = '-MaximumCount 1' }
        @{ Code = 21; What = 'a marking that half of them did not get'; Setup = '(Get-TestSimulator).SetFaults("partialMark")' }
        @{ Code = 22; What = 'a key that may not read users'; Setup = '$null = New-TestConnection @{ UserCount = 120 } -Area configuration:write, analytics:read' }
        @{
            Code = 30; What = 'a run whose journal was changed'
            Setup = '$folder = (Get-AlmaPurgeRun (New-TestRun SetBuilt).RunId).Path
                $env:ALMAPURGE_RUNS = "$TestDrive/damaged-$(Get-Random)"
                $null = New-Item -ItemType Directory $env:ALMAPURGE_RUNS
                Copy-Item -Recurse $folder $env:ALMAPURGE_RUNS
                $file = (Get-ChildItem -Recurse $env:ALMAPURGE_RUNS -Filter journal.jsonl).FullName
                (Get-Content -Raw $file).Replace("CreateSet", "CreateSat") | Set-Content -NoNewline $file'
        }
        @{
            Code = 30; What = 'a run whose map of pseudonyms is gone'
            Setup = '$made = New-AlmaPurgeRun $Group -ExpiredBefore $Cutoff -Pseudonymize
                $null = Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable 3) -Run $made | New-AlmaUserSet
                Remove-Item $made.PseudonymPath'
        }
        @{ Code = 40; What = 'a file that is not there'; Setup = 'Remove-Item "$TestDrive/fines.csv"' }
        @{ Code = 99; What = 'no connection'; Setup = '$null = Disconnect-Alma' }
    ) {
        $result = Invoke-Scheduled $Setup $Arguments

        $result.ExitCode | Should -Be $Code -Because $result.Output
        $result.Wrong | Should -Be 0
    }

    It 'exits with 10 when the calls of the day are used up, and goes on the next day' {
        $result = Invoke-Scheduled '(Get-TestSimulator).SetFaults("dailyLimit@200")' -Again '(Get-TestSimulator).SetFaults()'

        $result.Codes | Should -Be 10, 0 -Because $result.Output
        $result.Wrong | Should -Be 0
    }

    # A day's calls are what the connection may use above its floor; the next day is another connection.
    It 'exits with 10 as long as a purge that is split by day is not at its end' {
        $result = Invoke-Scheduled '$null = Use-CallsLeft 60' -Arguments '-SplitByDay' -Again '$null = Use-CallsLeft 900'

        $result.Codes | Should -Be 10, 0 -Because $result.Output
        $result.Output | Should -BeLike '*NotFinishedToday*patron(s) were checked today*Purged*'
        $result.Wrong | Should -Be 0
    }

    It 'exits with 10 in the middle of deletions that are split by day, and goes on with those who are left' {
        $result = Invoke-Scheduled -Arguments '-SplitByDay' -Setup @'
$null = New-TestRun Marked -Count 20
$null = Use-CallsLeft 150
'@ -Again @'
'gone ' + @((Get-TestSimulator).Purged).Count
$null = Use-CallsLeft 900
'@

        $result.Codes | Should -Be 10, 0 -Because $result.Output
        $result.Output | Should -Match '(?s)NotFinishedToday.*patron\(s\) were purged.*gone (1?[1-9]|10)\b'
        $result.Output | Should -Match '(?m)^ *20 Purged'
        $result.Wrong | Should -Be 0
    }

    It 'exits with 10 and has begun nothing when the calls of the day cannot suffice' {
        $result = Invoke-Scheduled '$null = Use-CallsLeft 10' -Again '$null = Use-CallsLeft 900'

        $result.Codes | Should -Be 10, 0 -Because $result.Output
        $result.Output | Should -BeLike '*NotEnoughCallsLeft*Nothing was begun*Purged*'
        $result.Wrong | Should -Be 0
    }

    It 'exits with 13 while another process is at work on the run, and goes on afterwards' {
        $result = Invoke-Scheduled @'
$run = Get-AlmaPurgeRun (New-TestRun SetBuilt).RunId
$lock = [System.IO.File]::Open("$($run.Path)/run.lock", 'OpenOrCreate', 'Write', 'None')
'@ -Again '$lock.Dispose()'

        $result.Codes | Should -Be 13, 0 -Because $result.Output
        $result.Wrong | Should -Be 0
    }

    # The request to start the marking is cut off before it arrives. Which one that is, is tried out beforehand.
    It 'exits with 12 while nobody can tell whether a request arrived' {
        $result = Invoke-Scheduled @'
function Get-BuiltRun { Get-AlmaPurgeRun (New-TestRun SetBuilt).RunId }
$run = Get-BuiltRun
$first = (Get-TestSimulator).Requests.Count
$null = $run | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG
$after = @((Get-TestSimulator).Requests | Select-Object -Skip $first)
$number = 1 + [array]::FindIndex($after, [Predicate[object]] { $args[0].Method -eq 'POST' })
Use-Simulator
$null = Get-BuiltRun
(Get-TestSimulator).SetFaults("resetConnection@$number")
'@

        $result.Codes | Should -Be 12 -Because $result.Output
        $result.Output | Should -BeLike '*OutcomeUnknown*'
        $result.Wrong | Should -Be 0
    }

    It 'maps every error id that it names to a code' {
        $text = Get-Content -Raw "$examples/Invoke-ScheduledPurge.ps1"
        $function = [regex]::Match($text, '(?ms)^function Get-ExitCode.*?^\}').Value
        . ([scriptblock]::Create($function))

        Get-ExitCode 'AlmaDailyLimitReached,AlmaPurge.Commands.X' | Should -Be 10
        Get-ExitCode 'NotEnoughCallsLeft,x' | Should -Be 10
        Get-ExitCode 'NotFinishedToday,x' | Should -Be 10
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
