# Each file of tests/AlmaPurge.Core.Tests/exports gives what the README there says, through the cmdlets.
Describe 'Sample exports' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        Use-TestRunFolder
        $null = Disconnect-Alma
    }

    AfterAll {
        $env:ALMAPURGE_RUNS = $null
    }

    It '<File> <With> gives <Count> candidates' -ForEach @(
        @{
            File = 'undergraduates.csv'; Count = 60; With = @{ UserGroup = 'UNDRGRD'; ExpiredBefore = '2025-01-01' }
            Rules = 'AlreadyDeleted=1 Blocked=1 ConflictingRows=1 ExpiryMissing=1 LinkedCopy=1 MissingPrimaryId=1 ' +
                'NotExpired=1 OtherRole=1 RecentlyActive=1 StaffRecord=1'
        }
        @{ File = 'undergraduates-us-dates.csv'; Count = 40; With = @{}; Rules = '' }
        @{ File = 'undergraduates-ambiguous-dates.csv'; Count = 20; With = @{ DateFormat = 'dd/MM/yyyy' }; Rules = '' }
        @{ File = 'undergraduates-utf16.txt'; Count = 25; With = @{}; Rules = '' }
        @{ File = 'undergraduates.xlsx'; Count = 50; With = @{}; Rules = '' }
        @{ File = 'two-groups.csv'; Count = 10; With = @{ UserGroup = 'GRAD' }; Rules = 'OtherUserGroup=10' }
        @{ File = 'two-groups.csv'; Count = 10; With = @{ UserGroup = 'Graduate Students' }; Rules = 'OtherUserGroup=10' }
        @{ File = 'total-row.csv'; Count = 10; With = @{}; Rules = 'DamagedPrimaryId=1' }
        @{ File = 'usernames.txt'; Count = 12; With = @{ UserGroup = 'UNDRGRD' }; Rules = '' }
    ) {
        $candidates = @(Import-AlmaPurgeCandidate "$Exports/$File" @With)

        $candidates.Count | Should -Be $Count
        ($candidates.PrimaryId | Sort-Object -Unique).Count | Should -Be $Count
        $run = Get-AlmaPurgeRun $candidates[0].RunId
        "$($run | Get-RuleCount)" | Should -Be $Rules
        $run.RemainingCount | Should -Be $Count
        $run.ExcludedCount | Should -Be @($run | Get-AlmaPurgeExclusion).Count
    }

    It '<File> is refused as <Id>' -ForEach @(
        @{
            File = 'undergraduates-ambiguous-dates.csv'; With = @{}
            Id = 'TableAmbiguousDates'; Category = 'InvalidData'; IsAboutFile = $true
            Text = "*column 'Expiry Date'*'06/02/2015' in row 3*-DateFormat*dd/MM/yyyy*MM/dd/yyyy*"
        }
        @{
            File = 'excel-damaged-ids.xlsx'; With = @{}
            Id = 'TableDamagedIds'; Category = 'InvalidData'; IsAboutFile = $true
            Text = "*column 'Primary Identifier'*leading zeros are gone*rows 2, 3, 4*Export the report again*"
        }
        @{
            File = 'two-groups.csv'; With = @{}
            Id = 'SeveralUserGroups'; Category = 'InvalidArgument'; IsAboutFile = $false
            Text = '*UNDRGRD (Undergraduate Students), GRAD (Graduate Students)*-UserGroup*'
        }
        @{
            File = 'usernames.txt'; With = @{}
            Id = 'UserGroupNeeded'; Category = 'InvalidArgument'; IsAboutFile = $false
            Text = '*usernames.txt*-UserGroup*'
        }
    ) {
        $before = (Get-TestRunFolder).Count

        $record = { Import-AlmaPurgeCandidate "$Exports/$File" @With } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,AlmaPurge.Commands.ImportAlmaPurgeCandidateCommand"
        $record.CategoryInfo.Category | Should -Be $Category
        if ($IsAboutFile) {
            $record.TargetObject | Should -Be ([System.IO.Path]::GetFullPath("$Exports/$File"))
        }
        $said = "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)"
        $said | Should -BeLike $Text
        # A file that cannot be used leaves nothing behind.
        (Get-TestRunFolder).Count | Should -Be $before
    }

    Context 'undergraduates.csv in detail' {
        BeforeAll {
            $candidates = @(Import-AlmaPurgeCandidate "$Exports/undergraduates.csv" -UserGroup UNDRGRD -ExpiredBefore 2025-01-01)
            $kept = @(Get-AlmaPurgeExclusion $candidates[0].RunId)
        }

        It 'names all rules that keep the member of staff' {
            ($kept | Where-Object Rule -EQ StaffRecord).Rules | Should -Be 'StaffRecord', 'OtherRole'
        }

        It 'keeps one patron whose two rows disagree, once, and says which rows' {
            $conflict = @($kept | Where-Object Rule -EQ ConflictingRows)

            $conflict.Count | Should -Be 1
            $conflict.Evidence | Should -BeLike "*rows 73 and 74 of undergraduates.csv*'Expiry Date'*"
            @($candidates | Where-Object PrimaryId -EQ $conflict.PrimaryId) | Should -BeNullOrEmpty
        }

        It 'collapses two rows into earlier ones: 73 rows are 70 patrons' {
            $run = Get-AlmaPurgeRun $candidates[0].RunId
            $document = Get-Content -Raw "$($run.Path)/run.json" | ConvertFrom-Json

            $run.PatronCount | Should -Be 70
            $document.Inputs[0].Rows | Should -Be 73
            $document.Inputs[0].Name | Should -Be 'undergraduates.csv'
        }

        It 'knows no last activity of a third of them' {
            $unknown = @($candidates | Where-Object { -not $_.LastActivityDate })

            $unknown.Count | Should -BeGreaterThan 15
            $unknown.Count | Should -BeLessThan 25
        }
    }

    Context 'fines.csv' {
        BeforeAll {
            function Import-Undergraduate {
                Import-AlmaPurgeCandidate "$Exports/undergraduates.csv" @args
            }
        }

        It 'takes off seven' {
            $join = $null
            $left = @(Import-Undergraduate -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 |
                    Remove-AlmaFinesHolder -Path "$Exports/fines.csv" -Verbose 4>&1 |
                    ForEach-Object { if ($_ -is [System.Management.Automation.VerboseRecord]) { $join = $_ } else { $_ } })

            $left.Count | Should -Be 53
            "$join" | Should -Be 'Fines: 12 rows, 11 patrons (1 duplicate), 10 matched, 1 unmatched; 7 owe.'
            $owing = Get-AlmaPurgeExclusion $left[0].RunId -Rule OwesFees
            $owing.Step | Sort-Object -Unique | Should -Be 'Subtract'
            $owing.PrimaryId | Sort-Object | Should -Be @(
                '00266607' # 12.50
                '00266663' # exported
                '00266677' # in dispute, 5.00
                '00266691' # 0.75
                '00266719' # 10.00, beside a credit
                '00266733' # 95.00, with a space behind the id
                '00266747' # exported, nothing left to pay
            )
            # 0.00, closed, a credit alone
            '00266628', '00266649', '00266705' | Should -BeIn $left.PrimaryId
        }

        It 'lets 0.75 pass in a run with -FeeTolerance 1' {
            $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -FeeTolerance 1
            $left = @(Import-Undergraduate -Run $run | Remove-AlmaFinesHolder -Path "$Exports/fines.csv")

            $left.Count | Should -Be 54
            $left.PrimaryId | Should -Contain '00266691'
        }
    }

    Context 'fines-empty.csv' {
        It 'is refused, since a wrong filter is likelier than that nobody owes' {
            $record = {
                Import-AlmaPurgeCandidate "$Exports/undergraduates.xlsx" |
                    Remove-AlmaFinesHolder -Path "$Exports/fines-empty.csv"
            } | Should -Throw -PassThru

            $record.FullyQualifiedErrorId | Should -Be 'TableEmpty,AlmaPurge.Commands.RemoveAlmaFinesHolderCommand'
            $record.TargetObject | Should -Be ([System.IO.Path]::GetFullPath("$Exports/fines-empty.csv"))
            "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" |
                Should -BeLike '*fines-empty.csv*no rows*-AllowEmpty*'
        }

        It 'is accepted with -AllowEmpty' {
            $left = Import-AlmaPurgeCandidate "$Exports/undergraduates.xlsx" |
                Remove-AlmaFinesHolder -Path "$Exports/fines-empty.csv" -AllowEmpty

            $left.Count | Should -Be 50
        }
    }

    It 'keep.txt keeps the two patrons that it names' {
        $run = New-AlmaPurgeRun UNDRGRD -ExpiredBefore 2025-01-01 -KeepListPath "$Exports/keep.txt"
        $candidates = @(Import-AlmaPurgeCandidate "$Exports/undergraduates.csv" -Run $run -WarningVariable warned)

        $candidates.Count | Should -Be 58
        (Get-AlmaPurgeExclusion $run -Rule KeepList).PrimaryId | Sort-Object | Should -Be '00266740', '00266754'
        $warned | Should -BeNullOrEmpty
    }

    It 'covers every file' {
        $text = Get-Content -Raw -LiteralPath $PSCommandPath
        $missing = Get-ChildItem -LiteralPath $Exports -File | ForEach-Object Name |
            Where-Object { $_ -ne 'README.md' -and -not $text.Contains($_) }

        $missing | Should -BeNullOrEmpty
    }
}
