# Connections to two institutions at once: a run belongs to one of them, and every later step refuses the other.
Describe 'Two institutions' {
    BeforeDiscovery {
        $steps = @(
            @{ Step = 'Remove-AlmaFinesHolder'; Stage = 'Imported'; Act = { $run | Remove-AlmaFinesHolder -ReportPath '/shared/fines' -Connection $other } }
            @{ Step = 'Confirm-AlmaPurgeCandidate'; Stage = 'Imported'; Act = { $run | Confirm-AlmaPurgeCandidate -Connection $other } }
            @{ Step = 'Export-AlmaPurgeCandidate'; Stage = 'Imported'; Act = { $run | Export-AlmaPurgeCandidate -Path "$TestDrive/set.csv" -Connection $other } }
            @{ Step = 'New-AlmaUserSet'; Stage = 'Imported'; Act = { $run | New-AlmaUserSet -Connection $other } }
            @{ Step = 'Set-AlmaPurgeDate'; Stage = 'SetBuilt'; Act = { $run | Set-AlmaPurgeDate -PurgeGroup PURGEUG -Connection $other } }
            @{ Step = 'Start-AlmaPurgeJob'; Stage = 'Marked'; Act = { $run | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false -Connection $other } }
            @{ Step = 'Undo-AlmaPurgeDate'; Stage = 'Marked'; Act = { $run | Undo-AlmaPurgeDate -Connection $other } }
            @{ Step = 'Get-AlmaJob'; Stage = 'Purged'; Act = { $made | Get-AlmaJob -Connection $other } }
            @{ Step = 'Wait-AlmaJob'; Stage = 'Purged'; Act = { $made | Wait-AlmaJob -Connection $other } }
            @{ Step = 'Confirm-AlmaPurge'; Stage = 'Purged'; Act = { $run | Confirm-AlmaPurge -Connection $other } }
        )
    }

    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
    }

    BeforeEach {
        $other = New-TestConnection @{ InstitutionCode = '01OTHER_INST' }
        $elsewhere = Get-TestSimulator
        $own = New-TestConnection @{ InstitutionCode = '01OWN_INST' }
    }

    It 'are told apart by what -SimulatorInstitution says' {
        (Connect-Alma -Simulator -SimulatorInstitution 01ABC_INST).Institution | Should -Be '01ABC_INST'
        (Connect-Alma -Simulator).Institution | Should -Be '01SIM_INST'
    }

    It '<Step> refuses the run of the one through the other' -ForEach $steps {
        $made = New-TestRun $Stage
        $run = Get-AlmaPurgeRun @($made)[0].RunId
        $before = $run.State

        $problem = { & $Act } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -BeLike 'OtherEnvironment,*'
        $problem.CategoryInfo.Category | Should -Be 'SecurityError'
        $problem.TargetObject | Should -Be $run.RunId
        $problem | Should -BeLike '*01OWN_INST*01OTHER_INST*'
        $elsewhere.Requests.Method | Sort-Object -Unique | Should -Be 'GET'
        (Get-AlmaPurgeRun $run.RunId).State | Should -Be $before
    }

    It 'each have a run of their own, purged through its own connection while the other is that of the session' {
        $mine = New-TestRun Marked
        $null = Connect-Alma -Simulator -SimulatorInstitution 01THIRD_INST

        { $mine | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false } | Should -Throw
        $results = $mine |
            Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait -Connection $own |
            Confirm-AlmaPurge -Connection $own

        $results.Status | Sort-Object -Unique | Should -Be 'Purged'
        (Get-TestSimulator).Purged | Should -BeNullOrEmpty
    }
}
