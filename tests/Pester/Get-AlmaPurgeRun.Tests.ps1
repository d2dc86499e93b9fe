Describe 'Get-AlmaPurgeRun' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        Use-TestRunFolder
        $null = Disconnect-Alma
        $command = 'AlmaPurge.Commands.GetAlmaPurgeRunCommand'
        $first = New-AlmaPurgeRun UNDRGRD
        $second = Import-AlmaPurgeCandidate "$Exports/total-row.csv" | Select-Object -First 1 |
            ForEach-Object { Get-AlmaPurgeRun $_.RunId }
        $third = New-AlmaPurgeRun GRAD
        $preview = (Import-AlmaPurgeCandidate "$Exports/total-row.csv" -WhatIf)[0].RunId
    }

    AfterAll {
        $env:ALMAPURGE_RUNS = $null
    }

    It 'lists the runs, newest first, and the previews of the session' {
        $runs = @(Get-AlmaPurgeRun)

        @($runs | Where-Object { -not $_.IsPreview }).RunId | Should -Be $third.RunId, $second.RunId, $first.RunId
        $runs.RunId | Should -Contain $preview
    }

    It 'lists the runs of a folder, without previews' {
        (Get-AlmaPurgeRun -Path $env:ALMAPURGE_RUNS).RunId | Should -Be $third.RunId, $second.RunId, $first.RunId
        $null = New-Item -ItemType Directory "$TestDrive/nothing"
        Get-AlmaPurgeRun -Path "$TestDrive/nothing" | Should -BeNullOrEmpty
    }

    It 'lists nothing before the first run' {
        $runs = Invoke-InRunspace "`$env:ALMAPURGE_RUNS = '$TestDrive/not yet'; Get-AlmaPurgeRun"
        Use-TestRunFolder

        $runs.Errors | Should -BeNullOrEmpty
        $runs.Output | Where-Object { -not $_.IsPreview } | Should -BeNullOrEmpty
    }

    It 'finds a run by <By>' -ForEach @(
        @{ By = 'id'; Call = { Get-AlmaPurgeRun $second.RunId } }
        @{ By = 'id in lower case, of a preview'; Call = { $null = $preview; Get-AlmaPurgeRun $preview.ToLowerInvariant() } }
        @{ By = 'folder'; Call = { Get-AlmaPurgeRun $second.Path } }
        @{ By = 'relative folder'; Call = { Push-Location $env:ALMAPURGE_RUNS; try { Get-AlmaPurgeRun "./$($second.RunId)" } finally { Pop-Location } } }
        @{ By = 'folder object, piped'; Call = { Get-Item $second.Path | Get-AlmaPurgeRun } }
        @{ By = 'id, piped'; Call = { $second.RunId | Get-AlmaPurgeRun } }
        @{ By = 'an earlier object, piped'; Call = { $second | Get-AlmaPurgeRun } }
        @{ By = 'id under -Path'; Call = { Get-AlmaPurgeRun $second.RunId -Path $env:ALMAPURGE_RUNS } }
    ) {
        $run = & $Call

        $run.PatronCount | Should -Be 11
        $run.ExcludedCount | Should -Be 1
        $run.RemainingCount | Should -Be 10
        $run.RunId | Should -BeIn $second.RunId, $preview
    }

    It 'gives a run as it is now, and the earlier object as it was' {
        $before = Get-AlmaPurgeRun $third.RunId
        $null = Import-AlmaPurgeCandidate -PrimaryId '00001' -Run $third
        $now = $before | Get-AlmaPurgeRun

        $before.State | Should -Be 'New'
        $now.State | Should -Be 'Imported'
        $now.NextStep | Should -Be 'Remove-AlmaFinesHolder, then Confirm-AlmaPurgeCandidate'
    }

    It 'says so when nobody is left' {
        $nobody = Import-AlmaPurgeCandidate -PrimaryId '00001' -UserGroup GRAD -RunPath "$TestDrive/nobody"
        Set-Content -LiteralPath "$TestDrive/fines.csv" -Value 'USERNAME', '00001'
        $nobody | Remove-AlmaFinesHolder "$TestDrive/fines.csv" | Should -BeNullOrEmpty

        (Get-AlmaPurgeRun -Path "$TestDrive/nobody").NextStep | Should -Be 'none: nobody is left to purge'
    }

    It 'picks a run up in another process' {
        $line = "Import-Module '$ModulePath'; " +
            "(Get-AlmaPurgeRun $($second.RunId)).RemainingCount; (Get-AlmaPurgeExclusion $($second.RunId)).Rule"

        pwsh -NoProfile -NonInteractive -Command $line | Should -Be '10', 'DamagedPrimaryId'
    }

    It 'lists the other runs beside a damaged one' {
        $null = New-Item -ItemType Directory "$TestDrive/mixed"
        Copy-Item -Recurse $second.Path "$TestDrive/mixed/good"
        Copy-Item -Recurse $second.Path "$TestDrive/mixed/bad"
        Set-Content -LiteralPath "$TestDrive/mixed/bad/run.json" -Value '{ "Format": 1, '

        $runs = Get-AlmaPurgeRun -Path "$TestDrive/mixed" -ErrorVariable problem

        $problem | Should -BeNullOrEmpty
        @($runs).Count | Should -Be 2
        $bad = $runs | Where-Object State -EQ Broken
        $bad.RunId | Should -Be 'bad'
        $bad.NextStep | Should -BeLike '*run.json*'
        { $bad | New-AlmaUserSet } | Should -Throw -ErrorId 'RunFolderDamaged,*'
        { Get-AlmaPurgeRun "$TestDrive/mixed/bad" } | Should -Throw -ErrorId "RunFolderDamaged,$command"
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an id that no run has'; Call = { Get-AlmaPurgeRun nosuch }; Id = 'RunNotFound'; Target = 'nosuch'; Text = "*'nosuch'*$env:ALMAPURGE_RUNS*" }
        @{ What = 'a folder that is no run'; Call = { Get-AlmaPurgeRun $TestDrive }; Id = 'RunNotFound'; Target = '*'; Text = '*no run*' }
        @{ What = 'a -Path that is not there'; Call = { Get-AlmaPurgeRun -Path "$TestDrive/nowhere" }; Id = 'PathNotFound'; Target = '*nowhere'; Text = '*nowhere*' }
    ) {
        $record = { & $Call } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
        $record.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.TargetObject | Should -BeLike $Target
        $record.Exception.Message | Should -BeLike $Text
    }

    It 'refuses <What> as a run' -ForEach @(
        @{ What = 'a number'; Value = 20260101 }
        @{ What = 'a blank'; Value = ' ' }
        @{ What = 'an object of others'; Value = [pscustomobject]@{ RunId = 'x' } }
    ) {
        { Get-AlmaPurgeRun $Value } |
            Should -Throw '*is no run*Get-AlmaPurgeRun*' -ErrorId "ParameterArgumentTransformationError,$command"
        $Value | Get-AlmaPurgeRun -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeLike '*is no run*'
    }

    It 'completes runs under the folder that is asked for, and previews' {
        Get-Completion 'Get-AlmaPurgeRun GRAD' | Should -Be $third.RunId
        Get-Completion 'Get-AlmaPurgeRun preview-' | Should -Contain $preview
        $null = New-Item -ItemType Directory "$TestDrive/copies"
        Copy-Item -Recurse $second.Path "$TestDrive/copies/OTHER-1"
        Get-Completion "Get-AlmaPurgeRun -Path '$TestDrive/copies' -Run OT" | Should -Be 'OTHER-1'
        Get-Completion "Get-AlmaPurgeRun -Path '$TestDrive/nowhere' -Run UN" | Should -BeNullOrEmpty
    }

    It 'shows what to do next' {
        Get-AlmaPurgeRun | Get-TableHeading | Should -Be 'RunId', 'State', 'Patrons', 'Stay', 'Go', 'Next'
    }
}
