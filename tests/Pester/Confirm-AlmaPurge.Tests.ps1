Describe 'Confirm-AlmaPurge' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.ConfirmAlmaPurgeCommand'
    }

    BeforeEach {
        $connection = New-TestConnection
        $simulator = Get-TestSimulator
        $ids = Get-Purgeable 3
        $job = New-TestRun Purged
        $changes = @(Get-Change).Count
    }

    It 'gives one result per patron, in the order of the import: <Name>' -ForEach @(
        @{ Name = 'a job, piped'; Call = { $job | Confirm-AlmaPurge } }
        @{ Name = 'a job as parameter'; Call = { Confirm-AlmaPurge $job } }
        @{ Name = 'a run'; Call = { Get-AlmaPurgeRun $job.RunId | Confirm-AlmaPurge } }
        @{ Name = 'with a canary'; Call = { $job | Confirm-AlmaPurge -CanaryId ($simulator.Users | Where-Object IsDeleted -EQ $false)[0].PrimaryId } }
    ) {
        $results = & $Call

        $results | Should -BeOfType AlmaPurge.AlmaPurgeResult
        $results.PrimaryId | Should -Be $ids
        $results.Status | Should -Be (@('Purged') * 3)
        $results.RunId | Should -Be (@($job.RunId) * 3)
        (Get-AlmaPurgeRun $job.RunId).State | Should -Be 'Verified'
        (Import-Csv "$((Get-AlmaPurgeRun $job.RunId).Path)/results.csv").Count | Should -Be 3
        @(Get-Change).Count | Should -Be $changes
    }

    It 'can be repeated' {
        $null = $job | Confirm-AlmaPurge
        ($job | Confirm-AlmaPurge).Status | Should -Be (@('Purged') * 3)
    }

    It 'tells of those who were kept, and why' {
        $null = New-TestConnection
        $ids = @(Get-Purgeable 3)
        $kept = ((Get-TestSimulator).Users | Where-Object { $_.OpenLoans -gt 0 -and $_.UserGroup -eq $Group })[0].PrimaryId
        $results = Import-AlmaPurgeCandidate -PrimaryId @($ids[0]; $kept; $ids[1]; $ids[2]) -UserGroup $Group -ExpiredBefore $Cutoff |
            Where-Object PrimaryId -NE $ids[2] | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG |
            Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false | Confirm-AlmaPurge

        $results.PrimaryId | Should -Be $ids[0], $kept, $ids[1], $ids[2]
        $results.Status | Should -Be 'Purged', 'Kept', 'Purged', 'Kept'
        $results[1].Rule | Should -Not -BeNullOrEmpty
        $results[1].Detail | Should -Not -BeNullOrEmpty
        $results[3].Rule | Should -Be 'NotPassedOn'
    }

    It 'does not believe a job that says done while users remain' {
        $null = New-TestConnection @{ Faults = [string[]] 'doneButUsersRemain' }
        $results = New-TestRun Purged | Confirm-AlmaPurge -WarningVariable warning -WarningAction SilentlyContinue

        $gone = (Get-TestSimulator).Purged.PrimaryId
        @($results | Where-Object Status -EQ Purged).PrimaryId | Should -Be $gone
        @($results | Where-Object Status -EQ Kept).Count | Should -BeGreaterThan 0
        ($results | Where-Object Status -EQ Kept).Detail | Should -BeLike '*still marked*PURGEUG*'
    }

    It 'proves nothing without a canary that is found' {
        $problem = { $job | Confirm-AlmaPurge -CanaryId nobody } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "CanaryNotFound,$id"
        $problem.CategoryInfo.Category | Should -Be 'SecurityError'
        $problem.TargetObject | Should -Be 'nobody'
    }

    It 'refuses a run without a purge' {
        $null = New-TestConnection
        $set = New-TestRun Marked
        $problem = { Get-AlmaPurgeRun $set.RunId | Confirm-AlmaPurge } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "PurgeNotStarted,$id"
        $problem.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Start-AlmaPurgeJob*'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a set'; Value = { Get-AlmaUserSet | Select-Object -First 1 } }
        @{ Name = 'a job of Alma'; Value = { $job | Get-AlmaJob } }
        @{ Name = 'an id'; Value = { 'UNDRGRD-20260101-000000' } }
        @{ Name = 'a number'; Value = { 42 } }
    ) {
        { Confirm-AlmaPurge (& $Value) } | Should -Throw '*AlmaPurgeJob or AlmaPurgeRun*' -ErrorId "ParameterArgumentTransformationError,$id"
    }

    It 'only describes a finished purge under -WhatIf' {
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$job | Confirm-AlmaPurge -WhatIf -Connection $connection' $screen -Variable @{ job = $job; connection = $connection }

        $there.Exception | Should -BeNullOrEmpty
        $there.Output | Should -BeNullOrEmpty
        $screen.Shown | Should -BeLike "What if: Look up the 3 patrons of the run $($job.RunId)*"
        (Get-AlmaPurgeRun $job.RunId).State | Should -Be 'PurgeStarted'
    }

    It 'tells under -WhatIf who of a marked run would go' {
        $connection = New-TestConnection
        $set = New-TestRun Marked
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace 'Get-AlmaPurgeRun $set.RunId | Confirm-AlmaPurge -WhatIf -Connection $connection' $screen `
            -Variable @{ set = $set; connection = $connection }

        $there.Output.Status | Should -Be (@('WouldPurge') * 3)
        $screen.Shown | Should -BeLike "What if: Of the 3 patrons of the run $($set.RunId) 3 would be purged, 0 stay. Needs 4 to 23 calls; * are left today."
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Marked'
    }

    It 'asks only when told to: choice <Choice> gives <Count>' -ForEach @{ Choice = 0; Count = 3 }, @{ Choice = 2; Count = 0 } {
        $screen = New-AskedHost $Choice
        $there = Invoke-InRunspace '$job | Confirm-AlmaPurge -Confirm -Connection $connection' $screen -Variable @{ job = $job; connection = $connection }

        $there.Exception | Should -BeNullOrEmpty
        @($there.Output).Count | Should -Be $Count
        $screen.Shown | Should -BeLike 'choice:*Look up the 3 patrons*'
    }

    It 'works unattended' {
        (Invoke-InRunspace '$job | Confirm-AlmaPurge -Connection $connection' -Variable @{ job = $job; connection = $connection }).Output.Count |
            Should -Be 3
    }

    It 'uses -Connection and not that of the session' {
        $null = New-TestConnection @{ InstitutionCode = '01OTHER_INST' }
        { $job | Confirm-AlmaPurge } | Should -Throw
        ($job | Confirm-AlmaPurge -Connection $connection).Count | Should -Be 3
    }

    It 'is shown in a table' {
        Get-Header ($job | Confirm-AlmaPurge) | Should -Be 'PrimaryId', 'Status', 'Rule', 'Detail'
    }
}
