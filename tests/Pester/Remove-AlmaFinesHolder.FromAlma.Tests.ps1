Describe 'Remove-AlmaFinesHolder from Analytics' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = New-TestConnection
        $folder = (Get-TestSimulator).ReportFolder
        $command = 'AlmaPurge.Commands.RemoveAlmaFinesHolderCommand'
        Export-AlmaSimulatorReport -Kind Users -Path "$TestDrive/users.csv"
        Export-AlmaSimulatorReport -Kind Fines -Path "$TestDrive/fines.csv"
        function Import-Test { Import-AlmaPurgeCandidate "$TestDrive/users.csv" -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 }
    }

    It 'takes off the same patrons as the file of that report does, and warns of its age' {
        $byFile = Import-Test | Remove-AlmaFinesHolder -Path "$TestDrive/fines.csv"
        $byReport = Import-Test | Remove-AlmaFinesHolder -ReportPath "$folder/fines" -WarningVariable warned -WarningAction SilentlyContinue

        $byReport.PrimaryId | Should -Be $byFile.PrimaryId
        @($byReport).Count | Should -BeLessThan @(Import-Test).Count
        "$warned" | Should -BeLike '*may be a day old*'
    }

    It 'lets nobody through when the report cannot be read: <Id>' -ForEach @(
        @{ Id = 'ReportNotFound'; Give = { @{ ReportPath = '/shared/nowhere' } } }
        @{ Id = 'ReportFilterInvalid'; Give = { @{ ReportPath = "$folder/fines"; ReportFilter = '<no' } } }
    ) {
        $given = & $Give
        $passed = [System.Collections.Generic.List[object]]::new()

        $problem = { Import-Test | Remove-AlmaFinesHolder @given | ForEach-Object { $passed.Add($_) } } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "$Id,$command"
        $passed | Should -BeNullOrEmpty
    }
}
