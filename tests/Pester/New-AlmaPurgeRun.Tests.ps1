Describe 'New-AlmaPurgeRun' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/simulator.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        $null = Connect-Alma -Simulator -SimulatorUserCount 10
        $command = 'AlmaPurge.Commands.NewAlmaPurgeRunCommand'
        function Get-Criteria($Run) {
            (Get-Content -Raw "$($Run.Path)/run.json" | ConvertFrom-Json -DateKind String).Criteria
        }
    }

    AfterAll {
        Disconnect-Alma
        $env:ALMAPURGE_RUNS = $null
    }

    It 'makes a run with its folder' {
        $run = New-AlmaPurgeRun UNDRGRD

        $run | Should -BeOfType ([AlmaPurge.AlmaPurgeRun])
        $run.RunId | Should -Match '^UNDRGRD-\d{8}-\d{6}'
        $run.Path | Should -Be ([System.IO.Path]::Combine($env:ALMAPURGE_RUNS, $run.RunId))
        $run.State | Should -Be 'New'
        $run.PatronCount | Should -Be 0
        $run.NextStep | Should -Be 'Import-AlmaPurgeCandidate'
        $run.Institution | Should -Be '01SIM_INST'
        $run.EnvironmentType | Should -Be 'Simulated'
        $run.ExpiredBefore | Should -Be ([datetime]::Today.AddYears(-1))
        "$($run.Path)/run.json" | Should -Exist
    }

    It 'lets nobody else look into the folder' -Skip:$IsWindows {
        $run = New-AlmaPurgeRun UNDRGRD

        (Get-Item $run.Path).UnixFileMode | Should -Be ([System.IO.UnixFileMode] 'UserRead, UserWrite, UserExecute')
        (Get-Item "$($run.Path)/run.json").UnixFileMode | Should -Be ([System.IO.UnixFileMode] 'UserRead, UserWrite')
    }

    It 'knows a user group by code or description, in any case: <_>' -ForEach 'undrgrd', 'Undergraduate Students', ' UNDRGRD ' {
        $run = New-AlmaPurgeRun -UserGroup $_

        $run.UserGroup | Should -Be 'UNDRGRD'
        $run.RunId | Should -BeLike 'UNDRGRD-*'
        (Get-Criteria $run).UserGroupDescription | Should -Be 'Undergraduate Students'
    }

    It 'keeps all criteria' {
        $run = New-AlmaPurgeRun GRAD -ExpiredBefore 2024-06-30 -InactiveSince 2023-01-01 -FeeTolerance 0.75 -FeeCheck Balance `
            -IgnoreRule Proxy, blocked -AllowRole Instructor -IgnoreBlockType '20-GENERAL' -DeleteUserPolicy KeepStatistics `
            -Path "$TestDrive/elsewhere"

        $run.Path | Should -Be ([System.IO.Path]::Combine("$TestDrive/elsewhere", $run.RunId))
        $criteria = Get-Criteria $run
        $criteria.ExpiredBefore | Should -BeLike '2024-06-30*'
        $criteria.InactiveSince | Should -BeLike '2023-01-01*'
        $criteria.FeeTolerance | Should -Be 0.75
        $criteria.FeeCheck | Should -Be 'Balance'
        $criteria.IgnoredRules | Sort-Object | Should -Be 'blocked', 'Proxy'
        $criteria.AllowedRoles | Should -Be 'Instructor'
        $criteria.IgnoredBlockTypes | Should -Be '20-GENERAL'
        $criteria.DeleteUserPolicy | Should -Be 'KeepStatistics'
    }

    It 'looks for activity since the cutoff unless told otherwise, and has a full fee check' {
        $criteria = Get-Criteria (New-AlmaPurgeRun GRAD -ExpiredBefore 2024-06-30)

        $criteria.InactiveSince | Should -BeLike '2024-06-30*'
        $criteria.FeeCheck | Should -Be 'Full'
        $criteria.FeeTolerance | Should -Be 0
        $criteria.DeleteUserPolicy | Should -BeNullOrEmpty
    }

    It 'puts the releases to use' {
        $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -IgnoreRule LinkedCopy, Blocked
        $kept = Import-AlmaPurgeCandidate "$Exports/undergraduates.csv" -Run $run |
            Select-Object -First 1 | ForEach-Object { Get-AlmaPurgeExclusion $_.RunId }

        $kept.Rule | Should -Not -Contain 'LinkedCopy'
        $kept.Rule | Should -Not -Contain 'Blocked'
        $kept.Count | Should -Be 8
    }

    It 'needs no connection, and then leaves the group as it was given' {
        $run = Invoke-InRunspace 'New-AlmaPurgeRun "Visiting scholars/2"'

        $run.Errors | Should -BeNullOrEmpty
        $run.Output[0].UserGroup | Should -Be 'Visiting scholars/2'
        $run.Output[0].RunId | Should -BeLike 'Visiting-scholars-2-*'
        $run.Output[0].Institution | Should -BeNullOrEmpty
    }

    It 'uses the -Connection given' {
        $run = Invoke-InRunspace -Variable @{ own = (Get-AlmaConnection) } 'New-AlmaPurgeRun graduate* -Connection $own'
        $run.ErrorId | Should -Be "UserGroupNotFound,$command"

        $run = Invoke-InRunspace -Variable @{ own = (Get-AlmaConnection) } "New-AlmaPurgeRun 'graduate students' -Connection `$own"
        $run.Output[0].UserGroup | Should -Be 'GRAD'
    }

    It 'previews: a run in memory, no folder, no change' {
        $before = (Get-TestRunFolder).Count
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
        $shell = Invoke-InRunspace 'New-AlmaPurgeRun UNDRGRD -WhatIf' -HostObject $screen
        $run = $shell.Output[0]

        $screen.Shown | Should -Be "What if: Make a run folder for the user group UNDRGRD under '$env:ALMAPURGE_RUNS'."
        $run.IsPreview | Should -BeTrue
        $run.Path | Should -BeNullOrEmpty
        (Get-TestRunFolder).Count | Should -Be $before
        (Get-AlmaPurgeRun $run.RunId).RunId | Should -Be $run.RunId
        # What is imported into it is a preview, whatever the import was told.
        (Import-AlmaPurgeCandidate "$Exports/total-row.csv" -Run $run -WhatIf:$false).IsPreview | Should -Not -Contain $false
        (Get-TestRunFolder).Count | Should -Be $before
        Get-WriteRequest | Should -BeNullOrEmpty
    }

    It 'makes nothing after a no' {
        $before = (Get-TestRunFolder).Count
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(2)
        $run = Invoke-InRunspace 'New-AlmaPurgeRun UNDRGRD -Confirm' -HostObject $screen

        $run.Output | Should -BeNullOrEmpty
        "$($screen.Shown)" | Should -BeLike 'choice: *UNDRGRD*Go on?'
        (Get-TestRunFolder).Count | Should -Be $before
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an unknown group'; With = @{ UserGroup = 'nix' }; Id = 'UserGroupNotFound'; Category = 'ObjectNotFound'; Target = 'nix'; Text = "*'nix'*UNDRGRD (Undergraduate Students)*" }
        @{ What = 'an unknown rule'; With = @{ UserGroup = 'GRAD'; IgnoreRule = 'Proxi' }; Id = 'RuleUnknown'; Category = 'InvalidArgument'; Target = 'Proxi'; Text = "*'Proxi'*Proxy*" }
        @{ What = 'to release loans'; With = @{ UserGroup = 'GRAD'; IgnoreRule = 'Proxy', 'OpenLoans' }; Id = 'RuleNotIgnorable'; Category = 'InvalidArgument'; Target = 'OpenLoans'; Text = '*OpenLoans*RecentlyActive, InternalAccount, LinkedCopy, Blocked, Proxy*' }
        @{ What = 'to release staff'; With = @{ UserGroup = 'GRAD'; IgnoreRule = 'StaffRecord' }; Id = 'RuleNotIgnorable'; Category = 'InvalidArgument'; Target = 'StaffRecord'; Text = '*StaffRecord*' }
    ) {
        $before = (Get-TestRunFolder).Count

        $record = { New-AlmaPurgeRun @With } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
        $record.CategoryInfo.Category | Should -Be $Category
        $record.TargetObject | Should -Be $Target
        "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" | Should -BeLike $Text
        (Get-TestRunFolder).Count | Should -Be $before
    }

    It 'refuses -<Name> <Value>' -ForEach @(
        @{ Name = 'UserGroup'; Value = '' }
        @{ Name = 'FeeTolerance'; Value = -0.4 }
        @{ Name = 'FeeTolerance'; Value = 1000001 }
        @{ Name = 'IgnoreRule'; Value = $null }
        @{ Name = 'AllowRole'; Value = '' }
        @{ Name = 'IgnoreBlockType'; Value = $null }
        @{ Name = 'FeeCheck'; Value = 'None' }
        @{ Name = 'DeleteUserPolicy'; Value = 'KeepAll' }
        @{ Name = 'ExpiredBefore'; Value = '01/02/2025' }
        @{ Name = 'InactiveSince'; Value = 20250101 }
        @{ Name = 'Path'; Value = '' }
    ) {
        $with = @{ UserGroup = 'GRAD' }
        $with[$Name] = $Value

        (({ New-AlmaPurgeRun @with } | Should -Throw -PassThru).Exception).ParameterName | Should -Be $Name
    }

    It 'completes groups by code, and rules that can be released' {
        Get-Completion 'New-AlmaPurgeRun p' | Should -Be 'PURGEUG', 'PURGEGR'
        Get-Completion 'New-AlmaPurgeRun GRAD -IgnoreRule ' |
            Should -Be 'RecentlyActive', 'InternalAccount', 'LinkedCopy', 'Blocked', 'Proxy'
        Get-Completion 'New-AlmaPurgeRun GRAD -FeeCheck ' | Should -Be 'Balance', 'Full'
    }
}
