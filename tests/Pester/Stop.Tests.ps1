# Ctrl+C at each step: it comes back within a second, and the run can be gone on with.
Describe 'Ctrl+C' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $how = "-DeleteUserPolicy KeepStatistics -Confirm:`$false"
    }

    It 'in <Step> returns within a second and leaves a run that goes on' -ForEach @(
        @{ Step = 'the check'; Stage = 'Imported'; Line = '$from | Confirm-AlmaPurgeCandidate' }
        @{ Step = 'the set'; Stage = 'Imported'; Line = '$from | New-AlmaUserSet' }
        @{ Step = 'the marking'; Stage = 'SetBuilt'; Line = '$from | Set-AlmaPurgeDate -PurgeGroup PURGEUG' }
        @{ Step = 'the purge by job'; Stage = 'Marked'; Line = '$from | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait' }
        @{ Step = 'the deletions'; Stage = 'Marked'; Line = '$from | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false' }
        @{ Step = 'the verification'; Stage = 'Purged'; Line = '$from | Confirm-AlmaPurge' }
        @{ Step = 'the undo'; Stage = 'Marked'; Line = '$from | Undo-AlmaPurgeDate' }
    ) {
        $null = New-TestConnection @{ Latency = [timespan]::FromMilliseconds(20) }
        $simulator = Get-TestSimulator
        $from = New-TestRun $Stage 6
        $runId = @($from)[0].RunId
        $before = $simulator.Requests.Count
        $stopped = Invoke-InRunspace ($Line + ' -Connection $connection') -StopWhen { $simulator.Requests.Count -gt $before + 4 } -Variable @{
            from = $from; connection = (Get-AlmaConnection)
        }
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 1

        $route = $Step -eq 'the deletions' ? 'UserDelete' : 'SetJob'
        if ($Step -eq 'the undo') {
            $null = Get-AlmaPurgeRun $runId | Undo-AlmaPurgeDate
            (Get-AlmaPurgeRun $runId).State | Should -Be 'Undone'
            return
        }

        $results = Get-AlmaPurgeRun $runId |
            Confirm-AlmaPurgeCandidate |
            New-AlmaUserSet |
            Set-AlmaPurgeDate -PurgeGroup PURGEUG |
            Start-AlmaPurgeJob -Route $route -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait |
            Confirm-AlmaPurge
        $results.Status | Should -Be (@('Purged') * 6)
        (Get-AlmaPurgeRun $runId).State | Should -Be 'Verified'
        @($simulator.Purged).Count | Should -Be 6
    }
}
