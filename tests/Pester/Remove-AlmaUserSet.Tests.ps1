Describe 'Remove-AlmaUserSet' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        . $PSScriptRoot/staff.ps1
        $null = Import-TestCmdlet
        $command = 'AlmaPurge.Commands.RemoveAlmaUserSetCommand'

        function Get-SetName {
            @((Get-TestSimulator).Sets.Name)
        }
    }

    BeforeEach {
        $connection = New-TestConnection
        $set = New-TestRun SetBuilt
        $run = Get-AlmaPurgeRun $set.RunId
        $people = (Get-TestSimulator).Users.Count
    }

    It 'deletes the set, and nobody in it: <Name>' -ForEach @(
        @{ Name = 'a set of a run'; Call = { $set | Remove-AlmaUserSet -Confirm:$false } }
        @{ Name = 'a set as parameter'; Call = { Remove-AlmaUserSet -InputObject $set -Confirm:$false } }
        @{ Name = 'a run'; Call = { $run | Remove-AlmaUserSet -Confirm:$false } }
        @{ Name = 'a run as parameter'; Call = { Remove-AlmaUserSet -InputObject $run -Confirm:$false } }
        @{ Name = 'a set of Get-AlmaUserSet'; Call = { Get-AlmaUserSet $set.Name | Remove-AlmaUserSet -Confirm:$false } }
        @{ Name = 'a name'; Call = { Remove-AlmaUserSet $set.Name -Confirm:$false } }
        @{ Name = '-Name'; Call = { Remove-AlmaUserSet -Name $set.Name.ToUpperInvariant() -Confirm:$false } }
        @{ Name = '-SetId'; Call = { Remove-AlmaUserSet -SetId $set.SetId -Confirm:$false } }
        @{ Name = '-Connection'; Call = { $null = Disconnect-Alma; $connection = New-TestConnection; $set = New-TestRun SetBuilt; $other = $connection; $null = New-TestConnection; $set | Remove-AlmaUserSet -Connection $other -Confirm:$false } }
    ) {
        . $Call | Should -BeNullOrEmpty

        $simulator = Get-TestSimulator $connection
        $simulator.Sets | Should -BeNullOrEmpty
        $simulator.Users.Count | Should -Be $people
        $simulator.Purged | Should -BeNullOrEmpty
        @($simulator.Requests | Where-Object Method -EQ DELETE).Path | Should -Be "/almaws/v1/conf/sets/$($set.SetId)"
        $lines = Get-Content "$((Get-AlmaPurgeRun $set.RunId).Path)/journal.jsonl" | ConvertFrom-Json
        $lines[-2, -1].ForEach{ "$($_.kind) $($_.action) $($_.result)".Trim() } | Should -Be 'intent DeleteSet', 'outcome DeleteSet done'
    }

    It 'lets the run build another set' {
        $run | Remove-AlmaUserSet -Confirm:$false

        (Get-AlmaPurgeRun $run.RunId).NextStep | Should -Be 'New-AlmaUserSet'
        (Get-AlmaPurgeRun $run.RunId | New-AlmaUserSet).MemberCount | Should -Be 3
    }

    It 'clears up behind a purge' {
        $null = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG |
            Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait | Confirm-AlmaPurge
        Get-AlmaUserSet 'AlmaPurge *' | Remove-AlmaUserSet -Confirm:$false

        Get-SetName | Should -BeNullOrEmpty
        (Get-AlmaPurgeRun $run.RunId).State | Should -Be 'Verified'
        $run | Export-AlmaPurgeReport "$TestDrive/after.html" -Force | Get-Content -Raw | Should -Match 'Set deleted, and none of its members'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a marked run'; Error = 'SetStillNeeded'; Category = 'SecurityError'
            Call = { $null = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG; $set | Remove-AlmaUserSet -Confirm:$false -ErrorAction Stop } }
        @{ Name = 'a set that people have built'; Error = 'SetHandBuilt'; Category = 'SecurityError'
            Call = { $null = New-StaffSet (New-EmbeddedStaffClient) 'By hand' (Get-Purgeable 2); Remove-AlmaUserSet 'By hand' -Force -Confirm:$false -ErrorAction Stop } }
        @{ Name = 'a name that is not there'; Error = 'SetNotFound'; Category = 'ObjectNotFound'
            Call = { Remove-AlmaUserSet 'no such' -Confirm:$false -ErrorAction Stop } }
        @{ Name = 'an id that is not there'; Error = 'SetNotFound'; Category = 'ObjectNotFound'
            Call = { Remove-AlmaUserSet -SetId '1' -Confirm:$false -ErrorAction Stop } }
        @{ Name = 'a run without a set'; Error = 'SetMissing'; Category = 'InvalidOperation'
            Call = { Get-AlmaPurgeRun (New-TestRun Imported)[0].RunId | Remove-AlmaUserSet -Confirm:$false -ErrorAction Stop } }
    ) {
        $before = @(Get-SetName).Count
        $problem = { & $Call } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "$Error,$command"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.TargetObject | Should -Not -BeNullOrEmpty
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        @(Get-SetName).Count | Should -BeGreaterOrEqual $before
    }

    It 'goes on with the others where one is refused' {
        $null = New-StaffSet (New-EmbeddedStaffClient) 'By hand' (Get-Purgeable 1)
        Get-AlmaUserSet | Remove-AlmaUserSet -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue

        $problem.FullyQualifiedErrorId | Should -Be "SetHandBuilt,$command"
        Get-SetName | Should -Be 'By hand'
    }

    It 'deletes a set whose run is not here with -Force only' {
        $name = $set.Name
        Remove-AlmaPurgeRun $run
        { Remove-AlmaUserSet $name -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId "SetOfUnknownRun,$command"
        Remove-AlmaUserSet $name -Force -Confirm:$false

        Get-SetName | Should -BeNullOrEmpty
    }

    It 'describes under -WhatIf and sends nothing that changes: <Name>' -ForEach @(
        @{ Name = 'a set'; Line = '$set | Remove-AlmaUserSet -WhatIf -Connection $connection' }
        @{ Name = 'a name'; Line = 'Remove-AlmaUserSet $set.Name -WhatIf -Connection $connection' }
    ) {
        $before = @(Get-Change).Count
        $screen = New-AskedHost 0
        $null = Invoke-InRunspace $Line -HostObject $screen -Variable @{ set = $set; connection = $connection }

        $screen.Shown -join "`n" | Should -BeLike "*What if: Delete the user set '$($set.Name)' ($($set.SetId), 3 members) in Alma, this set only: the members stay as they are.*01SIM_INST*"
        @(Get-Change).Count | Should -Be $before
        Get-SetName | Should -Be $set.Name
    }

    It 'describes at the end of a previewed pipeline' {
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$candidates | New-AlmaUserSet -WhatIf -Connection $connection | Remove-AlmaUserSet -Connection $connection' -HostObject $screen -Variable @{
            candidates = New-TestRun Imported; connection = $connection
        }

        $there.Errors | Should -BeNullOrEmpty
        $screen.Shown -join "`n" | Should -BeLike '*What if: Delete the user set that the preview would make*'
    }

    It 'asks with -Confirm, and a no deletes nothing' {
        $screen = New-AskedHost 2
        $null = Invoke-InRunspace '$set | Remove-AlmaUserSet -Connection $connection -Confirm' -HostObject $screen -Variable @{ set = $set; connection = $connection }
        $screen.Shown -join "`n" | Should -BeLike "*Simulated: *Delete the user set '$($set.Name)'*Go on?*"
        Get-SetName | Should -Be $set.Name

        $yes = New-AskedHost 0
        $null = Invoke-InRunspace '$set | Remove-AlmaUserSet -Connection $connection -Confirm' -HostObject $yes -Variable @{ set = $set; connection = $connection }
        Get-SetName | Should -BeNullOrEmpty
    }

    It 'is refused where nobody can be asked' {
        (Invoke-InRunspace '$set | Remove-AlmaUserSet -Connection $connection -Confirm' -Variable @{ set = $set; connection = $connection }).ErrorId |
            Should -Be "CannotPrompt,$command"
        Get-SetName | Should -Be $set.Name
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a number'; Value = 12 }
        @{ What = 'a text from the pipeline'; Value = 'AlmaPurge x' }
    ) {
        $Value | Remove-AlmaUserSet -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -Match 'AlmaUserSet or AlmaPurgeRun'
        Get-SetName | Should -Be $set.Name
    }

    It 'needs a connection' {
        $null = Disconnect-Alma
        { $set | Remove-AlmaUserSet -Confirm:$false } | Should -Throw -ErrorId "NotConnected,$command"
    }
}
