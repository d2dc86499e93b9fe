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

    It 'keeps of the input what is read of it, unless told -NoArchive' {
        Set-Content "$TestDrive/archived.csv" 'Primary Identifier,Full Name,User Group Code,Expiry Date', '0001,Doe Ann,UNDRGRD,2020-05-01'
        $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01
        $without = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -NoArchive

        $null = Import-AlmaPurgeCandidate "$TestDrive/archived.csv" -Run $run
        $null = Import-AlmaPurgeCandidate "$TestDrive/archived.csv" -Run $without

        Get-Content "$($run.Path)/inputs/Import-1.csv" | Should -Be @(
            'Row,Primary Identifier,User Group Code,Expiry Date'
            '2,0001,UNDRGRD,2020-05-01'
        )
        "$($without.Path)/inputs" | Should -Not -Exist
        $kept = (Get-Content -Raw "$($without.Path)/run.json" | ConvertFrom-Json).Inputs
        $kept.Sha256 | Should -Be (Get-FileHash "$TestDrive/archived.csv").Hash
    }

    It 'notes until when it is to be kept' {
        $run = New-AlmaPurgeRun UNDRGRD -RetainUntil 2031-01-31

        (Get-Content -Raw "$($run.Path)/run.json" | ConvertFrom-Json -DateKind String).RetainUntil | Should -Be '2031-01-31'
        (Get-AlmaPurgeRun $run.RunId).RetainUntil | Should -Be ([datetime] '2031-01-31')
        $run.RetainUntil | Should -Be ([datetime] '2031-01-31')
        (New-AlmaPurgeRun UNDRGRD).RetainUntil | Should -BeNullOrEmpty
        { New-AlmaPurgeRun UNDRGRD -RetainUntil 01/02/2031 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'keeps tokens in place of identifiers with -Pseudonymize' {
        Set-Content "$TestDrive/people.csv" 'Primary Identifier,User Group Code,Expiry Date', 'zq-0001,UNDRGRD,2020-05-01', 'zq-0002,zq-0003,2020-05-01'
        $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -KeepPrimaryId zq-0009 -Pseudonymize
        $run.PseudonymPath | Should -Be ([System.IO.Path]::Combine($run.Path, 'pseudonyms.csv'))
        $candidates = @(Import-AlmaPurgeCandidate "$TestDrive/people.csv" -Run $run)

        $candidates.PrimaryId | Should -Be 'zq-0001'
        (Get-AlmaPurgeExclusion $run).PrimaryId | Should -Be 'zq-0002'
        (Get-AlmaPurgeExclusion $run).Evidence | Should -Not -Match 'zq-'
        $files = Get-ChildItem -Recurse -File $run.Path
        ($files | Where-Object Name -NE pseudonyms.csv | Get-Content -Raw) -join '' | Should -Not -Match 'zq-'
        $map = Import-Csv $run.PseudonymPath
        ($map | Where-Object Token -EQ (Import-Csv "$($run.Path)/candidates.csv").PrimaryId).PrimaryId | Should -Be 'zq-0001'
        "$($run.Path)/inputs" | Should -Not -Exist
        (New-AlmaPurgeRun UNDRGRD).PseudonymPath | Should -BeNullOrEmpty
    }

    It 'writes no map for a preview' {
        $run = New-AlmaPurgeRun UNDRGRD -KeepPrimaryId zq-0009 -Pseudonymize -WhatIf

        $run.PseudonymPath | Should -BeNullOrEmpty
        $run.IsPreview | Should -BeTrue
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
            -IgnoreRule Proxy, blocked -AllowRole Instructor -IgnoreBlockType general -DeleteUserPolicy KeepStatistics `
            -Path "$TestDrive/elsewhere"

        $run.Path | Should -Be ([System.IO.Path]::Combine("$TestDrive/elsewhere", $run.RunId))
        $criteria = Get-Criteria $run
        $criteria.ExpiredBefore | Should -BeLike '2024-06-30*'
        $criteria.InactiveSince | Should -BeLike '2023-01-01*'
        $criteria.FeeTolerance | Should -Be 0.75
        $criteria.FeeCheck | Should -Be 'Balance'
        $criteria.IgnoredRules | Sort-Object | Should -Be 'Blocked', 'Proxy'
        $criteria.AllowedRoles | Should -Be 'Instructor'
        $criteria.IgnoredBlockTypes | Should -Be 'GENERAL'
        $criteria.DeleteUserPolicy | Should -Be 'KeepStatistics'
    }

    It 'looks for activity since the cutoff unless told otherwise, and has a full fee check' {
        $criteria = Get-Criteria (New-AlmaPurgeRun GRAD -ExpiredBefore 2024-06-30)

        $criteria.InactiveSince | Should -BeLike '2024-06-30*'
        $criteria.FeeCheck | Should -Be 'Full'
        $criteria.FeeTolerance | Should -Be 0
        $criteria.DeleteUserPolicy | Should -BeNullOrEmpty
    }

    It 'records no release that was not given' {
        $criteria = Get-Criteria (New-AlmaPurgeRun GRAD)

        @($criteria.IgnoredRules) + $criteria.AllowedRoles + $criteria.IgnoredBlockTypes | Should -BeNullOrEmpty
        $criteria.KeepList.Count | Should -Be 0
    }

    It 'takes a role by name or code: <_>' -ForEach 'Instructor', 'instructor', '52' {
        (Get-Criteria (New-AlmaPurgeRun GRAD -AllowRole $_)).AllowedRoles | Should -Be ($_ -eq '52' ? '52' : 'Instructor')
    }

    Context 'keep lists' {
        BeforeAll {
            $null = New-Item -ItemType Directory -Force "$TestDrive/lists"
            Set-Content "$TestDrive/lists/one.txt" "# never`n00266740`n00266754"
            Set-Content "$TestDrive/lists/two.csv" "Why,Primary Identifier`nx,00266635`ny,nobody1"
            Set-Content "$TestDrive/lists/damaged.txt" "00266740`n1.02E+07"
            Set-Content "$TestDrive/lists/empty.csv" "# nobody"
        }

        It 'keeps whoever is on them, by file and by id, in any case' {
            $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -KeepListPath "$TestDrive/lists/one.txt", "$TestDrive/lists/two.csv" `
                -KeepPrimaryId '00266607', ' 00266628 '
            $left = Import-AlmaPurgeCandidate "$Exports/undergraduates.csv" -Run $run -WarningVariable warned -WarningAction SilentlyContinue

            $left.Count | Should -Be 55
            $kept = Get-AlmaPurgeExclusion $run -Rule KeepList | Sort-Object PrimaryId
            $kept.PrimaryId | Should -Be '00266607', '00266628', '00266635', '00266740', '00266754'
            $kept.Evidence | Select-Object -Unique | Should -Be @(
                'is on the keep list (-KeepPrimaryId)', 'is on the keep list (two.csv)', 'is on the keep list (one.txt)')
            "$warned" | Should -Be '1 of 6 identifiers on the keep list match nobody who was imported: nobody1.'
        }

        It 'records sources and count in the run, the identifiers in a file of their own' {
            $run = New-AlmaPurgeRun UNDRGRD -KeepListPath "$TestDrive/lists/one.txt" -KeepPrimaryId A1
            $list = (Get-Criteria $run).KeepList

            $list.Count | Should -Be 3
            $list.Sources.Name | Should -Be 'one.txt', '-KeepPrimaryId'
            $list.Sources.Count | Should -Be 2
            $list.Sources[0].Sha256 | Should -Be (Get-FileHash "$TestDrive/lists/one.txt").Hash.ToLowerInvariant()
            Get-Content "$($run.Path)/run.json" -Raw | Should -Not -Match '00266740'
            (Import-Csv "$($run.Path)/keeplist.csv").PrimaryId | Should -Be '00266740', '00266754', 'A1'
        }

        It 'takes wildcards, files and relative paths' {
            Push-Location "$TestDrive/lists"
            try {
                (Get-Criteria (New-AlmaPurgeRun GRAD -KeepListPath o*.txt)).KeepList.Count | Should -Be 2
                (Get-Criteria (New-AlmaPurgeRun GRAD -KeepListPath (Get-Item two.csv))).KeepList.Count | Should -Be 2
            } finally {
                Pop-Location
            }
        }

        It 'refuses <What> and makes no run' -ForEach @(
            @{ What = 'a list that is not there'; With = @{ KeepListPath = 'none.txt' }; Id = 'PathNotFound'; Text = '*none.txt*' }
            @{ What = 'one of two that is not there'; With = @{ KeepListPath = 'one.txt', 'none*.txt' }; Id = 'PathNotFound'; Text = '*none*' }
            @{ What = 'a damaged identifier'; With = @{ KeepListPath = 'damaged.txt' }; Id = 'TableDamagedIds'; Text = '*row 2*' }
            @{ What = 'an empty list'; With = @{ KeepListPath = 'empty.csv' }; Id = 'TableEmpty'; Text = '*protect nobody*' }
            @{ What = 'a damaged single identifier'; With = @{ KeepPrimaryId = '1.02E+07' }; Id = 'KeepIdDamaged'; Text = '*1.02E+07*in quotes*' }
        ) {
            $before = (Get-TestRunFolder).Count
            Push-Location "$TestDrive/lists"
            try {
                $record = { New-AlmaPurgeRun GRAD @With } | Should -Throw -PassThru
            } finally {
                Pop-Location
            }

            $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
            "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" | Should -BeLike $Text
            (Get-TestRunFolder).Count | Should -Be $before
        }

        It 'previews with them' {
            $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -KeepListPath "$Exports/keep.txt" -WhatIf

            (Import-AlmaPurgeCandidate "$Exports/undergraduates.csv" -Run $run).Count | Should -Be 58
        }
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
        @{ What = 'an unknown role'; With = @{ UserGroup = 'GRAD'; AllowRole = 'Instructor', 'Tutor' }; Id = 'RoleUnknown'; Category = 'ObjectNotFound'; Target = 'Tutor'; Text = "*'Tutor'*200 (Patron), 52 (Instructor)*" }
        @{ What = 'an unknown block type'; With = @{ UserGroup = 'GRAD'; IgnoreBlockType = 'X' }; Id = 'BlockTypeUnknown'; Category = 'ObjectNotFound'; Target = 'X'; Text = "*'X'*GENERAL (General)*" }
        @{ What = 'to release the keep list'; With = @{ UserGroup = 'GRAD'; IgnoreRule = 'KeepList' }; Id = 'RuleNotIgnorable'; Category = 'InvalidArgument'; Target = 'KeepList'; Text = '*KeepList*' }
        @{ What = 'to release a veto'; With = @{ UserGroup = 'GRAD'; IgnoreRule = 'Vetoed' }; Id = 'RuleNotIgnorable'; Category = 'InvalidArgument'; Target = 'Vetoed'; Text = '*Vetoed*' }
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
        @{ Name = 'KeepListPath'; Value = '' }
        @{ Name = 'KeepListPath'; Value = 7 }
        @{ Name = 'KeepPrimaryId'; Value = '' }
        @{ Name = 'KeepPrimaryId'; Value = 266740 }
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

    It 'completes roles and block types of the institution' {
        Get-Completion 'New-AlmaPurgeRun GRAD -AllowRole ' | Should -Be 'Instructor', "'Circulation Desk Operator'", "'User Manager'",
            "'Circulation Desk Manager'", 'Cataloger'
        Get-Completion 'New-AlmaPurgeRun GRAD -AllowRole ci' | Should -Be "'Circulation Desk Operator'", "'Circulation Desk Manager'"
        Get-Completion 'New-AlmaPurgeRun GRAD -IgnoreBlockType g' | Should -Be 'GENERAL'
    }

    It 'completes groups by code, and rules that can be released' {
        Get-Completion 'New-AlmaPurgeRun p' | Should -Be 'PURGEUG', 'PURGEGR'
        Get-Completion 'New-AlmaPurgeRun GRAD -IgnoreRule ' |
            Should -Be 'RecentlyActive', 'InternalAccount', 'LinkedCopy', 'Blocked', 'Proxy'
        Get-Completion 'New-AlmaPurgeRun GRAD -FeeCheck ' | Should -Be 'Balance', 'Full'
    }
}
