Describe 'Export-AlmaPurgeCandidate' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        . $PSScriptRoot/staff.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.ExportAlmaPurgeCandidateCommand'
        $run = $null
    }

    BeforeEach {
        $connection = New-TestConnection
        $candidates = New-TestRun Imported
        $run = Get-AlmaPurgeRun $candidates[0].RunId
        $path = "$TestDrive/$([guid]::NewGuid()).csv"
    }

    It 'writes those who were handed over: <Name>' -ForEach @(
        @{ Name = 'candidates'; Call = { $candidates | Export-AlmaPurgeCandidate $path } }
        @{ Name = 'candidates as parameter'; Call = { Export-AlmaPurgeCandidate -Path $path -InputObject $candidates } }
        @{ Name = 'a run'; Call = { $run | Export-AlmaPurgeCandidate -Path $path } }
        @{ Name = 'a run as parameter'; Call = { Export-AlmaPurgeCandidate $path -InputObject $run } }
        @{ Name = 'checked candidates'; Call = { $candidates | Confirm-AlmaPurgeCandidate | Export-AlmaPurgeCandidate $path } }
    ) {
        $file = & $Call

        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be (Get-Item $path).FullName
        Read-Username $path | Should -Be $candidates.PrimaryId
        Get-Change | Should -BeNullOrEmpty
        $now = Get-AlmaPurgeRun $run
        $now.State | Should -Be 'Checked'
        $now.NextStep | Should -BeLike 'New-AlmaUserSet -Existing*'
        $entry = @((Get-Content -Raw "$($run.Path)/run.json" | ConvertFrom-Json).exports)[0]
        $entry.count | Should -Be 3
        $entry.sha256 | Should -Be (Get-FileHash $path).Hash.ToLowerInvariant()
    }

    It 'writes <_>' -ForEach 'xlsx', 'csv', 'txt' {
        $null = $run | Export-AlmaPurgeCandidate "$TestDrive/kind.$_" -Force

        Read-Username "$TestDrive/kind.$_" | Should -Be $candidates.PrimaryId
    }

    It 'takes a path from the current location' {
        Push-Location $TestDrive
        try {
            ($run | Export-AlmaPurgeCandidate ./here.txt).DirectoryName | Should -Be (Get-Item $TestDrive).FullName
        } finally {
            Pop-Location
        }
    }

    It 'keeps those who did not arrive' {
        $null = $candidates | Where-Object PrimaryId -NE $candidates[1].PrimaryId | Export-AlmaPurgeCandidate $path

        $kept = Get-AlmaPurgeExclusion $run
        $kept.PrimaryId | Should -Be $candidates[1].PrimaryId
        $kept.Rule | Should -Be 'NotPassedOn'
        $kept.Step | Should -Be 'Export'
    }

    It 'makes the live check itself where there is none' {
        $lender = (Get-TestSimulator).Users |
            Where-Object { $_.OpenLoans -gt 0 -and $_.UserGroup -eq $Group -and $_.ExpiryDate -lt [dateonly]::new(2025, 1, 1) } |
            Select-Object -First 1
        $null = Import-AlmaPurgeCandidate -PrimaryId @($lender.PrimaryId; Get-Purgeable 2) -UserGroup $Group -ExpiredBefore $Cutoff |
            Export-AlmaPurgeCandidate $path

        Read-Username $path | Should -Be @(Get-Purgeable 2)
    }

    It 'checks anew what is older than -MaximumCheckAge' {
        $null = $candidates | Confirm-AlmaPurgeCandidate
        $before = (Get-TestSimulator).Requests.Count
        $null = $run | Export-AlmaPurgeCandidate $path
        (Get-TestSimulator).Requests.Count | Should -Be $before
        $null = $run | Export-AlmaPurgeCandidate $path -MaximumCheckAge 0 -Force
        (Get-TestSimulator).Requests.Count | Should -BeGreaterThan $before
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'another kind of file'; Call = { $run | Export-AlmaPurgeCandidate "$TestDrive/a.xls" }; Error = 'ExportKindUnknown'; Category = 'InvalidArgument' }
        @{ Name = 'a folder that is not there'; Call = { $run | Export-AlmaPurgeCandidate "$TestDrive/no/a.csv" }; Error = 'PathNotFound'; Category = 'ObjectNotFound' }
        @{ Name = 'the run folder'; Call = { $run | Export-AlmaPurgeCandidate "$($run.Path)/a.csv" }; Error = 'ExportInRunFolder'; Category = 'InvalidArgument' }
        @{ Name = 'more than the ceiling'; Call = { $run | Export-AlmaPurgeCandidate $path -MaximumCount 2 }; Error = 'MoreThanMaximumCount'; Category = 'LimitsExceeded' }
        @{ Name = 'a run that has its set'; Call = { $null = $run | New-AlmaUserSet; $run | Export-AlmaPurgeCandidate $path }; Error = 'SetAlreadyBuilt'; Category = 'InvalidOperation' }
        @{ Name = 'a run of nobody'; Call = { New-AlmaPurgeRun UNDRGRD | Export-AlmaPurgeCandidate $path }; Error = 'NothingImported'; Category = 'InvalidOperation' }
    ) {
        $problem = { & $Call } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "$Error,$id"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.TargetObject | Should -Not -BeNullOrEmpty
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Test-Path $path | Should -BeFalse
    }

    It 'replaces a file only with -Force' {
        Set-Content $path 'mine'
        $problem = { $run | Export-AlmaPurgeCandidate $path } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -Be "FileExists,$id"
        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content $path | Should -Be 'mine'

        $null = $run | Export-AlmaPurgeCandidate $path -Force
        Read-Username $path | Should -Be $candidates.PrimaryId
    }

    It 'refuses whom no review had' {
        $null = $candidates[0, 1] | Confirm-AlmaPurgeCandidate | Export-AlmaPurgeReview "$TestDrive/first.xlsx"

        { $run | Export-AlmaPurgeCandidate $path } | Should -Throw -ErrorId "NotInReview,$id"
    }

    It 'warns and writes nothing when nobody arrives' {
        @() | Export-AlmaPurgeCandidate $path -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warning | Should -BeLike '*No candidate arrived*'
    }

    It 'warns of what is not certain in a text file' {
        $spec = New-OurObject AlmaPurge.Simulator.SimulatedUserSpec @{
            PrimaryId = 'é,1'; UserGroup = $Group; ExpiryDate = [dateonly]::new(2020, 1, 1)
        }
        $null = (Get-TestSimulator).AddUser($spec)
        $odd = Import-AlmaPurgeCandidate -PrimaryId 'é,1' -UserGroup $Group -ExpiredBefore $Cutoff
        $null = $odd | Export-AlmaPurgeCandidate $path -WarningVariable warning -WarningAction SilentlyContinue

        $warning | Should -BeLike '*not documented*.xlsx*'
        Read-Username $path | Should -Be 'é,1'
    }

    It 'describes under -WhatIf and writes nothing' {
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$candidates | Export-AlmaPurgeCandidate $path -WhatIf -Connection $connection' -HostObject $screen -Variable @{
            candidates = $candidates; connection = $connection; path = $path
        }

        $there.Output | Should -BeNullOrEmpty
        $screen.Shown | Should -BeLike 'What if: *3 patrons*ceiling 500*01SIM_INST*'
        Test-Path $path | Should -BeFalse
        (Get-AlmaPurgeRun $run).State | Should -Be 'Imported'
    }

    It 'describes at the end of a previewed pipeline' {
        $screen = New-AskedHost 0
        $null = Invoke-InRunspace '$candidates | Confirm-AlmaPurgeCandidate -WhatIf -Connection $connection | Export-AlmaPurgeCandidate $path -Connection $connection' -HostObject $screen -Variable @{
            candidates = $candidates; connection = $connection; path = $path
        }

        $screen.Shown -join "`n" | Should -BeLike '*What if: Write the primary identifiers of 3 patrons*'
        Test-Path $path | Should -BeFalse
    }

    It 'asks with -Confirm, and a no writes nothing' {
        $screen = New-AskedHost 2
        $null = Invoke-InRunspace '$candidates | Export-AlmaPurgeCandidate $path -Confirm -Connection $connection' -HostObject $screen -Variable @{
            candidates = $candidates; connection = $connection; path = $path
        }

        $screen.Shown | Should -BeLike '*Write the primary identifiers of 3 patrons*'
        Test-Path $path | Should -BeFalse
    }

    It 'needs a connection' {
        $null = Disconnect-Alma
        { $run | Export-AlmaPurgeCandidate $path } | Should -Throw -ErrorId "NotConnected,$id"
    }
}
