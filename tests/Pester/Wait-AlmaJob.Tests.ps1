Describe 'Wait-AlmaJob' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $id = 'AlmaPurge.Commands.WaitAlmaJobCommand'
    }

    Context 'a job that runs' {
        BeforeEach {
            $connection = New-TestConnection @{ JobRunTime = [timespan]::FromMilliseconds(150) }
            $simulator = Get-TestSimulator
            $set = New-TestRun Marked
            $simulator.Clock.Freeze()
            $purge = $set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false
        }

        It 'waits and gives back what it got: <Name>' -ForEach @(
            @{ Name = 'a purge, piped'; Type = 'AlmaPurgeJob'; Call = { $purge | Wait-AlmaJob } }
            @{ Name = 'a purge as parameter'; Type = 'AlmaPurgeJob'; Call = { Wait-AlmaJob $purge } }
            @{ Name = 'a job'; Type = 'AlmaJob'; Call = { $purge | Get-AlmaJob | Wait-AlmaJob } }
            @{ Name = 'ids'; Type = 'AlmaJob'; Call = { Wait-AlmaJob -JobId $purge.JobId -InstanceId $purge.InstanceId } }
            @{ Name = 'the id of the run of the job'; Type = 'AlmaJob'; Call = { Wait-AlmaJob -InstanceId $purge.InstanceId } }
        ) {
            ($purge | Get-AlmaJob).IsFinished | Should -BeFalse
            $simulator.Clock.Run()
            $ended = & $Call

            $ended.GetType().Name | Should -Be $Type
            $ended.IsFinished | Should -BeTrue
            $ended.Status | Should -Be 'COMPLETED_SUCCESS'
            $ended.InstanceId | Should -Be $purge.InstanceId
            $simulator.Purged.Count | Should -Be 3
        }

        It 'makes Confirm-AlmaPurge possible' {
            { $purge | Confirm-AlmaPurge } | Should -Throw '*Wait-AlmaJob*' -ErrorId 'PurgeStillRunning,*'
            $simulator.Clock.Run()
            ($purge | Wait-AlmaJob | Confirm-AlmaPurge).Status | Should -Be (@('Purged') * 3)
        }

        It 'ends within a second on Ctrl+C, and the job goes on' {
            $before = $simulator.Requests.Count
            $stopped = Invoke-InRunspace '$purge | Wait-AlmaJob -Connection $connection' `
                -StopWhen { $simulator.Requests.Count -gt $before + 1 } -Variable @{ purge = $purge; connection = $connection }

            $stopped.State | Should -Be 'Stopped'
            $stopped.Elapsed.TotalSeconds | Should -BeLessThan 1
            $simulator.Clock.Run()
            ($purge | Wait-AlmaJob).Status | Should -Be 'COMPLETED_SUCCESS'
        }

        It 'shows progress for what lasts, and takes it away' {
            $start = [datetime]::UtcNow
            $waited = Invoke-InRunspace '$purge | Wait-AlmaJob -Connection $connection' -StopWhen {
                if (([datetime]::UtcNow - $start).TotalSeconds -gt 2.8) { $simulator.Clock.Advance([timespan]::FromSeconds(1)) }
                $false
            } -Variable @{ purge = $purge; connection = $connection }

            $waited.Output.IsFinished | Should -BeTrue
            $waited.Progress.Activity | Should -BeLike 'Waiting for AlmaPurge*'
            $waited.Progress[-1].RecordType | Should -Be 'Completed'
        }
    }

    It 'has nothing to wait for after UserDelete, nor in a preview' {
        $null = New-TestConnection
        $set = New-TestRun Marked
        $preview = $set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -WhatIf
        $deleted = $set | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false
        $before = (Get-TestSimulator).Requests.Count

        ($preview | Wait-AlmaJob).IsPreview | Should -BeTrue
        ($deleted | Wait-AlmaJob).Status | Should -Be 'DONE'
        (Get-TestSimulator).Requests.Count | Should -Be $before
    }

    It 'does not wait for what is not there' {
        $null = New-TestConnection
        $problem = { Wait-AlmaJob -InstanceId 999 } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "AlmaNotFound,$id"
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'refuses <_>, and says how ids are given' -ForEach 'M148', 9563000000010561 {
        { Wait-AlmaJob $_ } | Should -Throw '*-InstanceId*' -ErrorId "ParameterArgumentTransformationError,$id"
    }

    It 'needs a connection' {
        (Invoke-InRunspace 'Wait-AlmaJob -InstanceId 1').ErrorId | Should -Be "NotConnected,$id"
    }
}
