Describe 'Date arguments' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
    }

    It 'takes <Value>' -ForEach @(
        @{ Value = '2025-01-31' }
        @{ Value = [datetime]'2025-01-31T13:00:00' }
        @{ Value = [datetimeoffset]'2025-01-31T23:30:00+11:00' }
        @{ Value = [dateonly]'2025-01-31' }
        @{ Value = [psobject][datetime]::SpecifyKind('2025-01-31', 'Utc') }
    ) {
        $date = Start-TestPurge -Date $Value -Confirm:$false

        $date | Should -Be ([datetime]::new(2025, 1, 31))
        $date.Kind | Should -Be 'Unspecified'
    }

    It 'refuses <Value> and says how to write it' -ForEach @(
        @{ Value = '03/04/2025' }
        @{ Value = '31.01.2025' }
        @{ Value = '2025-1-31' }
        @{ Value = '2025-02-30' }
        @{ Value = '2025-01-31T00:00:00' }
        @{ Value = '' }
        @{ Value = 20250131 }
        @{ Value = 45688.5 }
    ) {
        { Start-TestPurge -Date $Value -Confirm:$false } | Should -Throw '*year-month-day*'
    }
}

Describe 'Step input' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
    }

    It 'takes objects of its types, one by one and as a list' {
        $own = [version]'1.0', [version]'2.0'

        $own | Test-TestInput | Should -Be 1, 1
        Test-TestInput $own | Should -Be 2
        Test-TestInput ([System.Collections.Generic.List[version]] $own) | Should -Be 2
    }

    It 'refuses <Value> with advice' -ForEach @(
        @{ Value = 12345; Text = '*lost its leading zeros*Import-AlmaPurgeCandidate -PrimaryId*' }
        @{ Value = '0012345'; Text = '*only an id*Import-AlmaPurgeCandidate -PrimaryId*' }
        @{ Value = [pscustomobject]@{ PrimaryId = '0012345' }; Text = '*no AlmaPurgeCandidate or Version*' }
        @{ Value = [datetime]'2025-01-31'; Text = '*number or the like*' }
    ) {
        $Value | Test-TestInput -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        "$problem" | Should -BeLike $Text
        { Test-TestInput $Value } | Should -Throw $Text
        { Test-TestInput ([version]'1.0'), $Value } | Should -Throw $Text
    }

    It 'takes a run by id or folder' {
        Test-TestInput -Run ' UNDRGRD-20260101-000000 ' | Should -Be 'UNDRGRD-20260101-000000'
        Test-TestInput -Run (Get-Item $TestDrive) | Should -Be $TestDrive
        { Test-TestInput -Run 20260101 } | Should -Throw '*is no run*'
        { Test-TestInput -Run ' ' } | Should -Throw '*is no run*'
    }

    It 'needs a connection when its turn comes' {
        { Test-TestInput -Connected } | Should -Throw '*Connect-Alma*' -ErrorId 'NotConnected,*'
    }
}

Describe 'Completion' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
        function Complete([string] $Line) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
        }
    }

    It 'matches the start in any case and quotes where needed' {
        (Complete 'Test-TestInput -Word PL').CompletionText | Should -Be 'plain', "'Plain''ly two words'"
        (Complete "Test-TestInput -Word 'oth").CompletionText | Should -Be 'other'
        (Complete 'Test-TestInput -Word ').Count | Should -Be 3
    }

    It 'never fails' {
        Complete 'Test-TestInput -Run x -Word zz' | Should -BeNullOrEmpty
    }
}
