Describe 'Get-AlmaConnection' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
    }

    It 'gives the connection of this session' {
        $connection = Connect-Alma -Simulator

        Get-AlmaConnection | Should -Be $connection
    }

    It 'gives nothing where there is none, and says so to who asks' {
        $run = Invoke-InRunspace 'Get-AlmaConnection -Verbose 4>&1'

        $run.Output | Should -BeLike '*Connect-Alma*'
        $run.Output | Should -Not -BeOfType AlmaPurge.AlmaConnection
        $run.Errors | Should -BeNullOrEmpty
    }

    It 'knows the connections of two runspaces apart' {
        $mine = Connect-Alma -Simulator
        $run = Invoke-InRunspace @'
            Get-AlmaConnection
            Connect-Alma -Simulator -SimulatorSeed 2 | Out-Null
            Get-AlmaConnection
'@
        $run.Output.Count | Should -Be 1
        $run.Output[0] | Should -BeOfType AlmaPurge.AlmaConnection
        [object]::ReferenceEquals($run.Output[0].psobject.BaseObject, $mine) | Should -BeFalse
        Get-AlmaConnection | Should -Be $mine
    }

    It 'shows the calls left as they are now' {
        $connection = Connect-Alma -Simulator
        $before = $connection.CallsLeftToday
        $null = Get-AlmaUserGroup

        $connection.CallsLeftToday | Should -Be ($before - 1)
    }
}
