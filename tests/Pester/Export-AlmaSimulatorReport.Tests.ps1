Describe 'Export-AlmaSimulatorReport' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/simulator.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        $null = Connect-Alma -Simulator -SimulatorUserCount 100
        $simulator = Get-TestSimulator
        $command = 'AlmaPurge.Commands.ExportAlmaSimulatorReportCommand'
    }

    AfterAll {
        Disconnect-Alma
        $env:ALMAPURGE_RUNS = $null
    }

    It 'writes everybody, as Analytics does' {
        Export-AlmaSimulatorReport -Kind Users -Path "$TestDrive/users.csv" | Should -BeNullOrEmpty

        (Import-Csv "$TestDrive/users.csv").'Primary Identifier' | Sort-Object |
            Should -Be ($simulator.Users.PrimaryId | Sort-Object)
        # A byte order mark, so that Excel knows the encoding.
        [System.IO.File]::ReadAllBytes("$TestDrive/users.csv")[0..2] | Should -Be 0xEF, 0xBB, 0xBF
    }

    It 'writes a group by <UserGroup>' -ForEach @{ UserGroup = 'UNDRGRD' }, @{ UserGroup = 'undrgrd' }, @{ UserGroup = 'Undergraduate Students' } {
        Export-AlmaSimulatorReport "$TestDrive/group.csv" -Kind Users -UserGroup $UserGroup

        $rows = Import-Csv "$TestDrive/group.csv"
        $rows.Count | Should -Be @($simulator.Users | Where-Object UserGroup -EQ UNDRGRD).Count
        $rows.'User Group Code' | Sort-Object -Unique | Should -Be 'UNDRGRD'
    }

    It 'writes the fines of a group' {
        Export-AlmaSimulatorReport "$TestDrive/fines.csv" -Kind Fines -UserGroup UNDRGRD
        Export-AlmaSimulatorReport "$TestDrive/all-fines.csv" -Kind Fines

        $fines = Import-Csv "$TestDrive/fines.csv"
        $fines.Count | Should -BeGreaterThan 0
        $fines.Count | Should -BeLessThan @(Import-Csv "$TestDrive/all-fines.csv").Count
        $fines | ForEach-Object { $simulator.FindUser($_.'Primary Identifier'.Trim()).UserGroup } | Sort-Object -Unique |
            Should -Be 'UNDRGRD'
    }

    It 'writes what the import and the fines step read, and nobody who may go is lost on the way' {
        Export-AlmaSimulatorReport "$TestDrive/u.csv" -Kind Users -UserGroup UNDRGRD
        Export-AlmaSimulatorReport "$TestDrive/f.csv" -Kind Fines -UserGroup UNDRGRD
        $left = Import-AlmaPurgeCandidate "$TestDrive/u.csv" | Remove-AlmaFinesHolder "$TestDrive/f.csv"

        $cutoff = [dateonly]::FromDateTime([datetime]::Today.AddYears(-1))
        $simulator.PurgeableFor('UNDRGRD', $cutoff) | Where-Object { $_ -notin $left.PrimaryId } | Should -BeNullOrEmpty
        $left.Count | Should -BeLessThan @(Import-Csv "$TestDrive/u.csv").Count
    }

    It 'starts a relative path from the current location' {
        Push-Location $TestDrive
        try {
            Export-AlmaSimulatorReport relative.csv -Kind Fines
        } finally {
            Pop-Location
        }

        "$TestDrive/relative.csv" | Should -Exist
    }

    It 'uses the -Connection given' {
        $null = Invoke-InRunspace -Variable @{ own = (Get-AlmaConnection) } `
            "Export-AlmaSimulatorReport -Kind Users '$TestDrive/own.csv' -Connection `$own"

        @(Import-Csv "$TestDrive/own.csv").Count | Should -Be $simulator.Users.Count
    }

    It 'asks the API nothing' {
        $before = $simulator.Requests.Count
        Export-AlmaSimulatorReport "$TestDrive/quiet.csv" -Kind Users

        $simulator.Requests.Count | Should -Be $before
    }

    It 'writes nothing <When>' -ForEach @(
        @{ When = 'in a preview'; Switch = '-WhatIf'; Shown = "What if: Write the simulator's report Fines to '*none.csv'." }
        @{ When = 'after a no'; Switch = '-Confirm'; Shown = "choice: *Write the simulator's report Fines to '*none.csv'. Go on?" }
    ) {
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(2)
        $run = Invoke-InRunspace -HostObject $screen -Variable @{ own = (Get-AlmaConnection) } `
            "Export-AlmaSimulatorReport -Kind Fines '$TestDrive/none.csv' -Connection `$own $Switch"

        $run.Errors | Should -BeNullOrEmpty
        "$($screen.Shown)" | Should -BeLike $Shown
        "$TestDrive/none.csv" | Should -Not -Exist
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a group that is not there'; With = @{ UserGroup = 'nix' }; Id = 'UserGroupNotFound'; Target = 'nix'; Text = "*'nix'*UNDRGRD*" }
        @{ What = 'a folder that is not there'; With = @{ Path = '/no/such/folder/x.csv' }; Id = 'PathNotFound'; Target = '*x.csv'; Text = '*x.csv*' }
    ) {
        $call = @{ Kind = 'Users'; Path = "$TestDrive/refused.csv" }
        $With.GetEnumerator() | ForEach-Object { $call[$_.Key] = $_.Value }

        $record = { Export-AlmaSimulatorReport @call } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,$command"
        $record.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.TargetObject | Should -BeLike $Target
        "$($record.Exception.Message) $($record.ErrorDetails.RecommendedAction)" | Should -BeLike $Text
        "$TestDrive/refused.csv" | Should -Not -Exist
    }

    It 'refuses another kind, and a folder in place of a file' {
        { Export-AlmaSimulatorReport x.csv -Kind Loans } | Should -Throw "*'Kind'*" -ErrorId "ParameterArgumentValidationError,$command"
        { Export-AlmaSimulatorReport "$TestDrive" -Kind Users } | Should -Throw -ErrorId "AccessDenied,$command"
    }

    It 'needs a connection' {
        (Invoke-InRunspace "Export-AlmaSimulatorReport -Kind Users '$TestDrive/x.csv'").ErrorId | Should -Be "NotConnected,$command"
    }

    It 'completes kind and group' {
        Get-Completion 'Export-AlmaSimulatorReport -Kind ' | Should -Be 'Fines', 'Users'
        Get-Completion 'Export-AlmaSimulatorReport x.csv -Kind Users -UserGroup gr' | Should -Be 'GRAD'
    }
}
