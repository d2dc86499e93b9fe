# What today's calls cannot bring to its end is not begun; with -SplitByDay each day does what fits.
Describe 'The calls of the day' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        . $PSScriptRoot/host.ps1
        $null = Import-TestCmdlet
        $check = 'AlmaPurge.Commands.ConfirmAlmaPurgeCandidateCommand'

        function Import-Id { Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup $Group -ExpiredBefore $Cutoff }
        function Get-Mistake([scriptblock] $Line) {
            try { $null = & $Line } catch { return $_ }
        }
        function Get-Gone { @($simulator.Purged | ForEach-Object PrimaryId) }
    }

    BeforeEach {
        # Each test has a library and a day of its own, with calls enough until it says otherwise.
        $null = New-TestConnection @{ UserCount = 120 }
        $simulator = Get-TestSimulator
        $ids = @(Get-Purgeable 20)
    }

    AfterAll {
        Disconnect-Alma
        $env:ALMAPURGE_RUNS = $null
    }

    Context 'What does not fit' {
        It 'is refused before the check, with what is needed, what is left and what to do' {
            $candidates = Import-Id
            $null = Use-CallsLeft 15
            $mistake = Get-Mistake { $candidates | Confirm-AlmaPurgeCandidate }

            $mistake.FullyQualifiedErrorId | Should -Be "NotEnoughCallsLeft,$check"
            $mistake.CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $mistake.TargetObject | Should -Be $candidates[0].RunId
            $mistake.Exception.Message | Should -BeLike '*needs at least 20 API calls*are left today, of which * stay to others*Nothing was begun*'
            $mistake.ErrorDetails.RecommendedAction | Should -BeLike '*after midnight UTC*-SplitByDay*-DailyCallFloor*'
            (Get-AlmaPurgeRun $candidates[0].RunId).State | Should -Be 'Imported'
        }

        It 'is refused by <Cmdlet> before anything is written' -ForEach @(
            @{ Cmdlet = 'New-AlmaUserSet'; Stage = 'Imported'; Act = { param($made) $made | New-AlmaUserSet } }
            @{ Cmdlet = 'Export-AlmaPurgeCandidate'; Stage = 'Imported'; Act = { param($made) $made | Export-AlmaPurgeCandidate -Path "$TestDrive/ids.txt" } }
            @{ Cmdlet = 'Set-AlmaPurgeDate'; Stage = 'SetBuilt'; Act = { param($made) $made | Set-AlmaPurgeDate -KeepUserGroup } }
            @{ Cmdlet = 'Start-AlmaPurgeJob'; Stage = 'Marked'; Act = { param($made) $made | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false } }
            @{ Cmdlet = 'Undo-AlmaPurgeDate'; Stage = 'Marked'; Act = { param($made) $made | Undo-AlmaPurgeDate } }
            @{ Cmdlet = 'Confirm-AlmaPurge'; Stage = 'Purged'; Act = { param($made) $made | Confirm-AlmaPurge } }
        ) {
            $made = New-TestRun $Stage -Count 15
            $null = Use-CallsLeft 12
            $before = @(Get-Change).Count
            $mistake = Get-Mistake { & $Act $made }

            $mistake.FullyQualifiedErrorId | Should -BeLike 'NotEnoughCallsLeft,*'
            $mistake.CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $mistake.Exception.Message | Should -BeLike "$Cmdlet needs at least *"
            @(Get-Change).Count | Should -Be $before
        }

        It 'is warned of where it might fit' {
            $ids = @(Get-Purgeable 10)
            $candidates = Import-Id
            $null = Use-CallsLeft 45
            $passed = @($candidates | Select-Object -First 8 | Confirm-AlmaPurgeCandidate -WarningVariable none)
            $null = Use-CallsLeft 35
            Get-Mistake { $candidates | Confirm-AlmaPurgeCandidate -WarningVariable script:warned -WarningAction SilentlyContinue } |
                ForEach-Object FullyQualifiedErrorId | Should -Be "AlmaDailyLimitReached,$check"

            $passed.Count | Should -Be 8
            $none | Should -BeNullOrEmpty
        }
    }

    Context 'What is said beforehand' {
        It 'are the calls needed and left, by each step of a preview' {
            $screen = New-AskedHost 0
            $run = Invoke-InRunspace -HostObject $screen -Variable @{ ids = @(Get-Purgeable 3); own = (Use-CallsLeft 900) } @'
Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 -WhatIf |
    Confirm-AlmaPurgeCandidate -Connection $own |
    New-AlmaUserSet -Connection $own |
    Set-AlmaPurgeDate -PurgeGroup PURGEUG -Connection $own |
    Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Connection $own |
    Confirm-AlmaPurge -Connection $own
'@
            $run.ErrorId | Should -BeNullOrEmpty
            $said = @($screen.UI.Shown -match 'Needs \d+ to \d+ calls; \d+ are left today, of which \d+ stay to others\.')
            $said.Count | Should -Be 5 -Because ($screen.UI.Shown -join "`n")
        }

        It 'are the calls of each step with -Verbose' {
            $ids = @(Get-Purgeable 3)
            $said = & { $null = Import-Id | Confirm-AlmaPurgeCandidate -Verbose } 4>&1 | Out-String -Width 300

            $said | Should -BeLike '*Confirm-AlmaPurgeCandidate needs 3 to 12 calls; * are left today.*'
        }
    }

    Context '-SplitByDay' {
        It 'of Confirm-AlmaPurgeCandidate does what fits, builds no set of a part, and goes on the next day' {
            $candidates = Import-Id
            $runId = $candidates[0].RunId
            $null = Use-CallsLeft 42
            $mistake = $null
            try { $candidates | Confirm-AlmaPurgeCandidate -SplitByDay -OutVariable reached | New-AlmaUserSet } catch { $mistake = $_ }

            $mistake.FullyQualifiedErrorId | Should -Be "NotFinishedToday,$check"
            $mistake.CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $mistake.TargetObject | Should -Be $runId
            $mistake.Exception.Message | Should -BeLike "10 patron(s) were checked today; 10 patron(s) of the run $runId wait*"
            $reached.PrimaryId | Should -Be $ids[0..9]
            $run = Get-AlmaPurgeRun $runId
            $run.State | Should -Be 'Partial'
            $run.WaitingCount | Should -Be 10
            $run.NextStep | Should -BeLike 'Confirm-AlmaPurgeCandidate -SplitByDay*'
            $run.ExcludedCount | Should -Be 0
            @($simulator.Sets | Where-Object Name -Like "*$runId*").Count | Should -Be 0

            $null = Use-CallsLeft 300
            $first = $simulator.Requests.Count
            $set = $run | Confirm-AlmaPurgeCandidate -SplitByDay | New-AlmaUserSet

            $set.MemberCount | Should -Be 20
            @($simulator.Requests | Select-Object -Skip $first | Where-Object Path -Like "*/users/$([uri]::EscapeDataString($ids[0]))[?]*").Count | Should -Be 0
            (Get-AlmaPurgeRun $runId).WaitingCount | Should -Be 0
        }

        It 'of Confirm-AlmaPurgeCandidate lets a set be built of those who were reached, by hand' {
            $candidates = Import-Id
            $null = Use-CallsLeft 42
            try { $null = $candidates | Confirm-AlmaPurgeCandidate -SplitByDay -OutVariable reached } catch { $null = $_ }
            $null = Use-CallsLeft 100
            $set = $reached | New-AlmaUserSet

            $set.MemberCount | Should -Be 10
            @(Get-AlmaPurgeExclusion $set.RunId | Where-Object Rule -EQ NotPassedOn).Count | Should -Be 10
        }

        It 'of Confirm-AlmaPurgeCandidate records nothing with -WhatIf' {
            $candidates = Import-Id
            $null = Use-CallsLeft 42
            $mistake = Get-Mistake { $candidates | Confirm-AlmaPurgeCandidate -SplitByDay -WhatIf }

            $mistake.FullyQualifiedErrorId | Should -Be "NotFinishedToday,$check"
            $run = Get-AlmaPurgeRun $candidates[0].RunId
            $run.State | Should -Be 'Imported'
            $run.WaitingCount | Should -Be 0
        }

        It 'of Start-AlmaPurgeJob purges what fits, asks again, and goes on the next day; so does Confirm-AlmaPurge' {
            $set = New-TestRun Marked -Count 20
            $null = Use-CallsLeft 150
            $line = { Get-AlmaPurgeRun $set.RunId |
                    Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -SplitByDay -Confirm:$false |
                    Confirm-AlmaPurge -SplitByDay }
            $mistake = Get-Mistake $line

            $mistake.FullyQualifiedErrorId | Should -Be 'NotFinishedToday,AlmaPurge.Commands.StartAlmaPurgeJobCommand'
            $mistake.CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $run = Get-AlmaPurgeRun $set.RunId
            $run.WaitingCount | Should -BeIn @(1..19)
            @(Get-Gone).Count | Should -Be (20 - $run.WaitingCount)
            $run.NextStep | Should -BeLike 'Start-AlmaPurgeJob*'

            $null = Use-CallsLeft 900
            $results = @(& $line)
            @($results | Where-Object Status -EQ Purged).Count | Should -Be 20
            @(Get-Gone).Count | Should -Be 20
            $simulator.WronglyPurged($Group, [dateonly]::FromDateTime($Cutoff)).Count | Should -Be 0
        }

        It 'of Start-AlmaPurgeJob is described, not done, with -WhatIf' {
            $set = New-TestRun Marked -Count 20
            $null = Use-CallsLeft 150
            $before = @(Get-Change).Count
            $shown = Invoke-InRunspace -HostObject ($screen = New-AskedHost 0) -Variable @{ set = $set; own = (Get-AlmaConnection) } (
                '$set | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -SplitByDay -WhatIf -Connection $own')

            $shown.ErrorId | Should -BeNullOrEmpty
            "$($screen.UI.Shown)" | Should -Match "What if: Purge \d+ \(today; \d+ more wait for another day's calls\) patrons for good.*Needs \d+ to \d+ calls; \d+ are left today, of which \d+ stay to others"
            @(Get-Change).Count | Should -Be $before
        }

        It 'of Start-AlmaPurgeJob is refused with -Route <Route>, which takes everybody at once' -ForEach @(
            @{ Route = 'SetJob' }
            @{ Route = 'Handoff' }
        ) {
            $mistake = Get-Mistake { Import-Id | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG | Start-AlmaPurgeJob -Route $Route -SplitByDay -DeleteUserPolicy KeepStatistics -Confirm:$false }

            $mistake.FullyQualifiedErrorId | Should -Be 'SplitNeedsUserDelete,AlmaPurge.Commands.StartAlmaPurgeJobCommand'
            $mistake.CategoryInfo.Category | Should -Be 'InvalidArgument'
            "$($mistake.TargetObject)" | Should -Be $Route
        }

        It 'of Undo-AlmaPurgeDate gives back to as many as fit, and to the others the next day' {
            $set = New-TestRun Marked -Count 20
            $null = Use-CallsLeft 83
            $mistake = $null
            try { $null = $set | Undo-AlmaPurgeDate -SplitByDay -OutVariable results } catch { $mistake = $_ }

            $mistake.FullyQualifiedErrorId | Should -Be 'NotFinishedToday,AlmaPurge.Commands.UndoAlmaPurgeDateCommand'
            @($results | Where-Object Status -EQ Restored).Count | Should -Be 10
            (Get-AlmaPurgeRun $set.RunId).WaitingCount | Should -Be 10

            $null = Use-CallsLeft 300
            @(Get-AlmaPurgeRun $set.RunId | Undo-AlmaPurgeDate -SplitByDay | Where-Object Status -EQ Restored).Count | Should -Be 10
            (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Undone'
        }
    }

    Context 'Over HTTP' {
        It 'a check is split over the days of a host, and nobody is lost' {
            $alma = Start-TestHost '--size', '120', '--daily-limit', '70'
            try {
                $null = Connect-Alma -BaseUri $alma.BaseUri -ApiKey $alma.Key -RequestsPerSecond 25
                $ids = @((Invoke-RestMethod "$($alma.BaseUri)simulator/manifest?userGroup=$Group&expiredBefore=2025-01-01").mayGo | Select-Object -First 20)
                $run = Get-AlmaPurgeRun (Import-Id)[0].RunId
                $endings = @(
                    foreach ($day in 1..2) {
                        (Get-Mistake { $run | Confirm-AlmaPurgeCandidate -SplitByDay }).FullyQualifiedErrorId
                        (Get-AlmaPurgeRun $run.RunId).WaitingCount
                        $null = Invoke-RestMethod "$($alma.BaseUri)simulator/clock" -Method Post -ContentType application/json -Body '{ "advance": "1.00:00:00" }'
                    }
                )

                $endings[0] | Should -Be "NotFinishedToday,$check"
                $endings[1] | Should -BeIn @(1..19)
                $endings[-1] | Should -Be 0
                (Get-AlmaPurgeRun $run.RunId).State | Should -Be 'Checked'
                (Get-AlmaPurgeRun $run.RunId).RemainingCount | Should -Be 20
                $log = @((Invoke-RestMethod "$($alma.BaseUri)simulator/log?limit=100000").requests)
                @($log | Where-Object status -EQ 429).Count | Should -Be 0
            } finally {
                Stop-TestHost $alma
            }
        }
    }
}
