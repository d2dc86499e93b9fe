Describe 'Candidates between two cmdlets' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        Set-Content -LiteralPath "$TestDrive/fines.csv" -Value 'USERNAME', 'b'
        function Import-Three { Import-AlmaPurgeCandidate -PrimaryId a, b, c -UserGroup UNDRGRD @args }
        function Invoke-Inner { Import-AlmaPurgeCandidate -PrimaryId a, b, c -UserGroup UNDRGRD }
        function Invoke-Wrapped {
            [CmdletBinding()]
            param([Parameter(ValueFromPipeline)] $InputObject)
            begin {
                $steps = { Where-Object PrimaryId -EQ c | Measure-TestRecord }.GetSteppablePipeline()
                $steps.Begin($PSCmdlet)
            }
            process { $steps.Process($InputObject) }
            end { $steps.End() }
        }
    }

    AfterAll { $env:ALMAPURGE_RUNS = $null }

    It 'go in one record where <What>' -ForEach @(
        @{ What = 'ours is next'; Call = { Import-AlmaPurgeCandidate -PrimaryId a, b, c -UserGroup UNDRGRD | Measure-TestRecord }; Sizes = 3 }
        @{ What = 'ours is next, and takes some off'; Call = { Import-Three | Remove-AlmaFinesHolder "$TestDrive/fines.csv" | Measure-TestRecord }; Sizes = 2 }
        @{ What = 'a function writes them'; Call = { Invoke-Inner | Measure-TestRecord }; Sizes = 3 }
    ) {
        & $Call | Should -Be $Sizes
    }

    It 'go one by one where <What>' -ForEach @(
        @{ What = 'another command is next'; Call = { Import-Three | ForEach-Object { $_ } | Measure-TestRecord } }
        @{ What = 'they were collected'; Call = { $three = Import-Three; $three | Measure-TestRecord } }
        @{ What = 'a variable collects them'; Call = { Import-AlmaPurgeCandidate -PrimaryId a, b, c -UserGroup UNDRGRD -OutVariable all | Measure-TestRecord } }
        @{ What = 'a variable of a function collects them'; Call = { Invoke-Collecting -OutVariable all | Measure-TestRecord } }
        @{ What = 'a variable holds each'; Call = { Import-AlmaPurgeCandidate -PrimaryId a, b, c -UserGroup UNDRGRD -PipelineVariable each | Measure-TestRecord } }
    ) {
        function Invoke-Collecting { [CmdletBinding()] param() Import-AlmaPurgeCandidate -PrimaryId a, b, c -UserGroup UNDRGRD }

        & $Call | Should -Be 1, 1, 1
    }

    It 'are filtered each by itself, also within a wrapper' {
        Import-Three | Where-Object PrimaryId -EQ b | Measure-TestRecord | Should -Be 1
        Import-Three | Invoke-Wrapped | Should -Be 1
    }

    It 'are what -OutVariable has' {
        $null = Import-AlmaPurgeCandidate -PrimaryId a, b, c -UserGroup UNDRGRD -OutVariable all |
            Remove-AlmaFinesHolder "$TestDrive/fines.csv" -OutVariable left | Measure-TestRecord

        $all.PrimaryId | Should -Be a, b, c
        $all.Count | Should -Be 3
        $left.Count | Should -Be 2
    }

    It 'stop coming when there are enough' {
        $ids = 1..9000 | ForEach-Object { "p$_" }

        $first = Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup UNDRGRD |
            Remove-AlmaFinesHolder "$TestDrive/fines.csv" | Select-Object -First 2

        $first.PrimaryId | Should -Be p1, p2
    }

    It 'keep their order and number' {
        $ids = 1..9000 | ForEach-Object { "p$_" }

        $all = Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup UNDRGRD | Remove-AlmaFinesHolder "$TestDrive/fines.csv"

        $all.PrimaryId -join ' ' | Should -BeExactly ($ids -join ' ')
    }

    It 'are refused in a block that lacks one' {
        $block = [AlmaPurge.AlmaPurgeCandidate[]] @((Import-Three)[0], $null)

        { Remove-AlmaFinesHolder -InputObject $block -Path "$TestDrive/fines.csv" } | Should -Throw '*Nothing was handed over*'
    }
}
