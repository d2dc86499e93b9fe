Describe 'Undo-AlmaPurgeDate' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.UndoAlmaPurgeDateCommand'
        function Get-Record {
            $ids | ForEach-Object { $simulator.FindUser($_) } |
                ForEach-Object { '{0} {1} {2:o} {3:o}' -f $_.PrimaryId, $_.UserGroup, $_.PurgeDate, $_.ExpiryDate }
        }
    }

    BeforeEach {
        $null = New-TestConnection
        $simulator = Get-TestSimulator
        $ids = Get-Purgeable 3
        $before = Get-Record
        $set = New-TestRun Marked
        $changes = @(Get-Change).Count
    }

    It 'gives everybody group and date back: <Name>' -ForEach @(
        @{ Name = 'a set, piped'; Call = { $set | Undo-AlmaPurgeDate } }
        @{ Name = 'a set as parameter'; Call = { Undo-AlmaPurgeDate $set } }
        @{ Name = 'a run, in its own words, with a connection'; Call = { Get-AlmaPurgeRun $set.RunId | Undo-AlmaPurgeDate -Connection (Get-AlmaConnection) } }
    ) {
        Get-Record | Should -Not -Be $before
        $results = & $Call

        $results | Should -BeOfType AlmaPurge.AlmaUndoResult
        $results.PrimaryId | Should -Be $ids
        $results.Status | Should -Be (@('Restored') * 3)
        $results.Detail | Should -BeLike '*student-system load*'
        Get-Record | Should -Be $before
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Undone'
        (Undo-AlmaPurgeDate $set).Status | Should -Be (@('Unchanged') * 3)
    }

    It 'previews without sending anything' {
        $results = $set | Undo-AlmaPurgeDate -WhatIf

        $results.Status | Should -Be (@('WouldRestore') * 3)
        @(Get-Change).Count | Should -Be $changes
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Marked'
    }

    It 'does nothing when it is declined, and asks in the words of the plan' {
        $asked = New-AskedHost 2
        $result = Invoke-InRunspace '$set | Undo-AlmaPurgeDate -Confirm -Connection $connection' -HostObject $asked -Variable @{
            set = $set; connection = (Get-AlmaConnection)
        }

        $result.Output | Should -BeNullOrEmpty
        @(Get-Change).Count | Should -Be $changes
    }

    It 'ends the run: no purge after it' {
        $null = $set | Undo-AlmaPurgeDate
        { $set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false } |
            Should -Throw '*Undo-AlmaPurgeDate*' -ErrorId 'RunUndone,*'
    }

    It 'refuses a run that is not marked' {
        $null = New-TestConnection
        { New-TestRun SetBuilt | Undo-AlmaPurgeDate } | Should -Throw -ErrorId "NotMarked,$id"
    }

    It 'reads a job template from the file that is named' {
        { $set | Undo-AlmaPurgeDate -JobTemplate "$TestDrive/nowhere.xml" } | Should -Throw -ErrorId "PathNotFound,$id"
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an id'; Value = '00123' }
        @{ What = 'a number'; Value = 7 }
    ) {
        { Undo-AlmaPurgeDate $Value } | Should -Throw -ErrorId "ParameterArgumentTransformationError,$id"
    }

    It 'has a table of three columns' {
        Get-Header ($set | Undo-AlmaPurgeDate -WhatIf) | Should -Be 'PrimaryId', 'Status', 'Detail'
    }
}
