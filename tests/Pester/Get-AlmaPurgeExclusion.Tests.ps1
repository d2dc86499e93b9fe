Describe 'Get-AlmaPurgeExclusion' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        Use-TestRunFolder
        $null = Disconnect-Alma
        $command = 'AlmaPurge.Commands.GetAlmaPurgeExclusionCommand'
        function Import-Undergraduate {
            Import-AlmaPurgeCandidate "$Exports/undergraduates.csv" -ExpiredBefore 2025-01-01 @args
        }
        $candidates = Import-Undergraduate
        $run = Get-AlmaPurgeRun $candidates[0].RunId
    }

    AfterAll {
        $env:ALMAPURGE_RUNS = $null
    }

    It 'gives who stays and why' {
        $kept = @(Get-AlmaPurgeExclusion $run)

        $kept.Count | Should -Be 10
        $kept | Should -BeOfType ([AlmaPurge.AlmaPurgeExclusion])
        $staff = $kept | Where-Object Rule -EQ StaffRecord
        $staff.PrimaryId | Should -Be '00267034'
        $staff.Step | Should -Be 'Import'
        $staff.Rules | Should -Be 'StaffRecord', 'OtherRole'
        $staff.Evidence | Should -Be 'StaffRecord: record type is Staff; OtherRole: has a role other than Patron'
        $staff.RunId | Should -Be $run.RunId
        ($kept | Where-Object Rule -EQ MissingPrimaryId).PrimaryId | Should -Be ''
    }

    It 'takes a run by <By>' -ForEach @(
        @{ By = 'id'; Call = { Get-AlmaPurgeExclusion $run.RunId } }
        @{ By = 'folder'; Call = { Get-AlmaPurgeExclusion (Get-Item $run.Path) } }
        @{ By = 'object, piped'; Call = { $run | Get-AlmaPurgeExclusion } }
        @{ By = 'id, piped'; Call = { $run.RunId | Get-AlmaPurgeExclusion } }
    ) {
        @(& $Call).Count | Should -Be 10
    }

    It 'takes several runs, one after the other' {
        $other = Get-AlmaPurgeRun (Import-Undergraduate)[0].RunId

        ($run, $other | Get-AlmaPurgeExclusion).Count | Should -Be 20
    }

    It 'filters by any rule that fired, with wildcards: <Rule>' -ForEach @(
        @{ Rule = 'OtherRole'; Count = 2 }
        @{ Rule = 'expiry*'; Count = 1 }
        @{ Rule = 'ExpiryMissing', '*PrimaryId'; Count = 2 }
        @{ Rule = 'OpenLoans'; Count = 0 }
    ) {
        @(Get-AlmaPurgeExclusion $run -Rule $Rule).Count | Should -Be $Count
    }

    It 'refuses a rule that there is not, since nobody would seem to stay for it' {
        $record = { Get-AlmaPurgeExclusion $run -Rule OwesFee } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "RuleUnknown,$command"
        $record.TargetObject | Should -Be 'OwesFee'
        "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" | Should -BeLike "*'OwesFee'*OwesFees*"
    }

    It 'gives those of a preview, in the session' {
        $preview = (Import-Undergraduate -WhatIf)[0].RunId

        @(Get-AlmaPurgeExclusion $preview).Count | Should -Be 10
    }

    It 'gives those of the preview of a step on a real run, not those of the run' {
        $id = ($run | Remove-AlmaFinesHolder "$Exports/fines.csv" -WhatIf)[0].RunId

        @(Get-AlmaPurgeExclusion $id -Rule OwesFees).Count | Should -Be 7
        Get-AlmaPurgeExclusion $run -Rule OwesFees | Should -BeNullOrEmpty
    }

    It 'gives the same after the run was read from its folder' {
        Copy-Item -Recurse $run.Path "$TestDrive/copy"
        $read = Get-AlmaPurgeExclusion "$TestDrive/copy"

        $read.Count | Should -Be 10
        Compare-Object $read (Get-AlmaPurgeExclusion $run) -Property PrimaryId, Step, Rule, Evidence | Should -BeNullOrEmpty
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a run that is not there'; Run = 'nosuch'; Id = 'RunNotFound'; Text = "*'nosuch'*" }
        @{ What = 'a number'; Run = 7; Id = 'ParameterArgumentTransformationError'; Text = '*is no run*' }
    ) {
        { Get-AlmaPurgeExclusion $Run } | Should -Throw $Text -ErrorId "$Id,$command"
    }

    It 'refuses a run whose exclusions <What>: those who stay must not be forgotten' -ForEach @(
        @{ What = 'are gone'; Do = { Remove-Item -LiteralPath $file } }
        @{ What = 'end in the middle of a line'; Do = { [System.IO.File]::WriteAllText($file, (Get-Content -Raw $file).Substring(0, 300)) } }
        @{ What = 'have an odd line'; Do = { Add-Content -LiteralPath $file -Value '00123,Import' } }
    ) {
        $folder = "$TestDrive/bad $What"
        Copy-Item -Recurse $run.Path $folder
        $file = "$folder/exclusions.csv"
        & $Do

        $record = { Get-AlmaPurgeExclusion $folder } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "RunFolderDamaged,$command"
        $record.CategoryInfo.Category | Should -Be 'InvalidData'
        $record.TargetObject | Should -Be $file
    }

    It 'completes runs and all rules' {
        Get-Completion 'Get-AlmaPurgeExclusion UNDRGRD-' | Should -Contain $run.RunId
        Get-Completion 'Get-AlmaPurgeExclusion x -Rule O' |
            Should -Be 'OtherUserGroup', 'OtherRole', 'OpenLoans', 'OpenRequests', 'OwesFees'
    }

    It 'shows a line for each' {
        Get-AlmaPurgeExclusion $run | Get-TableHeading | Should -Be 'PrimaryId', 'Step', 'Rule', 'Evidence'
    }
}
