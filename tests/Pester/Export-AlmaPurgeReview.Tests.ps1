Describe 'Export-AlmaPurgeReview' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/reviews.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        $null = Disconnect-Alma
        $command = 'AlmaPurge.Commands.ExportAlmaPurgeReviewCommand'
    }

    BeforeEach {
        $candidates = Import-ReviewedPatron
        $run = Get-AlmaPurgeRun $candidates[0].RunId
        $path = "$TestDrive/$([guid]::NewGuid()).xlsx"
    }

    AfterAll {
        $env:ALMAPURGE_RUNS = $null
    }

    It 'gives the workbook, from candidates and from a run' {
        $file = $candidates | Export-AlmaPurgeReview $path -WarningAction SilentlyContinue
        $file | Should -BeOfType ([System.IO.FileInfo])
        $file.FullName | Should -Be ([System.IO.Path]::GetFullPath($path))
        $whole = $run | Export-AlmaPurgeReview -Path "$path.2.xlsx" -WarningAction SilentlyContinue

        (Get-SheetText $file.FullName 1) | Should -Match '0001.*0002.*0003'
        (Get-SheetText $whole.FullName 1) | Should -Match '0001.*0002.*0003'
        (Get-SheetText $file.FullName 2) | Should -Match '0004.*StaffRecord'
        (Get-SheetText $file.FullName 3) | Should -Match $run.RunId
    }

    It 'writes relative to the current location' {
        Push-Location $TestDrive
        try {
            ($run | Export-AlmaPurgeReview ./here.xlsx -WarningAction SilentlyContinue).DirectoryName | Should -Be (Get-Item $TestDrive).FullName
        } finally {
            Pop-Location
        }
    }

    It 'shows those who did not arrive among those who stay' {
        $null = $candidates[0] | Export-AlmaPurgeReview $path -WarningAction SilentlyContinue

        Get-SheetText $path 1 | Should -Not -Match '0002'
        Get-SheetText $path 2 | Should -Match '0002.*NotPassedOn'
    }

    It 'warns of patrons without a live check' {
        $null = $run | Export-AlmaPurgeReview $path -WarningVariable warned -WarningAction SilentlyContinue

        "$warned" | Should -BeLike '3 of 3 patrons who would go have no live check yet*Confirm-AlmaPurgeCandidate*'
    }

    It 'has names in it only where they were asked for, and nowhere else' {
        $null = $run | Export-AlmaPurgeReview $path -WarningAction SilentlyContinue
        $null = $run | Export-AlmaPurgeReview "$path.2.xlsx" -IncludeColumn 'full name' -WarningAction SilentlyContinue

        1..4 | ForEach-Object { Get-SheetText $path $_ } | Should -Not -Match 'Doe Ann'
        Get-SheetText "$path.2.xlsx" 1 | Should -Match 'Doe Ann'
        Get-SheetText "$path.2.xlsx" 2 | Should -Match 'Moe Di'
        Get-ChildItem $run.Path -File -Recurse | Get-Content -Raw | Should -Not -Match 'Doe Ann|Moe Di'
    }

    It 'finds the input of another session by -InputPath, with its -ColumnMap' {
        $line = "Get-AlmaPurgeRun '$($run.RunId)' | Export-AlmaPurgeReview '$path' -IncludeColumn 'Full Name' -InputPath '$TestDrive/patrons.csv' -ColumnMap @{ PrimaryId = 'Primary Identifier' } -WarningAction Ignore"
        $null = pwsh -NoProfile -Command "Import-Module '$ModulePath'; $line"

        Get-SheetText $path 1 | Should -Match 'Doe Ann'
    }

    It 'keeps a workbook that is there unless -Force is given' {
        $null = $run | Export-AlmaPurgeReview $path -WarningAction SilentlyContinue
        $written = (Get-FileHash $path).Hash

        $record = { $run | Export-AlmaPurgeReview $path } | Should -Throw -PassThru
        $record.FullyQualifiedErrorId | Should -Be "FileExists,$command"
        (Get-FileHash $path).Hash | Should -Be $written
        $null = $run | Export-AlmaPurgeReview $path -Force -WarningAction SilentlyContinue
        (Get-FileHash $path).Hash | Should -Not -Be $written
    }

    It 'previews: writes nothing' {
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
        $there = Invoke-InRunspace '$run | Export-AlmaPurgeReview $path -WhatIf' -HostObject $screen -Variable @{ run = $run; path = $path }

        $there.Errors | Should -BeNullOrEmpty
        "$($screen.Shown)" | Should -BeLike "What if: Write the review of the run *$($run.RunId)*, by which 3 patrons would go, to '$([System.IO.Path]::GetFullPath($path))'."
        $path | Should -Not -Exist
        (Get-RunDocument $run).Reviews | Should -BeNullOrEmpty
    }

    It 'previews behind an import under -WhatIf' {
        Import-AlmaPurgeCandidate "$TestDrive/patrons.csv" -ExpiredBefore 2025-01-01 -WhatIf | Export-AlmaPurgeReview $path

        $path | Should -Not -Exist
    }

    It 'writes nothing after a no' {
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(2)
        $there = Invoke-InRunspace '$run | Export-AlmaPurgeReview $path -Confirm' -HostObject $screen -Variable @{ run = $run; path = $path }

        $there.Output | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'does nothing without a candidate, and says so' {
        @() | Export-AlmaPurgeReview $path -WarningVariable warned -WarningAction SilentlyContinue

        "$warned" | Should -BeLike 'No candidate arrived*'
        $path | Should -Not -Exist
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a file that is no workbook'; With = @{ Path = 'review.csv' }; Id = 'NotAWorkbook' }
        @{ What = 'a folder that is not there'; With = @{ Path = 'none/review.xlsx' }; Id = 'PathNotFound' }
        @{ What = 'a column that is not there'; With = @{ Path = 'x.xlsx'; IncludeColumn = 'Nickname' }; Id = 'ReviewColumnUnknown' }
        @{ What = 'an input that is not there'; With = @{ Path = 'x.xlsx'; IncludeColumn = 'Full Name'; InputPath = 'none.csv' }; Id = 'PathNotFound' }
    ) {
        $With.Path = "$TestDrive/$($With.Path)"
        $record = { $run | Export-AlmaPurgeReview @With -WarningAction SilentlyContinue } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
        $With.Path | Should -Not -Exist
    }

    It 'refuses names in the run folder, and an input that changed' {
        $record = { $run | Export-AlmaPurgeReview "$($run.Path)/r.xlsx" -IncludeColumn 'Full Name' } | Should -Throw -PassThru
        $record.FullyQualifiedErrorId | Should -Be "ReviewInRunFolder,$command"

        Add-Content "$TestDrive/patrons.csv" '0009,Zed Zo,UNDRGRD,2020-05-01,Public'
        $record = { $run | Export-AlmaPurgeReview $path -IncludeColumn 'Full Name' } | Should -Throw -PassThru
        $record.FullyQualifiedErrorId | Should -Be "ReviewInputChanged,$command"
    }

    It 'refuses what is no candidate and no run: <_>' -ForEach 'UNDRGRD', 17 {
        $piped = $_
        { $piped | Export-AlmaPurgeReview $path -ErrorAction Stop } | Should -Throw
        $path | Should -Not -Exist
    }

    It 'completes the headings of the input' {
        Get-Completion "Export-AlmaPurgeReview x.xlsx -InputPath '$TestDrive/patrons.csv' -IncludeColumn f" | Should -Be "'Full Name'"
    }
}
