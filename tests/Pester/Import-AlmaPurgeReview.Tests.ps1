Describe 'Import-AlmaPurgeReview' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/reviews.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        $null = Disconnect-Alma
        $command = 'AlmaPurge.Commands.ImportAlmaPurgeReviewCommand'
    }

    BeforeEach {
        $run = Get-AlmaPurgeRun (Import-ReviewedPatron)[0].RunId
        $path = "$TestDrive/$([guid]::NewGuid()).xlsx"
        $null = $run | Export-AlmaPurgeReview $path -WarningAction SilentlyContinue
    }

    AfterAll {
        $env:ALMAPURGE_RUNS = $null
    }

    It 'gives the candidates left and keeps the vetoed: <Mark>' -ForEach @(
        @{ Mark = 'Veto' }
        @{ Mark = 'no' }
        @{ Mark = '-' }
    ) {
        Set-Veto $path 0002 $Mark

        $left = Import-AlmaPurgeReview $path

        $left | Should -BeOfType ([AlmaPurge.AlmaPurgeCandidate])
        $left.PrimaryId | Should -Be '0001', '0003'
        $left.RunId | Select-Object -Unique | Should -Be $run.RunId
        $kept = Get-AlmaPurgeExclusion $run -Rule Vetoed
        $kept.PrimaryId | Should -Be '0002'
        $kept.Step | Should -Be 'Review'
        $kept.Evidence | Should -Be 'vetoed in review 1'
        (Get-RunDocument $run).Reviews[0].ReadAt | Should -Not -BeNullOrEmpty
    }

    It 'takes a run by <By>' -ForEach @(
        @{ By = 'object'; Call = { Import-AlmaPurgeReview $path -Run $run } }
        @{ By = 'object, piped'; Call = { $run | Import-AlmaPurgeReview -Path $path } }
        @{ By = 'id'; Call = { Import-AlmaPurgeReview $path -Run $run.RunId } }
        @{ By = 'folder'; Call = { Import-AlmaPurgeReview $path -Run (Get-Item $run.Path) } }
        @{ By = 'what the workbook says'; Call = { Import-AlmaPurgeReview $path } }
    ) {
        (& $Call).PrimaryId | Should -Be '0001', '0002', '0003'
    }

    It 'keeps whoever was taken out of the workbook, and warns' {
        Edit-Sheet $path 1 { $args[0] -replace '<x:row r="3">.*?</x:row>' }

        $left = Import-AlmaPurgeReview $path -WarningVariable warned -WarningAction SilentlyContinue

        $left.PrimaryId | Should -Be '0001', '0003'
        "$warned" | Should -BeLike '1 row(s) were taken out of the workbook*stay*'
        (Get-AlmaPurgeExclusion $run -Rule Vetoed).Evidence | Should -Be 'the row was taken out of review 1'
    }

    It 'previews: nobody is kept, and those left are a preview' {
        Set-Veto $path 0002
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
        $there = Invoke-InRunspace 'Import-AlmaPurgeReview $path -WhatIf' -HostObject $screen -Variable @{ path = $path }

        "$($screen.Shown)" | Should -Be "What if: Take over review 1 of the run $($run.RunId): 1 vetoed, 0 taken out of the workbook, 2 not vetoed."
        $there.Output.PrimaryId | Should -Be '0001', '0003'
        $there.Output.IsPreview | Should -Not -Contain $false
        Get-AlmaPurgeExclusion $run -Rule Vetoed | Should -BeNullOrEmpty
        (Get-RunDocument $run).Reviews[0].ReadAt | Should -BeNullOrEmpty
    }

    It 'takes nothing over after a no' {
        Set-Veto $path 0002
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(2)
        $there = Invoke-InRunspace 'Import-AlmaPurgeReview $path -Confirm' -HostObject $screen -Variable @{ path = $path }

        $there.Output | Should -BeNullOrEmpty
        Get-AlmaPurgeExclusion $run -Rule Vetoed | Should -BeNullOrEmpty
    }

    It 'refuses a workbook of another run' {
        $other = Get-AlmaPurgeRun (Import-ReviewedPatron)[0].RunId

        $record = { Import-AlmaPurgeReview $path -Run $other } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "ReviewOfOtherRun,$command"
        "$record" | Should -BeLike "*$($run.RunId)*$($other.RunId)*"
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'identifiers that were put in'; Id = 'ReviewIdsAdded'; Edit = { $args[0] -replace '>0003<', '>0033<' } }
        @{ What = 'identifiers that are there twice'; Id = 'ReviewIdsTwice'; Edit = { $args[0] -replace '>0003<', '>0001<' } }
        @{ What = 'a veto column that is gone'; Id = 'ReviewUnreadable'; Edit = { $args[0] -replace '>Veto</x:t>', '>Column1</x:t>' } }
        @{ What = 'a veto that is an error'; Id = 'ReviewVetoUnreadable'; Edit = { $args[0] -replace '(<x:row r="2">.*?</x:c>)', '$1<x:c r="B2" t="e"><x:v>#N/A</x:v></x:c>' } }
    ) {
        Edit-Sheet $path 1 $Edit

        $record = { Import-AlmaPurgeReview $path } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
        Get-AlmaPurgeExclusion $run -Rule Vetoed | Should -BeNullOrEmpty
    }

    It 'refuses <What> as <Id>' -ForEach @(
        @{ What = 'a file that is not there'; File = 'none.xlsx'; Id = 'PathNotFound' }
        @{ What = 'a text file'; File = 'patrons.csv'; Id = 'ReviewUnreadable' }
    ) {
        $record = { Import-AlmaPurgeReview "$TestDrive/$File" } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
    }

    It 'refuses a run that is not there, and a preview' {
        ({ Import-AlmaPurgeReview $path -Run nix } | Should -Throw -PassThru).FullyQualifiedErrorId | Should -Be "RunNotFound,$command"
        $preview = Get-AlmaPurgeRun (Import-ReviewedPatron -WhatIf)[0].RunId
        ({ $preview | Import-AlmaPurgeReview $path } | Should -Throw -PassThru).FullyQualifiedErrorId | Should -Be "PreviewHasNoReview,$command"
    }

    It 'completes runs' {
        Get-Completion 'Import-AlmaPurgeReview r.xlsx -Run ' | Should -Contain $run.RunId
    }

    Context 'with Alma' {
        BeforeAll {
            . $PSScriptRoot/simulator.ps1
            . $PSScriptRoot/runs.ps1
            $null = New-TestConnection
        }

        AfterAll {
            Disconnect-Alma
        }

        It 'is what the set is then built from' {
            $ids = @(Get-Purgeable 3)
            $candidates = Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup $Group -ExpiredBefore $Cutoff | Confirm-AlmaPurgeCandidate
            $null = $candidates | Export-AlmaPurgeReview $path -Force
            Set-Veto $path $candidates[1].PrimaryId

            $set = Import-AlmaPurgeReview $path | New-AlmaUserSet

            $set.MemberCount | Should -Be 2
            (Get-AlmaPurgeExclusion $set.RunId).Rule | Should -Be 'Vetoed'
        }

        It 'is asked for in the prompt while its vetoes lie in the workbook' {
            $candidates = Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable 3) -UserGroup $Group -ExpiredBefore $Cutoff | Confirm-AlmaPurgeCandidate
            $null = $candidates | Export-AlmaPurgeReview $path -Force
            $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
            $connection = Get-AlmaConnection

            $null = Invoke-InRunspace '$run | New-AlmaUserSet -WhatIf -Connection $connection' -HostObject $screen -Variable @{
                run = (Get-AlmaPurgeRun $candidates[0].RunId); connection = $connection
            }

            "$($screen.Shown)" | Should -BeLike '*review not read back: 1 (of*'
        }
    }
}
