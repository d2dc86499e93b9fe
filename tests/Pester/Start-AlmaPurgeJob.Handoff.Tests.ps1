# The purge that staff run on Alma's classic page: handed over, watched, verified, given up.
Describe 'Start-AlmaPurgeJob -Route Handoff' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $how = @{ Route = 'Handoff'; DeleteUserPolicy = 'KeepStatistics'; Confirm = $false }
        $id = 'AlmaPurge.Commands.StartAlmaPurgeJobCommand'
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

    It 'hands over and sends nothing: <Name>' -ForEach @(
        @{ Name = 'piped'; Call = { $set | Start-AlmaPurgeJob @how -InformationAction Ignore } }
        @{ Name = 'as parameter'; Call = { Start-AlmaPurgeJob $set @how -InformationAction Ignore } }
        @{ Name = 'by its run'; Call = { Get-AlmaPurgeRun $set.RunId | Start-AlmaPurgeJob @how -InformationAction Ignore } }
    ) {
        $job = & $Call

        $job.Route, $job.Status, $job.IsFinished, $job.PatronCount | Should -Be 'Handoff', 'HANDED_OVER', $false, 3
        $job.JobId | Should -BeNullOrEmpty
        $job.ValidUntil | Should -BeGreaterThan ([datetimeoffset]::Now)
        $run = Get-AlmaPurgeRun $set.RunId
        $run.State | Should -Be 'HandedOver'
        $run.NextStep | Should -BeLike '*Wait-AlmaJob*'
        Get-Content "$($run.Path)/handoff.txt" -Raw | Should -Be $job.Instructions
        @(Get-Change).Count | Should -Be $changes
        Get-Gone | Should -BeNullOrEmpty
    }

    It 'shows the instructions, to be caught as information' {
        $screen = New-AskedHost 0
        $there = Invoke-Asked '$set | Start-AlmaPurgeJob -Route Handoff -DeleteUserPolicy KeepStatistics -Confirm:$false -Connection $connection -InformationVariable paper; "$paper"' $screen

        $there.Exception | Should -BeNullOrEmpty
        @($screen.Shown) -like '*STOP if there is no user group field*' | Should -Not -BeNullOrEmpty
        "$($there.Output[1])" | Should -BeLike '*VALID UNTIL:*'
    }

    It 'goes through in one pipeline once staff have run it' {
        $results = Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable 9 | Where-Object { $_ -notin $ids }) -UserGroup $Group -ExpiredBefore $Cutoff |
            New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEGR |
            Start-AlmaPurgeJob @how -InformationAction Ignore |
            ForEach-Object { $null = Invoke-StaffPurge $_.Instructions; $_ } |
            Wait-AlmaJob | Confirm-AlmaPurge

        $results.Status | Should -Be (@('Purged') * 6)
        Get-Gone | Should -Be ($results.PrimaryId | Sort-Object)
    }

    It 'waits with -Wait until they have' {
        $simulator = Get-TestSimulator
        $path = "$((Get-AlmaPurgeRun $set.RunId).Path)/handoff.txt"
        $both = @{ set = $set; connection = $connection; path = $path; staff = $simulator }
        # Staff wait for the paper, in a thread of their own.
        $line = '$thread = [powershell]::Create()
            $null = $thread.AddScript({ param($path, $staff) while (-not (Test-Path $path)) { Start-Sleep -Milliseconds 20 }
                Start-Sleep -Milliseconds 200; $staff.PurgeUserRecords(1, "Public", "PURGEUG", 1) }).AddArgument($path).AddArgument($staff)
            $call = $thread.BeginInvoke()
            $set | Start-AlmaPurgeJob -Route Handoff -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait -Connection $connection
            $null = $thread.EndInvoke($call)'
        $there = Invoke-InRunspace $line -Variable $both

        $there.Exception | Should -BeNullOrEmpty
        $there.Output.Status | Should -Be 'DONE'
        Get-Gone | Should -Be $ids
    }

    It 'is waited for and confirmed by its run, in another session too' {
        $null = $set | Start-AlmaPurgeJob @how -InformationVariable paper
        $null = Invoke-StaffPurge "$paper"
        $run = Get-AlmaPurgeRun $set.RunId | Wait-AlmaJob

        $run | Should -BeOfType AlmaPurge.AlmaPurgeRun
        $run.State | Should -Be 'PurgeStarted'
        ($run | Confirm-AlmaPurge).Status | Should -Be (@('Purged') * 3)
        $changes | Should -Be @(Get-Change).Count
    }

    It 'notices <Name> and gives it up on one''s word' -ForEach @(
        @{ Name = 'staff who choose another group'; Wrong = @{ group = 'ALUMNI' } }
        @{ Name = 'staff who purge nobody'; Wrong = @{ days = 9000 } }
        @{ Name = 'staff who never run it'; Wrong = $null }
    ) {
        $job = $set | Start-AlmaPurgeJob @how -InformationAction Ignore
        if ($Wrong) { $null = Invoke-StaffPurge $job.Instructions $Wrong }

        { $job | Confirm-AlmaPurge } | Should -Throw -ErrorId 'HandoffNotRun,AlmaPurge.Commands.ConfirmAlmaPurgeCommand'
        $problem = { $set | Undo-AlmaPurgeDate } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -Be 'HandedOver,AlmaPurge.Commands.UndoAlmaPurgeDateCommand'
        $problem.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-HandoffWithdrawn*'
        @(Get-Change).Count | Should -Be $changes

        ($set | Undo-AlmaPurgeDate -HandoffWithdrawn).Status | Should -Be (@('Restored') * 3)
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Undone'
        $null = Invoke-StaffPurge $job.Instructions
        @(Get-Gone | Where-Object { $_ -in $ids }) | Should -BeNullOrEmpty
    }

    It 'late is done by handing over anew' {
        $null = $set | Start-AlmaPurgeJob @how -InformationAction Ignore
        $looks = @((Get-TestSimulator).Requests | Where-Object Path -Like '*expand=loans*').Count
        $second = $set | Start-AlmaPurgeJob @how -InformationAction Ignore

        $second.Status | Should -Be 'HANDED_OVER'
        @((Get-TestSimulator).Requests | Where-Object Path -Like '*expand=loans*').Count - $looks | Should -Be 3
        { $set | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false } |
            Should -Throw -ErrorId "PurgeAlreadyStarted,$id"
        $null = Invoke-StaffPurge $second.Instructions
        { $set | Start-AlmaPurgeJob @how } | Should -Throw '*Wait-AlmaJob*' -ErrorId "HandoffUnderWay,$id"
    }

    It 'refuses patrons who keep their group, before anything of the pipeline is done' {
        $connection = New-TestConnection
        $all = { Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable 3) -UserGroup $Group -ExpiredBefore $Cutoff |
            New-AlmaUserSet | Set-AlmaPurgeDate -KeepUserGroup | Start-AlmaPurgeJob @how }
        $problem = $all | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -Be "HandoffNeedsPurgeGroup,$id"
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
        Get-Change | Should -BeNullOrEmpty

        $kept = New-TestRun SetBuilt | Set-AlmaPurgeDate -KeepUserGroup
        { $kept | Start-AlmaPurgeJob @how } | Should -Throw '*share it with others*' -ErrorId "HandoffNeedsPurgeGroup,$id"
        { $kept | Start-AlmaPurgeJob @how -WhatIf } | Should -Throw -ErrorId "HandoffNeedsPurgeGroup,$id"
    }

    It 'asks with all that matters: choice <Choice> hands over: <Over>' -ForEach @{ Choice = 0; Over = $true }, @{ Choice = 2; Over = $false } {
        $screen = New-AskedHost $Choice
        $null = Invoke-Asked '$set | Start-AlmaPurgeJob -Route Handoff -DeleteUserPolicy KeepStatistics -Connection $connection' $screen

        $asked = @($screen.Shown) -like 'choice:*'
        foreach ($part in 'Hand over to staff: they purge 3 patrons for good', 'purge group PURGEUG', 'cannot be stopped or undone') {
            $asked[0] | Should -BeLike "*$part*"
        }
        (Get-AlmaPurgeRun $set.RunId).State -eq 'HandedOver' | Should -Be $Over
        Test-Path "$((Get-AlmaPurgeRun $set.RunId).Path)/handoff.txt" | Should -Be $Over
    }

    It 'has the purge group typed in production: "<Typed>"' -ForEach @{ Typed = 'PURGEUG'; Over = $true }, @{ Typed = 'y'; Over = $false } {
        $connection = New-TestConnection @{ EnvironmentType = 'PRODUCTION' }
        $set = New-TestRun Marked
        $null = Invoke-Asked '$set | Start-AlmaPurgeJob -Route Handoff -DeleteUserPolicy KeepStatistics -Connection $connection' (New-AskedHost 0 $Typed)

        (Get-AlmaPurgeRun $set.RunId).State -eq 'HandedOver' | Should -Be $Over
    }

    It 'describes under -WhatIf and writes nothing' {
        $screen = New-AskedHost 0
        $there = Invoke-Asked '$set | Start-AlmaPurgeJob -Route Handoff -DeleteUserPolicy KeepStatistics -Wait -WhatIf -Connection $connection' $screen

        $there.Output.Status | Should -Be 'Preview'
        $there.Output.Instructions | Should -BeNullOrEmpty
        $screen.Shown | Should -BeLike 'What if: Hand over to staff*'
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Marked'
    }

    It 'gives back the waiting within a second on Ctrl+C, and says how to wait on' {
        $screen = New-AskedHost 0
        $simulator = Get-TestSimulator
        $stopped = Invoke-InRunspace '$set | Start-AlmaPurgeJob -Route Handoff -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait -Connection $connection' $screen -Variable @{
            set = $set; connection = $connection
        } -StopWhen { @($screen.Shown) -like 'progress:*still in the purge group*' }

        $stopped.State | Should -Be 'Stopped'
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 1
        $screen.Shown -like "warning: *handed over to staff; only the waiting has ended*Get-AlmaPurgeRun $($set.RunId) | Wait-AlmaJob*" |
            Should -Not -BeNullOrEmpty
        $null = $simulator.PurgeUserRecords(1, 'Public', 'PURGEUG', 1)
        (Get-AlmaPurgeRun $set.RunId | Wait-AlmaJob | Confirm-AlmaPurge).Status | Should -Be (@('Purged') * 3)
    }
}

Describe 'Wait-AlmaJob and Get-AlmaJob of a run' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = New-TestConnection
    }

    It 'take the purge job of the run' {
        $job = New-TestRun Purged
        (Get-AlmaPurgeRun $job.RunId | Wait-AlmaJob).RunId | Should -Be $job.RunId
        (Get-AlmaPurgeRun $job.RunId | Get-AlmaJob).InstanceId | Should -Be $job.InstanceId
    }

    It 'know of none before the purge' {
        $null = New-TestConnection
        $run = Get-AlmaPurgeRun (New-TestRun SetBuilt).RunId
        $run | Get-AlmaJob | Should -BeNullOrEmpty
        { $run | Wait-AlmaJob } | Should -Throw '*nothing to wait for*' -ErrorId 'PurgeNotStarted,AlmaPurge.Commands.WaitAlmaJobCommand'
    }
}
