Describe 'Disconnect-Alma' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
    }

    It 'ends the connection of the session' {
        $null = Connect-Alma -Simulator
        Disconnect-Alma | Should -BeNullOrEmpty

        Get-AlmaConnection | Should -BeNullOrEmpty
        $problem = { Get-AlmaUserGroup } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -Be 'NotConnected,AlmaPurge.Commands.GetAlmaUserGroupCommand'
        $problem.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-Alma*'
    }

    It 'takes a connection from the pipeline or by parameter and leaves that of the session: <_>' -ForEach @(
        { $other | Disconnect-Alma }
        { Disconnect-Alma $other }
        { Disconnect-Alma -Connection $other }
    ) {
        $other = Connect-Alma -Simulator
        $mine = Connect-Alma -Simulator -SimulatorSeed 2
        & $_

        Get-AlmaConnection | Should -Be $mine
        Get-AlmaUserGroup | Should -Not -BeNullOrEmpty
        { Get-AlmaUserGroup -Connection $other } |
            Should -Throw '*Disconnect-Alma*' -ErrorId 'ConnectionClosed,AlmaPurge.Commands.GetAlmaUserGroupCommand'
    }

    It 'has nothing against being called twice' {
        $connection = Connect-Alma -Simulator
        Disconnect-Alma
        Disconnect-Alma
        $connection | Disconnect-Alma

        Disconnect-Alma -Verbose 4>&1 | Should -BeLike '*no connection*'
    }

    It 'refuses what is no connection' {
        'x' | Disconnect-Alma -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -Not -BeNullOrEmpty
        { Disconnect-Alma $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
