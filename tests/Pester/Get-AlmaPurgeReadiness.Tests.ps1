Describe 'Get-AlmaPurgeReadiness' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/simulator.ps1
        $null = Connect-Alma -Simulator -SimulatorUserCount 60
        $command = 'AlmaPurge.Commands.GetAlmaPurgeReadinessCommand'
        $names = 'KeyUsers', 'KeyConfiguration', 'KeyJobs', 'KeyAnalytics', 'KeyWrite', 'Environment', 'UserGroup',
            'PurgeGroupExists', 'PurgeGroupCode', 'PurgeGroupRecordType', 'PurgeGroupEmpty', 'MarkingJob', 'PurgeJob',
            'StudentSystemSynchronize', 'StudentSystemImport', 'StudentSystemUnmatched', 'StudentSystemSchedule',
            'NetworkUsers', 'Calls', 'DeleteUserPolicy', 'Canary'
    }

    AfterAll {
        Disconnect-Alma
    }

    It 'gives one object for each check, and sends nothing but GET' {
        $checks = Get-AlmaPurgeReadiness UNDRGRD -PurgeGroup PURGEUG -Route SetJob -CandidateCount 20

        $checks | Should -BeOfType ([AlmaPurge.AlmaReadinessCheck])
        $checks.Name | Should -Be $names
        ($checks | Where-Object Status -eq Fail) | Should -BeNullOrEmpty
        ($checks | Where-Object { ($_.Status -eq 'Pass') -ne (-not $_.Remedy) }) | Should -BeNullOrEmpty
        Get-WriteRequest | Should -BeNullOrEmpty
    }

    It 'passes nothing that it was not told' {
        $checks = Get-AlmaPurgeReadiness
        $checks.Name | Should -Be $names
        foreach ($name in 'UserGroup', 'PurgeGroupExists', 'PurgeGroupEmpty', 'Calls', 'Canary') {
            ($checks | Where-Object Name -eq $name).Status | Should -Be 'Ask'
        }
    }

    It '-UserGroup takes code or description: <UserGroup>' -ForEach @(
        @{ UserGroup = 'UNDRGRD'; Status = 'Pass' }
        @{ UserGroup = 'undergraduate students'; Status = 'Pass' }
        @{ UserGroup = 'nix'; Status = 'Fail' }
    ) {
        (Get-AlmaPurgeReadiness -UserGroup $UserGroup | Where-Object Name -eq UserGroup).Status | Should -Be $Status
    }

    It '-PurgeGroup <PurgeGroup>: <Name> is <Status>' -ForEach @(
        @{ PurgeGroup = 'PURGEUG'; Name = 'PurgeGroupEmpty'; Status = 'Pass' }
        @{ PurgeGroup = 'FACULTY'; Name = 'PurgeGroupEmpty'; Status = 'Fail' }
        @{ PurgeGroup = 'UNDRGRD'; Name = 'PurgeGroupExists'; Status = 'Fail' }
        @{ PurgeGroup = 'nix'; Name = 'PurgeGroupExists'; Status = 'Fail' }
    ) {
        $check = Get-AlmaPurgeReadiness UNDRGRD -PurgeGroup $PurgeGroup | Where-Object Name -eq $Name
        $check.Status | Should -Be $Status
    }

    It '-Route UserDelete does without the purge job' {
        (Get-AlmaPurgeReadiness -Route UserDelete | Where-Object Name -eq PurgeJob).Detail | Should -BeLike '*without a job*'
        (Get-AlmaPurgeReadiness -Route SetJob | Where-Object Name -eq PurgeJob).Detail | Should -BeLike '*Purge Users*'
    }

    It '-CandidateCount <Count> against the calls that are left: <Status>' -ForEach @(
        @{ Count = 20; Status = 'Pass' }
        @{ Count = 900000; Status = 'Fail' }
    ) {
        (Get-AlmaPurgeReadiness -CandidateCount $Count -Route SetJob | Where-Object Name -eq Calls).Status | Should -Be $Status
    }

    It 'refuses -CandidateCount <Count>' -ForEach @(@{ Count = 0 }, @{ Count = -1 }, @{ Count = 'many' }) {
        { Get-AlmaPurgeReadiness -CandidateCount $Count } | Should -Throw -ErrorId "*,$command"
    }

    It 'uses the -Connection given, and needs one' {
        $run = Invoke-InRunspace -Variable @{ own = (Get-AlmaConnection) } 'Get-AlmaPurgeReadiness -Connection $own'
        $run.Output.Count | Should -Be $names.Count

        (Invoke-InRunspace 'Get-AlmaPurgeReadiness').ErrorId | Should -Be "NotConnected,$command"
    }

    It 'completes user groups for -UserGroup and -PurgeGroup' {
        Get-Completion 'Get-AlmaPurgeReadiness al' | Should -Be 'ALUMNI'
        Get-Completion 'Get-AlmaPurgeReadiness -PurgeGroup purge' | Should -Be 'PURGEUG', 'PURGEGR'
    }

    It 'shows four columns' {
        Get-AlmaPurgeReadiness | Get-TableHeading | Should -Be 'Check', 'Status', 'Detail', 'Remedy'
    }
}
