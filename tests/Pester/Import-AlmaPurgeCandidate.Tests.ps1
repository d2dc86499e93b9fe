Describe 'Import-AlmaPurgeCandidate' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/simulator.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        $null = Connect-Alma -Simulator -SimulatorUserCount 10
        $list = "$Exports/two-groups.csv"
        function New-File([string] $Name, [string[]] $Line) {
            Set-Content -LiteralPath "$TestDrive/$Name" -Value $Line
            "$TestDrive/$Name"
        }
    }

    AfterAll {
        Disconnect-Alma
        $env:ALMAPURGE_RUNS = $null
    }

    Context 'What it takes' {
        BeforeAll {
            $null = New-Item -ItemType Directory -Path "$TestDrive/in"
            Copy-Item $list "$TestDrive/in/a.csv"
            (Get-Content $list).Replace('00266', '11266') | Set-Content -LiteralPath "$TestDrive/in/b [old].csv"
        }

        It 'takes <_>' -ForEach @(
            'Import-AlmaPurgeCandidate ./in/a.csv, ./in/b*.csv -UserGroup GRAD'
            'Import-AlmaPurgeCandidate -Path ./in/*.csv -UserGroup GRAD'
            'Import-AlmaPurgeCandidate -LiteralPath ./in/a.csv, "./in/b [old].csv" -UserGroup GRAD'
            'Get-ChildItem ./in/*.csv | Import-AlmaPurgeCandidate -UserGroup GRAD'
            'Import-AlmaPurgeCandidate (Get-ChildItem ./in/a.csv), ./in/b*.csv -UserGroup GRAD'
            '"./in/a.csv", "./in/b*.csv" | Import-AlmaPurgeCandidate -UserGroup GRAD'
        ) {
            Push-Location $TestDrive
            try {
                $candidates = @(& ([scriptblock]::Create($_)))
            } finally {
                Pop-Location
            }

            $candidates.Count | Should -Be 20
            # One import, one run.
            @($candidates.RunId | Select-Object -Unique).Count | Should -Be 1
            (Get-AlmaPurgeRun $candidates[0].RunId).PatronCount | Should -Be 40
        }

        It 'takes ids as text, each once' {
            $candidates = Import-AlmaPurgeCandidate -PrimaryId '00123', ' 00456 ', '00123' -UserGroup UNDRGRD

            $candidates.PrimaryId | Should -Be '00123', '00456'
            $candidates[0].ExpiryDate | Should -BeNullOrEmpty
        }

        It 'gives dates at midnight of no time zone' {
            $candidate = Import-AlmaPurgeCandidate $list -UserGroup GRAD | Where-Object PrimaryId -EQ '00266670'

            $candidate | Should -BeOfType ([AlmaPurge.AlmaPurgeCandidate])
            $candidate.ExpiryDate | Should -Be ([datetime]::new(2014, 11, 27))
            $candidate.ExpiryDate.Kind | Should -Be 'Unspecified'
            $candidate.LastActivityDate | Should -Be ([datetime]::new(2014, 10, 18))
            $candidate.PurgeDate | Should -Be ([datetime]::new(2015, 11, 27))
            $candidate.CheckedAt | Should -BeNullOrEmpty
            $candidate.IsPreview | Should -BeFalse
        }

        It 'reads a column that -ColumnMap names, and dates by -DateFormat' {
            $file = New-File odd.csv 'Card,Until', '00042,03.04.2015', '00043,05.04.2015'

            $candidates = Import-AlmaPurgeCandidate $file -UserGroup UNDRGRD -DateFormat dd.MM.yyyy `
                -ColumnMap @{ PrimaryId = 'Card'; ExpiryDate = 'Until' }

            $candidates.PrimaryId | Should -Be '00042', '00043'
            $candidates[0].ExpiryDate | Should -Be ([datetime]::new(2015, 4, 3))
        }

        It 'cuts off a year ago unless told otherwise' {
            $day = [datetime]::Today.AddYears(-1)
            $file = New-File cutoff.csv 'Primary Identifier,Expiry Date',
                "before,$($day.AddDays(-1).ToString('yyyy-MM-dd'))", "on,$($day.ToString('yyyy-MM-dd'))"

            (Import-AlmaPurgeCandidate $file -UserGroup UNDRGRD).PrimaryId | Should -Be 'before'
            $later = Import-AlmaPurgeCandidate $file -UserGroup UNDRGRD -ExpiredBefore $day.AddDays(1)
            $later.PrimaryId | Should -Be 'before', 'on'
        }
    }

    Context 'The run' {
        It 'is made under -RunPath' {
            $candidate = Import-AlmaPurgeCandidate $list -UserGroup GRAD -RunPath "$TestDrive/elsewhere" |
                Select-Object -First 1

            "$TestDrive/elsewhere/$($candidate.RunId)/candidates.csv" | Should -Exist
            "$env:ALMAPURGE_RUNS/$($candidate.RunId)" | Should -Not -Exist
        }

        It 'holds everybody, also if nobody takes the rest of the output' {
            $first = Import-AlmaPurgeCandidate $list -UserGroup GRAD | Select-Object -First 1
            $run = Get-AlmaPurgeRun $first.RunId

            $run.PatronCount | Should -Be 20
            $run.State | Should -Be 'Imported'
            @(Import-Csv "$($run.Path)/candidates.csv").Count | Should -Be 10
            @(Import-Csv "$($run.Path)/exclusions.csv").Count | Should -Be 10
        }

        It 'belongs to the institution that the session is connected to' {
            $run = Import-AlmaPurgeCandidate $list -UserGroup 'graduate students' | Select-Object -First 1 |
                ForEach-Object { Get-AlmaPurgeRun $_.RunId }

            $run.UserGroup | Should -Be 'GRAD'
            $run.Institution | Should -Be (Get-AlmaConnection).Institution
            $run.EnvironmentType | Should -Be 'Simulated'
        }

        It 'may be given by <By>, with its criteria' -ForEach @(
            @{ By = 'object'; Get = { $args[0] } }
            @{ By = 'id'; Get = { $args[0].RunId } }
            @{ By = 'folder'; Get = { Get-Item $args[0].Path } }
        ) {
            $run = New-AlmaPurgeRun GRAD -ExpiredBefore 2017-01-01

            $candidates = @(Import-AlmaPurgeCandidate $list -Run (& $Get $run))

            $candidates.RunId | Sort-Object -Unique | Should -Be $run.RunId
            ($candidates.ExpiryDate | Measure-Object -Maximum).Maximum | Should -BeLessThan ([datetime]'2017-01-01')
            (Get-AlmaPurgeRun $run.RunId | Get-RuleCount) | Should -BeLike 'NotExpired=* OtherUserGroup=10'
        }

        It 'is of the institution of the -Connection given' {
            $own = Get-AlmaConnection
            $before = (Get-TestSimulator $own).Requests.Count
            $run = Invoke-InRunspace -Variable @{ own = $own; list = $list } -Line @'
                Import-AlmaPurgeCandidate $list -UserGroup 'Graduate Students' -Connection $own | Select-Object -First 1
'@
            $run.ErrorId | Should -BeNullOrEmpty
            (Get-TestSimulator $own).Requests.Count | Should -BeGreaterThan $before
            (Get-AlmaPurgeRun $run.Output[0].RunId).Institution | Should -Be $own.Institution
        }
    }

    Context 'Preview and prompt' {
        It 'previews with real counts and writes nothing' {
            $before = (Get-TestRunFolder).Count
            $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
            $run = Invoke-InRunspace "Import-AlmaPurgeCandidate '$list' -UserGroup GRAD -WhatIf" -HostObject $screen

            $run.Errors | Should -BeNullOrEmpty
            $run.Output.Count | Should -Be 10
            $run.Output.IsPreview | Should -Not -Contain $false
            $id = $run.Output[0].RunId
            @($screen.Shown).Count | Should -Be 1
            @($screen.Shown)[0] | Should -BeLike `
                "What if: Import 20 patrons for a purge of GRAD, expired before *: 10 candidates, 10 stay (Get-AlmaPurgeExclusion $id)."
            @(Get-AlmaPurgeExclusion $id).Count | Should -Be 10
            (Get-TestRunFolder).Count | Should -Be $before
            Get-WriteRequest | Should -BeNullOrEmpty
        }

        It 'previews an import into a run and leaves the run as it is' {
            $run = New-AlmaPurgeRun GRAD
            $candidates = @(Import-AlmaPurgeCandidate $list -Run $run -WhatIf)

            $candidates.Count | Should -Be 10
            $candidates[0].RunId | Should -BeLike "preview-$($run.RunId)*"
            (Get-AlmaPurgeRun $run.RunId).PatronCount | Should -Be 0
            @(Import-AlmaPurgeCandidate $list -Run $run).Count | Should -Be 10
        }

        It 'asks with -Confirm and goes by the answer: <Choice>' -ForEach @(
            @{ Choice = 0; Count = 10 }
            @{ Choice = 2; Count = 0 }
        ) {
            $before = (Get-TestRunFolder).Count
            $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new($Choice)
            $run = Invoke-InRunspace "Import-AlmaPurgeCandidate '$list' -UserGroup GRAD -Confirm" -HostObject $screen

            $run.Output.Count | Should -Be $Count
            "$($screen.Shown)" | Should -BeLike "choice: *Import 20 rows for a purge of GRAD, *$env:ALMAPURGE_RUNS*Go on?"
            (Get-TestRunFolder).Count - $before | Should -Be ([int]($Count -gt 0))
        }

        It 'tells the counts and the folder when asked to be verbose' {
            $told = Import-AlmaPurgeCandidate $list -UserGroup GRAD -Verbose 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }

            "$told" | Should -BeLike "*10 candidates, 10 stay*Run folder: $env:ALMAPURGE_RUNS/GRAD-*"
        }
    }

    Context 'The screen' {
        It 'shows one line per candidate' {
            Import-AlmaPurgeCandidate $list -UserGroup GRAD | Get-TableHeading |
                Should -Be 'PrimaryId', 'Expires', 'Active', 'Purge date', 'Checked', 'RunId'
        }

        It 'completes user groups, and runs whatever file is imported' {
            $run = New-AlmaPurgeRun ALUMNI

            Get-Completion 'Import-AlmaPurgeCandidate x.csv -UserGroup un' | Should -Be 'UNDRGRD'
            Get-Completion 'Import-AlmaPurgeCandidate -Path x.csv -Run ALUMNI-' | Should -Be $run.RunId
        }

        It 'has one way of calling it for each kind of source' {
            $sets = (Get-Command Import-AlmaPurgeCandidate).ParameterSets

            $sets.Name | Should -Be 'Path', 'LiteralPath', 'ReportPath', 'SetName', 'SetId', 'PrimaryId'
            ($sets | Where-Object Name -EQ PrimaryId).Parameters.Name | Should -Not -Contain 'ColumnMap'
        }
    }
}
