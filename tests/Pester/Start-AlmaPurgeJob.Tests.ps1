Describe 'Start-AlmaPurgeJob' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.StartAlmaPurgeJobCommand'
        $how = @{ Route = 'SetJob'; DeleteUserPolicy = 'KeepStatistics'; Confirm = $false }
        function Get-Gone { (Get-TestSimulator).Purged.PrimaryId | Sort-Object }
        function Invoke-Asked([string] $Line, $Screen) {
            Invoke-InRunspace $Line -HostObject $Screen -Variable @{ set = $set; connection = $connection }
        }
    }

    BeforeEach {
        $connection = New-TestConnection
        $set = New-TestRun Marked
        $ids = ((Get-TestSimulator).Sets | Where-Object Id -EQ $set.SetId).MemberIds | Sort-Object
        $changes = @(Get-Change).Count
    }

    It 'purges the members of the set by <Route>: <Name>' -ForEach $(
        foreach ($route in 'SetJob', 'UserDelete') {
            @{ Route = $route; Name = 'piped'; Call = { $set | Start-AlmaPurgeJob @how -Wait } }
            @{ Route = $route; Name = 'as parameter'; Call = { Start-AlmaPurgeJob $set @how -Wait } }
            @{ Route = $route; Name = 'by its run'; Call = { Get-AlmaPurgeRun $set.RunId | Start-AlmaPurgeJob @how -Wait } }
        }
    ) {
        $how = $how.Clone()
        $how.Route = $Route
        $job = & $Call

        $job | Should -BeOfType AlmaPurge.AlmaPurgeJob
        $job.Route | Should -Be $Route
        $job.PatronCount | Should -Be 3
        $job.IsFinished | Should -BeTrue
        $job.IsPreview | Should -BeFalse
        [bool] $job.JobId | Should -Be ($Route -eq 'SetJob')
        Get-Gone | Should -Be $ids
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'PurgeStarted'
    }

    It 'gives back the running job without -Wait' {
        $null = New-TestConnection @{ JobRunTime = [timespan]::FromMilliseconds(50) }
        $set = New-TestRun Marked
        (Get-TestSimulator).Clock.Freeze()
        $job = $set | Start-AlmaPurgeJob @how

        $job.JobId, $job.InstanceId | Should -Not -BeNullOrEmpty
        $job.IsFinished | Should -BeFalse
        Get-Gone | Should -BeNullOrEmpty
    }

    It 'hands threshold and days over to the job' {
        $null = $set | Start-AlmaPurgeJob @how -WaiveThreshold 2.5 -DaysAfterPurgeDate 3 -RecordType Public -Wait

        $values = (Get-TestSimulator).JobRuns[-1].Parameters.Values
        $values | Should -Contain '2.5'
        $values | Should -Contain '3'
    }

    It 'refuses <Name> and starts nothing' -ForEach @(
        @{ Name = 'no Delete User Policy'; Arguments = @{ Route = 'SetJob' }; Id = 'DeleteUserPolicyMissing'
            Text = '*Configuration > User Management*-DeleteUserPolicy*'
        }
        @{ Name = 'days that the purge date does not reach'; Arguments = @{ Route = 'SetJob'; DeleteUserPolicy = 'FullyRemove'; DaysAfterPurgeDate = 30 }
            Id = 'PurgeDateNotReached'; Text = '*30 days*'
        }
        @{ Name = 'a template that is not there'; Arguments = @{ Route = 'SetJob'; DeleteUserPolicy = 'FullyRemove'; JobTemplate = './none.xml' }
            Id = 'PathNotFound'; Text = '*none.xml*'; Category = 'ObjectNotFound'
        }
    ) {
        $problem = { $set | Start-AlmaPurgeJob @Arguments -Confirm:$false } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "$Id,AlmaPurge.Commands.StartAlmaPurgeJobCommand"
        $problem.CategoryInfo.Category | Should -Be ($Category ?? 'InvalidArgument')
        $problem.Exception.Message | Should -BeLike $Text
        @(Get-Change).Count | Should -Be $changes
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Marked'
    }

    It 'refuses what cannot be meant: <_>' -ForEach @(
        { $set | Start-AlmaPurgeJob -Route Nowhere -Confirm:$false }
        { $set | Start-AlmaPurgeJob @how -RecordType Staff }
        { $set | Start-AlmaPurgeJob @how -WaiveThreshold -1 }
        { $set | Start-AlmaPurgeJob @how -DaysAfterPurgeDate -1 }
        { $set | Start-AlmaPurgeJob @how -MaximumCheckAge 24:00:00 }
        { Start-AlmaPurgeJob 9563000000010561 @how }
        { Start-AlmaPurgeJob $set.Name @how }
    ) {
        $_ | Should -Throw
        @(Get-Change).Count | Should -Be $changes
    }

    It 'gives back a purge that was started before, and refuses another one and a run that is not marked' {
        $job = $set | Start-AlmaPurgeJob @how -Wait
        $changes = @(Get-Change).Count
        ($set | Start-AlmaPurgeJob @how -Wait).InstanceId | Should -Be $job.InstanceId
        { $set | Start-AlmaPurgeJob @how -WaiveThreshold 7 } |
            Should -Throw '*Confirm-AlmaPurge*' -ErrorId "PurgeAlreadyStarted,$id"
        @(Get-Change).Count | Should -Be $changes
        Get-Gone | Should -Be $ids
        $null = New-TestConnection
        { New-TestRun SetBuilt | Start-AlmaPurgeJob @how } | Should -Throw '*Set-AlmaPurgeDate*' -ErrorId "NotMarked,$id"
    }

    It 'refuses to purge at another institution' {
        $elsewhere = New-TestConnection @{ InstitutionCode = '01OTHER_INST' }
        $problem = { $set | Start-AlmaPurgeJob @how -Connection $elsewhere } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "OtherEnvironment,$id"
        $problem.CategoryInfo.Category | Should -Be 'SecurityError'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'asks with all that matters: choice <Choice> purges <Count>' -ForEach @{ Choice = 0; Count = 3 }, @{ Choice = 2; Count = 0 } {
        $screen = New-AskedHost $Choice
        $there = Invoke-Asked '$set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Wait -Connection $connection' $screen

        $there.Exception | Should -BeNullOrEmpty
        @($there.Output).Count | Should -Be ([int] ($Count -gt 0))
        @(Get-Gone).Count | Should -Be $Count
        $prompt = @($screen.Shown) -like 'choice:*'
        $prompt.Count | Should -Be 1
        foreach ($part in '3 patrons', 'route SetJob', $set.Name, 'purge group PURGEUG',
            "purge date $($set.PurgeDate.ToString('yyyy-MM-dd'))", 'days after purge date 1', 'waive threshold 1',
            'Delete User Policy KeepStatistics', 'cannot be stopped or undone', 'Institution 01SIM_INST',
            'environment Simulated', 'user group UNDRGRD expired before 2025-01-01') {
            $prompt[0] | Should -BeLike "*$part*"
        }
    }

    It 'names in the prompt what was released' {
        $run = New-AlmaPurgeRun $Group -ExpiredBefore $Cutoff -IgnoreRule Blocked, Proxy -AllowRole Instructor `
            -FeeTolerance 5 -FeeCheck Balance -DeleteUserPolicy FullyRemove
        $connection = New-TestConnection
        $set = Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable 3) -Run $run | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG
        $screen = New-AskedHost 2
        $null = Invoke-Asked '$set | Start-AlmaPurgeJob -Route UserDelete -Connection $connection' $screen

        foreach ($part in 'ignored rules: Blocked, Proxy', 'allowed roles: Instructor', 'fee tolerance 5.00',
            'disputed and exported fees are not looked at', 'Delete User Policy FullyRemove', 'route UserDelete') {
            $screen.Shown -like "*$part*" | Should -Not -BeNullOrEmpty -Because $part
        }
    }

    It 'has the purge group typed in production: "<Typed>" deletes <Count>' -ForEach @(
        @{ Typed = 'PURGEUG'; Count = 3 }
        @{ Typed = 'purgeug'; Count = 0 }
        @{ Typed = 'y'; Count = 0 }
        @{ Typed = ''; Count = 0 }
    ) {
        $connection = New-TestConnection @{ EnvironmentType = 'PRODUCTION' }
        $set = New-TestRun Marked
        $screen = New-AskedHost 0 $Typed
        $there = Invoke-Asked '$set | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Connection $connection' $screen

        $there.Exception | Should -BeNullOrEmpty
        $screen.Shown -like '*environment Production*' | Should -Not -BeNullOrEmpty
        $screen.Shown -like '*production environment*Type PURGEUG*' | Should -Not -BeNullOrEmpty
        @(Get-Gone).Count | Should -Be $Count
    }

    It 'has the patrons'' own group typed in production where they keep it: "<Typed>" deletes <Count>' -ForEach @(
        @{ Typed = 'UNDRGRD'; Count = 3 }
        @{ Typed = 'PURGEUG'; Count = 0 }
    ) {
        $connection = New-TestConnection @{ EnvironmentType = 'PRODUCTION' }
        $set = New-TestRun SetBuilt | Set-AlmaPurgeDate -KeepUserGroup
        $screen = New-AskedHost 0 $Typed
        $null = Invoke-Asked '$set | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Connection $connection' $screen

        $screen.Shown -like '*production environment*Type UNDRGRD*' | Should -Not -BeNullOrEmpty
        @(Get-Gone).Count | Should -Be $Count
    }

    It 'warns where it is more than three times as many as in the last purge of the group: <Count>' -ForEach @(
        @{ Count = 3; Caution = $false }
        @{ Count = 4; Caution = $true }
    ) {
        $connection = New-TestConnection
        $ids = @(Get-Purgeable 5)
        $line = { param($id) Import-AlmaPurgeCandidate -PrimaryId $id -UserGroup UNDRGRD | New-AlmaUserSet |
            Set-AlmaPurgeDate -PurgeGroup PURGEUG }
        $null = & $line $ids[0] | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Wait -Confirm:$false
        $set = & $line $ids[1..$Count]
        $screen = New-AskedHost 2
        $null = Invoke-Asked '$set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Connection $connection' $screen

        [bool] ($screen.Shown -like "*CAUTION: $Count patrons are more than three times the 1 of the last purge*") | Should -Be $Caution
    }

    It 'wants the job''s template for SetJob at an institution' {
        $null = New-TestConnection @{ EnvironmentType = 'SANDBOX' }
        $set = New-TestRun Marked
        { $set | Start-AlmaPurgeJob @how } | Should -Throw '*API information*' -ErrorId "JobTemplateMissing,$id"
    }

    It 'asks nobody where nobody is there: refused' {
        $there = Invoke-InRunspace '$set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics' -Variable @{ set = $set }

        $there.ErrorId | Should -Be "CannotPrompt,$id"
        @(Get-Change).Count | Should -Be $changes
    }

    It 'describes under -WhatIf, asks nothing and changes nothing' {
        $screen = New-AskedHost 0
        $there = Invoke-Asked '$set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Wait -WhatIf -Connection $connection' $screen

        $there.Output.Status | Should -Be 'Preview'
        $there.Output.IsPreview | Should -BeTrue
        $screen.Shown | Should -BeLike 'What if: Purge 3 patrons for good, by route SetJob*'
        @(Get-Change).Count | Should -Be $changes
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Marked'
    }

    Context 'Ctrl+C' {
        BeforeEach {
            $connection = New-TestConnection @{ JobRunTime = [timespan]::FromMilliseconds(50) }
            $simulator = Get-TestSimulator
            $set = New-TestRun Marked
            $simulator.Clock.Freeze()
            $line = '$set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait -Connection $connection'
            $screen = New-AskedHost 0
            $both = @{ set = $set; connection = $connection }
        }

        It 'while waiting ends the waiting within a second, says so, and the run goes on' {
            $stopped = Invoke-InRunspace $line $screen -Variable $both -StopWhen {
                $simulator.JobRuns.Count -eq 2 -and $simulator.Requests[-1].Path -like '*/instances/*'
            }

            $stopped.State | Should -Be 'Stopped'
            $stopped.Elapsed.TotalSeconds | Should -BeLessThan 1
            $screen.Shown -like "warning: *was started*cannot be stopped*Get-AlmaPurgeRun $($set.RunId) | Confirm-AlmaPurge*" |
                Should -Not -BeNullOrEmpty
            $simulator.Clock.Advance([timespan]::FromSeconds(5))
            (Get-AlmaPurgeRun $set.RunId | Confirm-AlmaPurge).Status | Should -Be (@('Purged') * 3)
        }

        It 'before the start means that nothing was started, and says so' {
            # Slow enough to be stopped on its way to the start.
            $connection = New-TestConnection @{ Latency = [timespan]::FromMilliseconds(30) }
            $both = @{ set = New-TestRun Marked; connection = $connection }
            $simulator = Get-TestSimulator
            $count = $simulator.Requests.Count
            $stopped = Invoke-InRunspace $line $screen -Variable $both -StopWhen { $simulator.Requests.Count -gt $count }

            $stopped.State | Should -Be 'Stopped'
            $screen.Shown -like "warning: No purge of $($both.set.RunId) was started*" | Should -Not -BeNullOrEmpty
            $simulator.JobRuns.Count | Should -Be 1
            ($both.set | Start-AlmaPurgeJob @how).PatronCount | Should -Be 3
        }
    }

    It 'is shown in a table' {
        Get-Header ($set | Start-AlmaPurgeJob @how -Wait) |
            Should -Be 'Route', 'Patrons', 'Status', 'JobId', 'InstanceId', 'RunId'
    }
}
