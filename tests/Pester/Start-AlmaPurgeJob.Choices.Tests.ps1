# What has no default in Start-AlmaPurgeJob and must be said: the route, and the Delete User Policy.
Describe 'The route of Start-AlmaPurgeJob' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $id = 'RouteMissing,AlmaPurge.Commands.StartAlmaPurgeJobCommand'
        $whole = 'Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 -Connection $connection |
            New-AlmaUserSet -Connection $connection | Set-AlmaPurgeDate -PurgeGroup PURGEUG -Connection $connection |
            Start-AlmaPurgeJob -Connection $connection'
    }

    It 'has no default: all are explained, with what this institution allows' {
        $null = New-TestConnection
        $set = New-TestRun Marked
        $changes = @(Get-Change).Count
        $problem = { $set | Start-AlmaPurgeJob -DeleteUserPolicy FullyRemove -Confirm:$false } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be $id
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $problem.TargetObject | Should -Be 'Route'
        foreach ($part in 'no default route', 'SetJob: *Here: possible, the job is M973', 'UserDelete: *Here: possible if the key has read/write*',
            'Handoff: *Here: possible*', 'Nothing was done', '-KeepUserGroup') {
            $problem.Exception.Message | Should -BeLike "*$part*"
        }
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Get-Help Start-AlmaPurgeJob -Parameter Route*'
        @(Get-Change).Count | Should -Be $changes
    }

    It 'is missing in <Name>: refused before anything of the pipeline is done' -ForEach @(
        @{ Name = 'a session with somebody there'; Asked = $true; End = '' }
        @{ Name = 'a script'; Asked = $false; End = ' -DeleteUserPolicy FullyRemove -Confirm:$false' }
        @{ Name = 'a preview'; Asked = $true; End = ' -WhatIf'; Preview = $true }
    ) {
        $connection = New-TestConnection
        $env:ALMAPURGE_RUNS = "$TestDrive/runs-$([guid]::NewGuid())"
        $screen = $Asked ? (New-AskedHost 0) : $null
        $line = $Preview ? "`$WhatIfPreference = `$true; $whole" : $whole + $End
        $there = Invoke-InRunspace $line $screen -Variable @{ connection = $connection; ids = @(Get-Purgeable 3) }

        $there.ErrorId | Should -Be $id
        $there.Output | Should -BeNullOrEmpty
        @(@($screen.Shown) -like 'choice:*').Count | Should -Be 0
        Get-Change | Should -BeNullOrEmpty
        Test-Path $env:ALMAPURGE_RUNS | Should -BeFalse
    }

    It 'says of an institution <Name>' -ForEach @(
        @{ Name = 'that the job''s template is needed'; Option = @{ EnvironmentType = 'SANDBOX' }; Part = 'SetJob: *Here: possible with -JobTemplate, the job is M973' }
        @{ Name = 'that the key cannot delete users'; Area = 'configuration'; Part = 'UserDelete: *Here: not possible with this key' }
    ) {
        $null = New-TestConnection ($Option ?? @{})
        $set = New-TestRun SetBuilt
        $given = $Area ? (New-TestConnection -Area $Area) : (Get-AlmaConnection)
        { $set | Start-AlmaPurgeJob -Confirm:$false -Connection $given } | Should -Throw "*$Part*" -ErrorId $id
    }

    It 'is explained without a connection too' {
        $null = New-TestConnection
        $set = New-TestRun SetBuilt
        Get-AlmaConnection | Disconnect-Alma
        { $set | Start-AlmaPurgeJob -Confirm:$false } | Should -Throw '*SetJob: *not known, there is no connection*' -ErrorId $id
    }
}

