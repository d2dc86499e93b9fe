Describe 'Get-AlmaUserGroup' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/simulator.ps1
        $null = Connect-Alma -Simulator -SimulatorUserCount 10
        $command = 'AlmaPurge.Commands.GetAlmaUserGroupCommand'
    }

    AfterAll {
        Disconnect-Alma
    }

    It 'lists all groups of the institution, by a GET' {
        $groups = Get-AlmaUserGroup
        $known = (Get-TestSimulator).UserGroups

        $groups | Should -BeOfType ([AlmaPurge.AlmaUserGroup])
        $groups.Code | Should -Be $known.Code
        $groups.Description | Should -Be $known.Description
        Get-WriteRequest | Should -BeNullOrEmpty
    }

    It 'finds <UserGroup>' -ForEach @(
        @{ UserGroup = 'GRAD'; Code = 'GRAD' }
        @{ UserGroup = ' grad '; Code = 'GRAD' }
        @{ UserGroup = 'Graduate Students'; Code = 'GRAD' }
        @{ UserGroup = 'PURGE*'; Code = 'PURGEUG', 'PURGEGR' }
        @{ UserGroup = '*students'; Code = 'UNDRGRD', 'GRAD' }
        @{ UserGroup = 'STAFF', 'ALUM*'; Code = 'STAFF', 'ALUMNI' }
    ) {
        (Get-AlmaUserGroup $UserGroup).Code | Should -Be $Code
    }

    It 'says that a group is not there and goes on' {
        $found = Get-AlmaUserGroup nix, GRAD -ErrorVariable problem -ErrorAction SilentlyContinue

        $found.Code | Should -Be 'GRAD'
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -Be "UserGroupNotFound,$command"
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].TargetObject | Should -Be 'nix'
        "$($problem[0].Exception.Message) $($problem[0].ErrorDetails.RecommendedAction)" | Should -BeLike "*'nix'*UNDRGRD*"
    }

    It 'finds nothing by a wildcard without a word' {
        Get-AlmaUserGroup zz* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'uses the -Connection given, and needs one' {
        $run = Invoke-InRunspace -Variable @{ own = (Get-AlmaConnection) } 'Get-AlmaUserGroup FACULTY -Connection $own'
        $run.Output[0].Description | Should -Be 'Faculty'

        (Invoke-InRunspace 'Get-AlmaUserGroup').ErrorId | Should -Be "NotConnected,$command"
    }

    It 'tells that a connection was ended' {
        $run = Invoke-InRunspace @'
            $ended = Connect-Alma -Simulator -SimulatorUserCount 10
            Disconnect-Alma
            Get-AlmaUserGroup -Connection $ended
'@
        $run.ErrorId | Should -Be "ConnectionClosed,$command"
        $run.Output | Should -BeNullOrEmpty
    }

    It 'completes codes and shows the description beside them' {
        Get-Completion 'Get-AlmaUserGroup al' | Should -Be 'ALUMNI'
        $line = 'Get-AlmaUserGroup ALUM'
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.ToolTip |
            Should -Be 'Alumni'
    }

    It 'shows code and description' {
        Get-AlmaUserGroup | Get-TableHeading | Should -Be 'Code', 'Description'
    }
}
