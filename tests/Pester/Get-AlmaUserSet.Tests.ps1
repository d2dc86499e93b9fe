Describe 'Get-AlmaUserSet' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $id = 'AlmaPurge.Commands.GetAlmaUserSetCommand'
        $connection = New-TestConnection
        $spring = New-TestRun Imported | New-AlmaUserSet -Name 'Spring clean'
        $autumn = New-TestRun Imported 2 | New-AlmaUserSet -Name 'Autumn clean'
    }

    It 'gives sets by name, wildcard or id: <Name>' -ForEach @(
        @{ Name = 'all'; Call = { Get-AlmaUserSet }; Expected = 'Autumn clean', 'Spring clean' }
        @{ Name = 'a name'; Call = { Get-AlmaUserSet 'spring CLEAN' }; Expected = 'Spring clean' }
        @{ Name = '-Name with wildcard'; Call = { Get-AlmaUserSet -Name A* }; Expected = 'Autumn clean' }
        @{ Name = '-SetId'; Call = { Get-AlmaUserSet -SetId $autumn.SetId }; Expected = 'Autumn clean' }
    ) {
        $sets = & $Call

        $sets | Should -BeOfType AlmaPurge.AlmaUserSet
        $sets.Name | Sort-Object | Should -Be $Expected
    }

    It 'tells members and no more' {
        $set = Get-AlmaUserSet -SetId $spring.SetId

        $set.SetId | Should -Be $spring.SetId
        $set.MemberCount | Should -Be 3
        $set.RunId | Should -BeNullOrEmpty
        $set.IsPreview | Should -BeFalse
    }

    It 'does not find a name that is not there, and is silent about a wildcard' {
        $problem = { Get-AlmaUserSet Winter } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "SetNotFound,$id"
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem.TargetObject | Should -Be 'Winter'
        Get-AlmaUserSet Winter* | Should -BeNullOrEmpty
    }

    It 'does not find an id that is not there' {
        $problem = { Get-AlmaUserSet -SetId 999 } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "AlmaNotFound,$id"
        $problem | Should -BeLike '*999*'
    }

    It 'needs a connection, and uses the given one' {
        (Invoke-InRunspace 'Get-AlmaUserSet').ErrorId | Should -Be "NotConnected,$id"
        $there = Invoke-InRunspace 'Get-AlmaUserSet -Connection $connection' -Variable @{ connection = $connection }
        $there.Output.Count | Should -Be 2
    }

    It 'does not accept a name and an id' {
        { Get-AlmaUserSet -Name x -SetId 1 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Get-AlmaUserSet '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'is shown in a table' {
        Get-Header (Get-AlmaUserSet) | Should -Be 'SetId', 'Name', 'Members', 'Purge date', 'Purge group', 'Preview'
    }
}
