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
