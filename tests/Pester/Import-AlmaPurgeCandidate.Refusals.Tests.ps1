Describe 'Import-AlmaPurgeCandidate refuses' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        Use-TestRunFolder
        $null = Disconnect-Alma
        $list = "$Exports/two-groups.csv"
        $command = 'AlmaPurge.Commands.ImportAlmaPurgeCandidateCommand'
        Set-Content -LiteralPath "$TestDrive/empty.csv" -Value '' -NoNewline
        Set-Content -LiteralPath "$TestDrive/header.csv" -Value 'Primary Identifier,Expiry Date'
        Set-Content -LiteralPath "$TestDrive/no-id.csv" -Value 'Name,Expiry Date', 'Ann,2015-01-31'
        Set-Content -LiteralPath "$TestDrive/page.xls" -Value '<html><table><tr><td>USERNAME</td></tr></table></html>'
        Set-Content -LiteralPath "$TestDrive/broken.xlsx" -Value "PK`u{3}`u{4} and no more"
        New-LockedWorkbook "$TestDrive/locked.xlsx"
    }

    AfterAll {
        $env:ALMAPURGE_RUNS = $null
    }

    It '<Name> as <Id>' -ForEach @(
        @{ Name = 'nosuch.csv'; Id = 'PathNotFound'; Category = 'ObjectNotFound'; Text = "*'*nosuch.csv'*" }
        @{ Name = 'nosuch*.csv'; Id = 'PathNotFound'; Category = 'ObjectNotFound'; Text = "*'*nosuch[*].csv'*" }
        @{ Name = ''; Id = 'TableUnreadable'; Category = 'ReadError'; Text = '*is a folder*' }
        @{ Name = 'empty.csv'; Id = 'TableEmpty'; Category = 'InvalidData'; Text = '*empty.csv*empty*Export it again*' }
        @{ Name = 'header.csv'; Id = 'TableEmpty'; Category = 'InvalidData'; Text = '*header.csv*no rows*filter*' }
        @{ Name = 'no-id.csv'; Id = 'TableNoIdColumn'; Category = 'InvalidData'; Text = "*no-id.csv*'Name'*-ColumnMap*" }
        @{ Name = 'page.xls'; Id = 'TableUnreadable'; Category = 'ReadError'; Text = '*page.xls*web page*.xlsx*' }
        @{ Name = 'broken.xlsx'; Id = 'TableUnreadable'; Category = 'ReadError'; Text = '*broken.xlsx*' }
        @{
            Name = 'locked.xlsx'; Id = 'TablePasswordProtected'; Category = 'PermissionDenied'
            Text = '*locked.xlsx*password*remove the password*'
        }
    ) {
        $record = { Import-AlmaPurgeCandidate "$TestDrive/$Name" -UserGroup UNDRGRD } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
        $record.CategoryInfo.Category | Should -Be $Category
        "$($record.TargetObject)".TrimEnd('/') | Should -Be "$TestDrive/$Name".TrimEnd('/')
        "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" | Should -BeLike $Text
        Get-TestRunFolder | Should -BeNullOrEmpty
    }

    It 'a file that this account may not read' -Skip:($IsWindows -or (id -u) -eq '0') {
        Copy-Item $list "$TestDrive/secret.csv"
        chmod 000 "$TestDrive/secret.csv"

        { Import-AlmaPurgeCandidate "$TestDrive/secret.csv" -UserGroup GRAD } |
            Should -Throw '*secret.csv*cannot be opened*' -ErrorId "TableUnreadable,$command"
    }

    It 'a path that names nothing beside one that does: <_>' -ForEach @(
        'Import-AlmaPurgeCandidate $list, $TestDrive/nosuch*.csv -UserGroup GRAD'
        'Import-AlmaPurgeCandidate -LiteralPath $list, $TestDrive/nosuch.csv -UserGroup GRAD'
        '$list, "$TestDrive/nosuch*.csv" | Import-AlmaPurgeCandidate -UserGroup GRAD'
        'Import-AlmaPurgeCandidate $list, nodrive:\x.csv -UserGroup GRAD'
        'Import-AlmaPurgeCandidate $list, Env:\HOME -UserGroup GRAD'
    ) {
        { & ([scriptblock]::Create($_)) } | Should -Throw '*There is no file*' -ErrorId "PathNotFound,$command"
        Get-TestRunFolder | Should -BeNullOrEmpty
    }

    It 'one bad file among good ones, before anything has left' {
        { Import-AlmaPurgeCandidate $list, "$TestDrive/no-id.csv" -UserGroup GRAD } |
            Should -Throw -ErrorId "TableNoIdColumn,$command"
        Get-TestRunFolder | Should -BeNullOrEmpty
    }

    It 'a user group that <What>' -ForEach @(
        @{ What = 'nobody in the files is in'; Group = 'STAFF'; Text = '*STAFF*UNDRGRD (Undergraduate Students), GRAD*' }
        @{ What = 'does not exist'; Group = 'nix'; Text = "*'nix'*" }
    ) {
        $record = { Import-AlmaPurgeCandidate $list -UserGroup $Group } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "UserGroupNotInFiles,$command"
        $record.TargetObject | Should -Be $Group
        $record.Exception.Message | Should -BeLike $Text
    }

    It 'a user group that the institution does not have' {
        $null = Connect-Alma -Simulator -SimulatorUserCount 10
        try {
            $record = { Import-AlmaPurgeCandidate $list -UserGroup nix } | Should -Throw -PassThru
        } finally {
            Disconnect-Alma
        }

        $record.FullyQualifiedErrorId | Should -Be "UserGroupNotFound,$command"
        $record.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" | Should -BeLike "*'nix'*UNDRGRD*"
        Get-TestRunFolder | Should -BeNullOrEmpty
    }

    It 'ids without a user group' {
        { Import-AlmaPurgeCandidate -PrimaryId '00123' } | Should -Throw '*-UserGroup*' -ErrorId "UserGroupNeeded,$command"
    }

    It 'an id that is a number, and asks for quotes: <_>' -ForEach @(
        'Import-AlmaPurgeCandidate -PrimaryId 00123 -UserGroup UNDRGRD'
        'Import-AlmaPurgeCandidate -PrimaryId "00123", 456 -UserGroup UNDRGRD'
        'Import-AlmaPurgeCandidate -PrimaryId 1e5 -UserGroup UNDRGRD'
    ) {
        { & ([scriptblock]::Create($_)) } |
            Should -Throw "*'PrimaryId'*leading zeros*in quotes*" -ErrorId "ParameterArgumentTransformationError,$command"
    }

    It '<What> down the pipeline' -ForEach @(
        @{ What = 'a number'; Piped = { 123 }; Text = '*123 is a number*no file*in quotes*-PrimaryId*' }
        @{ What = 'a date'; Piped = { [datetime]::Today }; Text = '*is a number or the like*' }
        @{ What = 'a foreign object'; Piped = { [pscustomobject]@{ PrimaryId = '00123' } }; Text = '*no file*Get-ChildItem*' }
        @{ What = 'an exclusion'; Piped = { $exclusion }; Text = '*AlmaPurgeExclusion*' }
        @{ What = 'a candidate'; Piped = { $candidate }; Text = '*AlmaPurgeCandidate*' }
    ) {
        $candidate = Import-AlmaPurgeCandidate $list -UserGroup GRAD -RunPath "$TestDrive/other" | Select-Object -First 1
        $exclusion = Get-AlmaPurgeExclusion "$TestDrive/other/$($candidate.RunId)" | Select-Object -First 1
        $problem = $null

        & $Piped | Import-AlmaPurgeCandidate -UserGroup GRAD -ErrorAction SilentlyContinue -ErrorVariable problem `
            -WarningAction SilentlyContinue | Should -BeNullOrEmpty

        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -Be "ParameterArgumentTransformationError,$command"
        "$($problem[0])" | Should -BeLike $Text
        Get-TestRunFolder | Should -BeNullOrEmpty
    }

    It 'nothing at all with a warning only' {
        Get-ChildItem "$TestDrive/nosuch*.csv" |
            Import-AlmaPurgeCandidate -UserGroup GRAD -WarningVariable said -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty

        "$said" | Should -BeLike '*nothing is imported*'
    }

    It '-Run together with -<Shortcut>' -ForEach @(
        @{ Shortcut = 'UserGroup'; Value = 'GRAD' }
        @{ Shortcut = 'ExpiredBefore'; Value = '2025-01-01' }
        @{ Shortcut = 'RunPath'; Value = '/tmp' }
    ) {
        $with = @{ $Shortcut = $Value }
        $record = { Import-AlmaPurgeCandidate $list -Run any @with } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "RunAndShortcut,$command"
        $record.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $record.TargetObject | Should -Be $Shortcut
        $record.Exception.Message | Should -BeLike "*-$Shortcut*"
    }

    It 'a run that is not there, or has patrons' {
        { Import-AlmaPurgeCandidate $list -Run nosuch } | Should -Throw "*'nosuch'*" -ErrorId "RunNotFound,$command"

        $run = New-AlmaPurgeRun GRAD -Path "$TestDrive/other"
        $null = Import-AlmaPurgeCandidate $list -Run $run
        $record = { Import-AlmaPurgeCandidate $list -Run $run } | Should -Throw -PassThru
        $record.FullyQualifiedErrorId | Should -Be "RunHasPatrons,$command"
        $record.TargetObject | Should -Be $run.RunId
        (Get-AlmaPurgeRun $run.Path).PatronCount | Should -Be 20
    }

    It 'a -ColumnMap that names what is not there' {
        { Import-AlmaPurgeCandidate $list -UserGroup GRAD -ColumnMap @{ PrimaryId = 'Card' } } |
            Should -Throw "*'Card'*" -ErrorId "TableUnknownHeading,$command"
        { Import-AlmaPurgeCandidate $list -UserGroup GRAD -ColumnMap @{ Nonsense = 'User Group' } } |
            Should -Throw "*Nonsense*" -ErrorId "TableUnknownColumn,$command"
    }

    It 'a date that cannot be told for sure' {
        { Import-AlmaPurgeCandidate $list -UserGroup GRAD -ExpiredBefore '03/04/2025' } | Should -Throw '*year-month-day*'
    }

    It 'a folder for runs that cannot be made' {
        { Import-AlmaPurgeCandidate $list -UserGroup GRAD -RunPath "$TestDrive/no-id.csv/runs" } |
            Should -Throw -ErrorId "RunFolderUnavailable,$command"
    }
}
