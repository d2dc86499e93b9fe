Describe 'Export-AlmaPurgeReport' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $command = 'AlmaPurge.Commands.ExportAlmaPurgeReportCommand'
        $connection = New-TestConnection
        $null = New-TestRun Purged | Confirm-AlmaPurge
        $run = Get-AlmaPurgeRun | Select-Object -First 1
        $null = $run

        # The page as XML, which it is as well.
        function Read-Page([string] $Path) {
            [xml] ((Get-Content -Raw -LiteralPath $Path) -replace '<!DOCTYPE[^>]*>')
        }

        # The rows of the table with this caption, as the texts of their cells.
        function Get-PageRow([xml] $Page, [string] $Caption) {
            foreach ($row in $Page.SelectNodes("//table[starts-with(caption, '$Caption')]/tbody/tr")) {
                , @($row.ChildNodes.ForEach{ $_.InnerText })
            }
        }
    }

    BeforeEach {
        $path = "$TestDrive/$([guid]::NewGuid()).html"
        $default = "$($run.Path)/report.html"
        Remove-Item $default -ErrorAction Ignore
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'a run'; Call = { $run | Export-AlmaPurgeReport $path } }
        @{ Name = 'a run as parameter'; Call = { Export-AlmaPurgeReport -Run $run -Path $path } }
        @{ Name = 'an id'; Call = { $run.RunId | Export-AlmaPurgeReport $path } }
        @{ Name = 'an id as parameter'; Call = { Export-AlmaPurgeReport $path -Run $run.RunId } }
        @{ Name = 'a folder'; Call = { Get-Item $run.Path | Export-AlmaPurgeReport -LiteralPath $path } }
        @{ Name = 'a folder as parameter'; Call = { Export-AlmaPurgeReport $path -Run $run.Path } }
        @{ Name = 'brackets in a name'; Call = { $path = "$TestDrive/[a] 'b'.htm"; $run | Export-AlmaPurgeReport -LiteralPath $path -Force } }
    ) {
        $before = (Get-TestSimulator).Requests.Count
        $file = . $Call

        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be (Get-Item -LiteralPath $path).FullName
        $page = Read-Page $path
        $page.html.body.header.h1 | Should -Be "Report of a purge: $($run.RunId)"
        (Get-TestSimulator).Requests.Count | Should -Be $before
    }

    It 'goes by the simulator''s own record of who was purged' {
        $page = Read-Page ($run | Export-AlmaPurgeReport $path)
        $rows = @(Get-PageRow $page 'Each of')

        $rows.Where{ $_[1] -eq 'Purged' }.ForEach{ $_[0] } | Sort-Object | Should -Be @((Get-TestSimulator).Purged.PrimaryId | Sort-Object)
        $page.html.body.header.p[0].InnerText | Should -BeLike '*3 patrons were purged: looked up in Alma on *Nothing is left unsettled.'
        (Get-PageRow $page 'Accounts').ForEach{ $_[5] } | Sort-Object -Unique |
            Should -Be "AlmaPurge $($Manifest.ModuleVersion), PowerShell $($PSVersionTable.PSVersion)"
        (Get-PageRow $page 'Agreed to')[2] | Should -Be "$([Environment]::UserName)@$([Environment]::MachineName)"
    }

    It 'goes into the run folder without -Path' {
        $file = $run | Export-AlmaPurgeReport

        $file.FullName | Should -Be (Get-Item $default).FullName
        if (-not $IsWindows) {
            $file.UnixFileMode | Should -Be ([System.IO.UnixFileMode] 'UserRead, UserWrite')
        }
        (Get-AlmaPurgeRun $run.RunId).State | Should -Be 'Verified'
    }

    It 'takes a folder, and a path from the current location' {
        $folder = New-Item -ItemType Directory "$TestDrive/folder"
        Push-Location $folder
        try {
            ($run | Export-AlmaPurgeReport .).FullName | Should -Be "$folder/$($run.RunId).html"
            ($run | Export-AlmaPurgeReport ./here.html).FullName | Should -Be "$folder/here.html"
        } finally {
            Pop-Location
        }
    }

    It 'writes a report for each of several runs, and never two into one file' {
        $other = Get-AlmaPurgeRun (New-TestRun Imported)[0].RunId
        $folder = New-Item -ItemType Directory "$TestDrive/several"

        ($run, $other | Export-AlmaPurgeReport $folder).BaseName | Should -Be $run.RunId, $other.RunId
        $problem = { $run, $other | Export-AlmaPurgeReport $path -Force } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -Be "SeveralRuns,$command"
        (Read-Page $path).html.body.header.h1 | Should -BeLike "*$($run.RunId)"
        Remove-AlmaPurgeRun $other
    }

    It 'leaves patrons out with -NoPatronList' {
        $text = Get-Content -Raw ($run | Export-AlmaPurgeReport $path -NoPatronList)

        (Get-TestSimulator).Purged.PrimaryId.Count | Should -Be 3
        (Get-TestSimulator).Purged.PrimaryId | ForEach-Object { $text | Should -Not -Match ([regex]::Escape($_)) }
    }

    It 'gives the run on with -PassThru' {
        $given = $run | Export-AlmaPurgeReport $path -PassThru

        $given | Should -BeOfType AlmaPurge.AlmaPurgeRun
        $given.RunId | Should -Be $run.RunId
        $path | Should -Exist
    }

    It 'replaces a page only with -Force' {
        Set-Content $path 'mine'
        $problem = { $run | Export-AlmaPurgeReport $path } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -Be "FileExists,$command"
        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
        $problem.TargetObject | Should -Be $path
        Get-Content $path | Should -Be 'mine'

        $null = $run | Export-AlmaPurgeReport $path -Force
        (Read-Page $path).html.lang | Should -Be 'en'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'another kind of file'; Call = { $run | Export-AlmaPurgeReport "$TestDrive/a.pdf" }; Error = 'NotAPage'; Category = 'InvalidArgument'; Target = '*a.pdf' }
        @{ Name = 'a folder that is not there'; Call = { $run | Export-AlmaPurgeReport "$TestDrive/no/a.html" }; Error = 'PathNotFound'; Category = 'ObjectNotFound'; Target = '*a.html' }
        @{ Name = 'another file of the run folder'; Call = { $run | Export-AlmaPurgeReport "$($run.Path)/a.html" }; Error = 'ReportInRunFolder'; Category = 'InvalidArgument'; Target = '*a.html' }
        @{ Name = 'a run that is not there'; Call = { Export-AlmaPurgeReport $path -Run nosuch }; Error = 'RunNotFound'; Category = 'ObjectNotFound'; Target = 'nosuch' }
        @{ Name = 'a preview without -Path'; Call = { $preview = New-AlmaPurgeRun UNDRGRD -WhatIf; $preview | Export-AlmaPurgeReport }; Error = 'ReportPathMissing'; Category = 'InvalidArgument'; Target = 'preview-*' }
    ) {
        $problem = { & $Call } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "$Error,$command"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.TargetObject | Should -BeLike $Target
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'refuses <What> as a run' -ForEach @(
        @{ What = 'a number'; Value = 20260101 }
        @{ What = 'an object of others'; Value = [pscustomobject]@{ RunId = 'x' } }
    ) {
        { Export-AlmaPurgeReport $path -Run $Value } |
            Should -Throw '*is no run*' -ErrorId "ParameterArgumentTransformationError,$command"
        $Value | Export-AlmaPurgeReport $path -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeLike '*is no run*'
        $path | Should -Not -Exist
    }

    It 'tells of a damaged run that it is, by <Name>' -ForEach @(
        @{ Name = 'its folder'; Get = { $copy } }
        @{ Name = 'the list of runs'; Get = { Get-AlmaPurgeRun -Path (Split-Path $copy) | Where-Object State -EQ Broken } }
    ) {
        $copy = "$TestDrive/damaged-$Name/run"
        $null = New-Item -ItemType Directory (Split-Path $copy)
        Copy-Item -Recurse $run.Path $copy
        (Get-Content -Raw "$copy/journal.jsonl") -replace 'PurgeApproved', 'PurgeRefused' | Set-Content "$copy/journal.jsonl" -NoNewline

        $page = Read-Page (Export-AlmaPurgeReport $path -Run (& $Get))
        $page.html.body.header.p[0].InnerText | Should -BeLike 'Caution: the record of this run is damaged*'
        $page.html.body.header.InnerText | Should -BeLike '*State of the run: Broken*'
        (Export-AlmaPurgeReport -Run $copy).FullName | Should -Be "$copy/report.html"
    }

    It 'shows a preview that is picked up, and writes nothing while it runs' {
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$null = New-AlmaPurgeRun UNDRGRD -WhatIf -OutVariable made | Export-AlmaPurgeReport $path; $made' -HostObject $screen -Variable @{ path = $path }
        $path | Should -Not -Exist
        $screen.Shown -join "`n" | Should -BeLike "*What if: Write the report of the preview *'$path'*"

        $page = Read-Page ($there.Output[-1].RunId | Export-AlmaPurgeReport $path)
        $page.html.body.header.h1 | Should -BeLike 'Preview of a purge: preview-*'
        $page.html.body.header.p[0].InnerText | Should -BeLike '*This is a preview: nothing in it was done.*'
    }

    It 'describes under -WhatIf and writes nothing' {
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$run | Export-AlmaPurgeReport $path -WhatIf -NoPatronList' -HostObject $screen -Variable @{ run = $run; path = $path }

        $there.Output | Should -BeNullOrEmpty
        $screen.Shown | Should -BeLike "What if: Write the report of the run $($run.RunId), without its patrons, to '$path'."
        $path | Should -Not -Exist
    }

    It 'asks with -Confirm, and a no writes nothing' {
        $screen = New-AskedHost 2
        $null = Invoke-InRunspace '$run | Export-AlmaPurgeReport $path -Confirm' -HostObject $screen -Variable @{ run = $run; path = $path }

        $screen.Shown | Should -BeLike "*Write the report of the run $($run.RunId)*"
        $path | Should -Not -Exist
    }

    It 'needs no connection, and completes runs' {
        Get-Completion 'Export-AlmaPurgeReport -Run UND' | Should -Contain $run.RunId
        $null = Disconnect-Alma
        $run | Export-AlmaPurgeReport $path | Should -Exist
    }
}