Describe 'The Delete User Policy of Start-AlmaPurgeJob' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        function Get-Gone { (Get-TestSimulator).Purged.PrimaryId }
    }

    BeforeEach {
        $connection = New-TestConnection
        $ids = @(Get-Purgeable 3)
        $both = @{ connection = $connection; ids = $ids }
    }

    It 'is asked for where somebody is there, and recorded: choice <Choice> is <Policy>' -ForEach @(
        @{ Choice = 0; Policy = 'KeepFullyReportable' }
        @{ Choice = 1; Policy = 'KeepStatistics' }
        @{ Choice = 2; Policy = 'KeepStatisticsRemoveId' }
        @{ Choice = 3; Policy = 'FullyRemove' }
    ) {
        $set = New-TestRun Marked
        $screen = New-AskedHost $Choice, 0
        $there = Invoke-InRunspace '$set | Start-AlmaPurgeJob -Route UserDelete -Connection $connection' $screen -Variable @{
            set = $set; connection = $connection
        }

        $there.Exception | Should -BeNullOrEmpty
        $asked = @($screen.Shown) -like 'choice:*'
        $asked.Count | Should -Be 2
        foreach ($part in 'Delete User Policy', 'no API can read it', 'Configuration > User Management > General > Delete User Policy',
            'Keep statistics and remove primary ID: *internal id', 'Fully remove: nothing stays') {
            $asked[0] | Should -BeLike "*$part*"
        }
        $asked[1] | Should -BeLike "*Delete User Policy $Policy as you say (*"
        @(Get-Gone).Count | Should -Be 3
        $run = Get-Content "$((Get-AlmaPurgeRun $set.RunId).Path)/run.json" | ConvertFrom-Json
        $run.criteria.deleteUserPolicy | Should -Be $Policy
    }

    It 'stops where the person does not know it: choice <_>' -ForEach 4, -1 {
        $set = New-TestRun Marked
        $changes = @(Get-Change).Count
        $screen = New-AskedHost $_, 0
        $there = Invoke-InRunspace '$set | Start-AlmaPurgeJob -Route UserDelete -Connection $connection' $screen -Variable @{
            set = $set; connection = $connection
        }

        $there.ErrorId | Should -Be 'DeleteUserPolicyMissing,AlmaPurge.Commands.StartAlmaPurgeJobCommand'
        @(@($screen.Shown) -like 'choice:*').Count | Should -Be 1
        @(Get-Change).Count | Should -Be $changes
    }

    It 'is refused where nobody is asked, before anything of the pipeline is done: <Name>' -ForEach @(
        @{ Name = 'a new run'; By = 'StartAlmaPurgeJobCommand'
            Line = 'Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup UNDRGRD -ExpiredBefore 2025-01-01'
        }
        @{ Name = 'a run that has none'; By = 'ImportAlmaPurgeCandidateCommand'
            Line = 'Import-AlmaPurgeCandidate -PrimaryId $ids -Run $made'
        }
        @{ Name = 'a run taken up again'; By = 'NewAlmaUserSetCommand'
            Line = 'Get-AlmaPurgeRun $imported'
        }
        @{ Name = 'candidates'; By = 'ConfirmAlmaPurgeCandidateCommand'; Line = '$candidates | Confirm-AlmaPurgeCandidate' }
        @{ Name = 'candidates and fines'; By = 'RemoveAlmaFinesHolderCommand'
            Line = '$candidates | Remove-AlmaFinesHolder -Path $fines -AllowEmpty'
        }
    ) {
        $made = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01
        $candidates = New-TestRun Imported
        $imported = $candidates[0].RunId
        $fines = "$TestDrive/fines.csv"
        Set-Content $fines "Primary Identifier,Amount`n"
        $runs = @(Get-AlmaPurgeRun).Count
        $all = "$Line | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG | Start-AlmaPurgeJob -Route UserDelete -Confirm:`$false"

        $problem = { Invoke-Expression $all } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "DeleteUserPolicyMissing,AlmaPurge.Commands.$By"
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
        Get-Change | Should -BeNullOrEmpty
        @(Get-AlmaPurgeRun).Count | Should -Be $runs
    }

    It 'may have been given to the run' {
        $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -DeleteUserPolicy KeepStatistics
        $null = Import-AlmaPurgeCandidate -PrimaryId $ids -Run $run | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG |
            Start-AlmaPurgeJob -Route UserDelete -Confirm:$false

        @(Get-Gone).Count | Should -Be 3
    }

    It 'is not asked for in a preview, which says so' {
        $set = New-TestRun Marked
        $changes = @(Get-Change).Count
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$set | Start-AlmaPurgeJob -Route UserDelete -WhatIf -Connection $connection' $screen -Variable @{
            set = $set; connection = $connection
        }

        $there.Output.Status | Should -Be 'Preview'
        $screen.Shown | Should -BeLike 'What if: *Delete User Policy not told yet*'
        @(Get-Change).Count | Should -Be $changes
    }
}
