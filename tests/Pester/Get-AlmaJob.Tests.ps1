Describe 'Get-AlmaJob' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $id = 'AlmaPurge.Commands.GetAlmaJobCommand'
        $connection = New-TestConnection
        $purge = New-TestRun Purged
        $there = (Get-TestSimulator).JobRuns[-1]
    }

    It 'gives the job of a purge: <Name>' -ForEach @(
        @{ Name = 'piped'; Call = { $purge | Get-AlmaJob } }
        @{ Name = 'as parameter'; Call = { Get-AlmaJob $purge } }
        @{ Name = 'by its ids'; Call = { Get-AlmaJob -JobId $purge.JobId -InstanceId $purge.InstanceId } }
        @{ Name = 'by the id of its run alone'; Call = { Get-AlmaJob -InstanceId $purge.InstanceId } }
        @{ Name = 'again'; Call = { $purge | Get-AlmaJob | Get-AlmaJob } }
    ) {
        $job = & $Call

        $job | Should -BeOfType AlmaPurge.AlmaJob
        $job.JobId | Should -Be $there.JobId
        $job.InstanceId | Should -Be $there.Id
        $job.Name | Should -BeLike "*$($purge.RunId)*"
        $job.Status | Should -Be 'COMPLETED_SUCCESS'
        $job.IsFinished | Should -BeTrue
        $job.SubmittedAt | Should -BeOfType datetimeoffset
        $job.Counters.Values | Should -Contain 3
    }

    It 'gives several, in their order' {
        (Get-AlmaJob $purge, ($purge | Get-AlmaJob)).InstanceId | Should -Be $there.Id, $there.Id
    }

    It 'gives nothing for a purge without a job' {
        $null = New-TestConnection
        $deleted = New-TestRun Marked | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false
        $before = (Get-TestSimulator).Requests.Count

        $deleted | Get-AlmaJob -Verbose 4>&1 | Should -BeLike '*no job*'
        (Get-TestSimulator).Requests.Count | Should -Be $before
    }

    It 'does not find what is not there' {
        $problem = { Get-AlmaJob -InstanceId 999 -Connection $connection } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "AlmaNotFound,$id"
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem | Should -BeLike '*999*'
    }

    It 'refuses <_>, and says how ids are given' -ForEach 'M148', 9563000000010561 {
        { Get-AlmaJob $_ } | Should -Throw '*-InstanceId*' -ErrorId "ParameterArgumentTransformationError,$id"
    }

    It 'needs a connection' {
        (Invoke-InRunspace 'Get-AlmaJob -InstanceId 1').ErrorId | Should -Be "NotConnected,$id"
    }

    It 'uses -Connection' {
        $null = New-TestConnection
        (Get-AlmaJob $purge -Connection $connection).InstanceId | Should -Be $there.Id
    }

    It 'is shown in a table' {
        Get-Header (Get-AlmaJob $purge -Connection $connection) |
            Should -Be 'JobId', 'InstanceId', 'Name', 'Status', 'Progress', 'Ended'
    }
}
