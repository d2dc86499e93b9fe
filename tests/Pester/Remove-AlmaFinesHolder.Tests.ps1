Describe 'Remove-AlmaFinesHolder' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/simulator.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        $null = Connect-Alma -Simulator -SimulatorUserCount 10
        $command = 'AlmaPurge.Commands.RemoveAlmaFinesHolderCommand'
        function Import-Four {
            Import-AlmaPurgeCandidate -PrimaryId '00001', '00002', 'Ab3', '00004' -UserGroup UNDRGRD @args
        }
        function New-File([string] $Name, [string[]] $Line) {
            Set-Content -LiteralPath "$TestDrive/$Name" -Value $Line
            "$TestDrive/$Name"
        }
        $fines = New-File fines.csv 'Primary Identifier,Fine Fee Status,Remaining Amount', '00002,Active,5.00', 'AB3 ,Active,1.00'
    }

    AfterAll {
        Disconnect-Alma
        $env:ALMAPURGE_RUNS = $null
    }

    Context 'What it takes' {
        It 'takes candidates down the pipeline and lets the rest through, in order' {
            $left = @(Import-Four | Remove-AlmaFinesHolder $fines)

            $left.PrimaryId | Should -Be '00001', '00004'
            $left | Should -BeOfType ([AlmaPurge.AlmaPurgeCandidate])
            $kept = Get-AlmaPurgeExclusion $left[0].RunId
            $kept.PrimaryId | Should -Be '00002', 'Ab3'
            $kept.Rule | Should -Be 'OwesFees', 'OwesFees'
            $kept.Step | Should -Be 'Subtract', 'Subtract'
            $kept[0].Evidence | Should -BeLike '*5*'
        }

        It 'takes <What>' -ForEach @(
            @{ What = 'candidates by parameter'; Call = { Remove-AlmaFinesHolder -InputObject $four -Path $fines } }
            @{ What = 'a run'; Call = { Get-AlmaPurgeRun $four[0].RunId | Remove-AlmaFinesHolder -Path $fines } }
            @{ What = '-LiteralPath'; Call = { $four | Remove-AlmaFinesHolder -LiteralPath "$TestDrive/f[1].csv" } }
            @{ What = 'several files'; Call = { $four | Remove-AlmaFinesHolder "$TestDrive/two.csv", (Get-Item -LiteralPath "$TestDrive/ab3.csv") } }
            @{ What = 'a wildcard'; Call = { $four | Remove-AlmaFinesHolder "$TestDrive/fin?s.csv" } }
            @{ What = '-ColumnMap'; Call = { $four | Remove-AlmaFinesHolder "$TestDrive/card.csv" -ColumnMap @{ PrimaryId = 'Card' } } }
        ) {
            Copy-Item -LiteralPath $fines "$TestDrive/f[1].csv"
            $null = New-File two.csv 'USERNAME', '00002'
            $null = New-File ab3.csv 'USERNAME', 'ab3'
            $null = New-File card.csv 'Card', '00002', 'ab3'
            $four = @(Import-Four)

            (& $Call).PrimaryId | Should -Be '00001', '00004'
        }

        It 'lets nobody pass whom a later step has kept meanwhile' {
            $four = @(Import-Four)
            # The simulator knows none of them.
            $four[0] | Confirm-AlmaPurgeCandidate | Should -BeNullOrEmpty

            ($four | Remove-AlmaFinesHolder $fines).PrimaryId | Should -Be '00004'
        }

        It 'streams: the first leave before the last have come' {
            $seen = [System.Collections.Generic.List[string]]::new()

            $first = Import-Four | ForEach-Object { $seen.Add($_.PrimaryId); $_ } |
                Remove-AlmaFinesHolder $fines | Select-Object -First 1

            $first.PrimaryId | Should -Be '00001'
            $seen | Should -Be '00001'
        }

        It 'notes the file and its hash in the run' {
            $left = Import-Four | Remove-AlmaFinesHolder $fines
            $run = Get-AlmaPurgeRun $left[0].RunId
            $noted = (Get-Content -Raw "$($run.Path)/run.json" | ConvertFrom-Json).Inputs[-1]

            $noted.Step | Should -Be 'Subtract'
            $noted.Name | Should -Be 'fines.csv'
            $noted.Sha256 | Should -Be (Get-FileHash $fines).Hash
            $run.RemainingCount | Should -Be 2
        }
    }

    Context 'What it tells' {
        It 'tells how the join went' {
            $told = Import-Four | Remove-AlmaFinesHolder $fines -Verbose 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }

            "$($told[-1])" | Should -Be 'Fines: 2 rows, 2 patrons (0 duplicate), 2 matched, 0 unmatched; 2 owe.'
        }

        It 'warns of a file in which no candidate is' {
            $other = New-File other.csv 'USERNAME', 'x1', 'x2'
            $left = Import-Four | Remove-AlmaFinesHolder $other -WarningVariable said -WarningAction SilentlyContinue

            $left.Count | Should -Be 4
            "$said" | Should -BeLike '*None of the 2 patrons*right file*'
        }

        It 'takes off those whose leading zeros the file has lost, and warns' {
            $bare = New-File bare.csv 'USERNAME', '2', 'other'
            $left = Import-Four | Remove-AlmaFinesHolder $bare -WarningVariable said -WarningAction SilentlyContinue

            $left.PrimaryId | Should -Be '00001', 'Ab3', '00004'
            "$said" | Should -BeLike '*leading zeros*'
        }
    }

    Context 'Preview and prompt' {
        It 'joins in the preview of a pipeline, with real counts' {
            $before = (Get-TestRunFolder).Count
            $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
            $run = Invoke-InRunspace -HostObject $screen -Variable @{ fines = $fines } -Line @'
                Import-AlmaPurgeCandidate -PrimaryId '00001', '00002' -UserGroup UNDRGRD -WhatIf | Remove-AlmaFinesHolder $fines
'@
            $run.Output.PrimaryId | Should -Be '00001'
            @($screen.Shown).Count | Should -Be 2
            @($screen.Shown)[1] | Should -Be (
                'What if: Take those who owe off the list; nothing changes in Alma. ' +
                'Fines: 2 rows, 2 patrons (0 duplicate), 1 matched, 1 unmatched; 1 owe.')
            (Get-TestRunFolder).Count | Should -Be $before
        }

        It 'previews on a run and leaves the run as it is' {
            $run = Get-AlmaPurgeRun (Import-Four)[0].RunId
            $left = @($run | Remove-AlmaFinesHolder $fines -WhatIf)

            $left.PrimaryId | Should -Be '00001', '00004'
            $left.IsPreview | Should -Not -Contain $false
            @(Get-AlmaPurgeExclusion $left[0].RunId).Count | Should -Be 2
            Get-AlmaPurgeExclusion $run | Should -BeNullOrEmpty
            Get-Content "$($run.Path)/exclusions.csv" | Should -HaveCount 1
            Get-WriteRequest | Should -BeNullOrEmpty
        }

        It 'is refused under -WhatIf behind an import that is not' {
            $before = (Get-TestRunFolder).Count

            {
                Import-AlmaPurgeCandidate -PrimaryId '00002' -UserGroup UNDRGRD | Remove-AlmaFinesHolder $fines -WhatIf
            } | Should -Throw -ErrorId "PartialWhatIf,$command"
            (Get-TestRunFolder).Count | Should -Be $before
        }

        It 'asks with -Confirm and lets nobody pass after a no' {
            $id = (Import-Four)[0].RunId
            $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(2)
            $run = Invoke-InRunspace "Get-AlmaPurgeRun $id | Remove-AlmaFinesHolder '$fines' -Confirm" -HostObject $screen

            $run.Output | Should -BeNullOrEmpty
            @($screen.Shown).Count | Should -Be 1
            @($screen.Shown)[0] | Should -BeLike "choice: *$id*nothing changes in Alma*"
            Get-AlmaPurgeExclusion $id | Should -BeNullOrEmpty
            (Get-AlmaPurgeRun $id).State | Should -Be 'Imported'
        }
    }

    Context 'What it refuses' {
        It 'refuses a file that <What>' -ForEach @(
            @{ What = 'is not there'; Name = 'nosuch.csv'; Id = 'PathNotFound'; Text = '*nosuch.csv*' }
            @{ What = 'fits no wildcard'; Name = 'nosuch*.csv'; Id = 'PathNotFound'; Text = '*nosuch[*].csv*' }
            @{ What = 'has no ids'; Name = 'noid.csv'; Id = 'TableNoIdColumn'; Text = '*noid.csv*' }
            @{ What = 'has no rows'; Name = 'norows.csv'; Id = 'TableEmpty'; Text = '*norows.csv*-AllowEmpty*' }
            @{ What = 'has a password'; Name = 'locked.xlsx'; Id = 'TablePasswordProtected'; Text = '*locked.xlsx*' }
            @{ What = 'has damaged ids'; Name = 'damaged.csv'; Id = 'TableDamagedIds'; Text = "*damaged.csv*'USERNAME', row 3*" }
        ) {
            $null = New-File noid.csv 'Amount', '5.00'
            $null = New-File norows.csv 'USERNAME,Remaining Amount'
            $null = New-File damaged.csv 'USERNAME', '00001', '1.02667E+07'
            New-LockedWorkbook "$TestDrive/locked.xlsx"
            $four = @(Import-Four)

            # A good file beside it does not help.
            $record = { $four | Remove-AlmaFinesHolder $fines, "$TestDrive/$Name" } | Should -Throw -PassThru

            $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
            $record.TargetObject | Should -Be "$TestDrive/$Name"
            "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" | Should -BeLike $Text
            Get-AlmaPurgeExclusion $four[0].RunId | Should -BeNullOrEmpty
        }

        It 'refuses <What> down the pipeline' -ForEach @(
            @{ What = 'a number'; Piped = { 12345 }; Text = '*leading zeros*' }
            @{ What = 'an id'; Piped = { '00001' }; Text = "*'00001' is only an id*Import-AlmaPurgeCandidate -PrimaryId*" }
            @{ What = 'a foreign object'; Piped = { Get-Item $fines }; Text = '*FileInfo is no AlmaPurgeCandidate*' }
            @{ What = 'an exclusion'; Piped = { $kept }; Text = '*patron who is kept*' }
        ) {
            $left = Import-Four | Remove-AlmaFinesHolder $fines
            $kept = @(Get-AlmaPurgeExclusion $left[0].RunId)[0]
            $problem = $null
            & $Piped | Remove-AlmaFinesHolder $fines -ErrorVariable problem -ErrorAction SilentlyContinue |
                Should -BeNullOrEmpty

            $problem[0].FullyQualifiedErrorId | Should -Be "ParameterArgumentTransformationError,$command"
            "$($problem[0])" | Should -BeLike $Text
        }

        It 'refuses several runs in one pipeline' {
            $one = Import-Four
            $other = Import-Four
            $record = { $one + $other | Remove-AlmaFinesHolder $fines } | Should -Throw -PassThru

            $record.FullyQualifiedErrorId | Should -Be "SeveralRuns,$command"
            $record.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $record.TargetObject | Should -Be $other[0].RunId
            Get-AlmaPurgeExclusion $other[0].RunId | Should -BeNullOrEmpty
        }
    }
}
