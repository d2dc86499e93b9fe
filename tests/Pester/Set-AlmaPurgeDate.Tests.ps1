Describe 'Set-AlmaPurgeDate' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.SetAlmaPurgeDateCommand'
        $latest = (Get-Date).Date.AddDays(-2)
        function Get-Marked {
            (Get-TestSimulator).Users | Where-Object UserGroup -EQ 'PURGEUG'
        }
    }

    BeforeEach {
        $connection = New-TestConnection
        $set = New-TestRun SetBuilt
        $ids = ((Get-TestSimulator).Sets | Where-Object Id -EQ $set.SetId).MemberIds
        $changes = @(Get-Change).Count
    }

    It 'marks the members of the set: <Name>' -ForEach @(
        @{ Name = 'piped'; Call = { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG } }
        @{ Name = 'as parameter'; Call = { Set-AlmaPurgeDate $set -PurgeGroup PURGEUG } }
        @{ Name = 'by its run'; Call = { Get-AlmaPurgeRun $set.RunId | Set-AlmaPurgeDate -PurgeGroup PURGEUG } }
        @{ Name = 'group by description'; Call = { $set | Set-AlmaPurgeDate -PurgeGroup 'purge undergraduates' } }
    ) {
        $marked = & $Call

        $marked | Should -BeOfType AlmaPurge.AlmaUserSet
        $marked.SetId | Should -Be $set.SetId
        $marked.MemberCount | Should -Be 3
        $marked.PurgeGroup | Should -Be 'PURGEUG'
        $marked.PurgeDate | Should -Be (Get-Date).Date.AddDays(-30)
        (Get-Marked).PrimaryId | Sort-Object | Should -Be ($ids | Sort-Object)
        (Get-Marked).PurgeDate | Should -Be (@([dateonly]::FromDateTime($marked.PurgeDate)) * 3)
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Marked'
    }

    It 'sets the purge date <Expected> for <Name>' -ForEach @(
        @{ Name = '-PurgeDate as text'; Arguments = @{ PurgeDate = '2025-03-04' }; Expected = [datetime]'2025-03-04' }
        @{ Name = '-PurgeDate as DateTime'; Arguments = @{ PurgeDate = [datetime]'2025-03-04T23:59' }; Expected = [datetime]'2025-03-04' }
        @{ Name = '-DaysAgo'; Arguments = @{ DaysAgo = 2 }; Expected = [datetime]::Today.AddDays(-2) }
    ) {
        ($set | Set-AlmaPurgeDate -PurgeGroup PURGEUG @Arguments).PurgeDate | Should -Be $Expected
        (Get-Marked).PurgeDate[0] | Should -Be ([dateonly]::FromDateTime($Expected))
    }

    It 'leaves patrons in their group with -KeepUserGroup' {
        $marked = $set | Set-AlmaPurgeDate -KeepUserGroup -PurgeDate 2025-03-04

        $marked.PurgeGroup | Should -BeNullOrEmpty
        Get-Marked | Should -BeNullOrEmpty
        $users = $ids | ForEach-Object { (Get-TestSimulator).FindUser($_) }
        $users.UserGroup | Should -Be (@($Group) * 3)
        $users.PurgeDate | Should -Be (@([dateonly]'2025-03-04') * 3)
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'an unknown group'; Arguments = @{ PurgeGroup = 'PURGEXX' }; Id = 'UserGroupNotFound'
            Category = 'ObjectNotFound'; Target = 'PURGEXX'; Text = '*PURGEUG (Purge Undergraduates)*'
        }
        @{ Name = "the patrons' own group"; Arguments = @{ PurgeGroup = 'UNDRGRD' }; Id = 'PurgeGroupIsOwnGroup'
            Category = 'InvalidArgument'; Target = 'UNDRGRD'; Text = '*patrons themselves*'
        }
        @{ Name = 'a group that holds others'; Arguments = @{ PurgeGroup = 'GRAD' }; Id = 'PurgeGroupHoldsOthers'
            Category = 'SecurityError'; Text = '*GRAD holds * user(s) who are not to be purged by this run*'
        }
        @{ Name = 'yesterday'; Arguments = @{ PurgeGroup = 'PURGEUG'; PurgeDate = (Get-Date).Date.AddDays(-1) }
            Id = 'PurgeDateOutOfRange'; Category = 'InvalidArgument'; Text = '*at least two days back*'
        }
        @{ Name = 'a date in the future'; Arguments = @{ PurgeGroup = 'PURGEUG'; PurgeDate = '2999-01-01' }
            Id = 'PurgeDateOutOfRange'; Category = 'InvalidArgument'; Target = '2999-01-01'; Text = '*2999-01-01*'
        }
        @{ Name = 'a date that Alma could take for none'; Arguments = @{ PurgeGroup = 'PURGEUG'; PurgeDate = '2000-01-01' }
            Id = 'PurgeDateOutOfRange'; Category = 'InvalidArgument'; Target = '2000-01-01'; Text = '*2000-01-01*'
        }
        @{ Name = 'two dates'; Arguments = @{ PurgeGroup = 'PURGEUG'; PurgeDate = '2025-03-04'; DaysAgo = 9 }
            Id = 'PurgeDateTwice'; Category = 'InvalidArgument'; Target = 'DaysAgo'; Text = '*Give one of them*'
        }
        @{ Name = 'neither group nor keeping it'; Arguments = @{ KeepUserGroup = $false }
            Id = 'PurgeGroupMissing'; Category = 'InvalidArgument'; Target = 'KeepUserGroup'; Text = '*-PurgeGroup*'
        }
        @{ Name = 'a template that is not there'; Arguments = @{ PurgeGroup = 'PURGEUG'; JobTemplate = './none.xml' }
            Id = 'PathNotFound'; Category = 'ObjectNotFound'; Text = '*none.xml*'
        }
    ) {
        $problem = { $set | Set-AlmaPurgeDate @Arguments } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "$Id,$((Get-Command Set-AlmaPurgeDate).ImplementingType)"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.Exception.Message | Should -BeLike $Text
        if ($Target) { $problem.TargetObject | Should -Be $Target }
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        @(Get-Change).Count | Should -Be $changes
    }

    It 'takes a date two days back' {
        ($set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -PurgeDate $latest).PurgeDate | Should -Be $latest
    }

    It 'refuses what cannot be meant: <_>' -ForEach @(
        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -DaysAgo 1 }
        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -PurgeDate 03/04/2025 }
        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -KeepUserGroup }
        { $set | Set-AlmaPurgeDate -PurgeGroup '' }
        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -MaximumCheckAge 24:00:00 }
        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -MaximumCheckAge -1 }
        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -MaximumCheckAge a-day }
    ) {
        $_ | Should -Throw
        @(Get-Change).Count | Should -Be $changes
    }

    It 'asks for the group where it is missing, and says which one where it cannot ask' {
        $there = Invoke-InRunspace '$set | Set-AlmaPurgeDate' -Variable @{ set = $set }

        $there.Exception.Message | Should -BeLike '*PurgeGroup*'
    }

    It 'makes the check anew once it is older than -MaximumCheckAge: <Age>' -ForEach @(
        @{ Age = 0; Anew = $true }
        @{ Age = [timespan]::Zero; Anew = $true }
        @{ Age = 1; Anew = $false }
        @{ Age = '0:30'; Anew = $false }
    ) {
        $null = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -MaximumCheckAge $Age -Verbose -OutVariable out 4>&1

        "$out" -like '*checking them now*' | Should -Be $Anew
    }

    It 'gives back a set that is marked already, and refuses to mark it otherwise' {
        $marked = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG
        $changes = @(Get-Change).Count
        $again = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG
        $again.PurgeDate | Should -Be $marked.PurgeDate
        $again.MemberCount | Should -Be $marked.MemberCount
        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -DaysAgo 40 } |
            Should -Throw '*Start-AlmaPurgeJob*' -ErrorId "AlreadyMarked,$id"
        @(Get-Change).Count | Should -Be $changes
    }

    It 'refuses a run without a set, and a set without a run' {
        { Get-AlmaPurgeRun (New-TestRun Imported)[0].RunId | Set-AlmaPurgeDate -PurgeGroup PURGEUG } |
            Should -Throw '*New-AlmaUserSet*' -ErrorId "SetMissing,$id"
        { Get-AlmaUserSet -SetId $set.SetId | Set-AlmaPurgeDate -PurgeGroup PURGEUG } |
            Should -Throw '*belongs to no run*' -ErrorId "NotOfARun,$id"
        @(Get-Change).Count | Should -Be $changes
    }

    It 'refuses candidates, numbers and names' {
        foreach ($value in (New-TestRun Imported)[0], 9563000000010561, 'AlmaPurge set') {
            { Set-AlmaPurgeDate $value -PurgeGroup PURGEUG } | Should -Throw '*AlmaUserSet or AlmaPurgeRun*'
        }
    }

    It 'describes under -WhatIf and changes nothing' {
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$set | Set-AlmaPurgeDate -PurgeDate 2025-03-04 -PurgeGroup PURGEUG -WhatIf -Connection $connection' `
            -HostObject $screen -Variable @{ set = $set; connection = $connection }

        $there.Output.IsPreview | Should -BeTrue
        $there.Output.PurgeGroup | Should -Be 'PURGEUG'
        $there.Output.MemberCount | Should -Be 3
        $screen.Shown | Should -BeLike 'What if: Set the purge date 2025-03-04*PURGEUG*3 patrons*01SIM_INST*'
        @(Get-Change).Count | Should -Be $changes
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'SetBuilt'
    }

    It 'asks with -Confirm: choice <Choice> marks <Count>' -ForEach @{ Choice = 0; Count = 3 }, @{ Choice = 2; Count = 0 } {
        $screen = New-AskedHost $Choice
        $there = Invoke-InRunspace '$set | Set-AlmaPurgeDate -PurgeDate 2025-03-04 -PurgeGroup PURGEUG -Confirm -Connection $connection' `
            -HostObject $screen -Variable @{ set = $set; connection = $connection }

        $there.Exception | Should -BeNullOrEmpty
        @(Get-Marked).Count | Should -Be $Count
        @($there.Output).Count | Should -Be ([int] ($Count -gt 0))
        $screen.Shown | Should -BeLike ("choice: *01SIM_INST*: *2025-03-04*purge group PURGEUG*3 patrons*user set '*'*" +
            'Institution 01SIM_INST, environment Simulated*UNDRGRD expired before 2025-01-01*')
    }

    It 'has the purge group typed in production: "<Typed>" marks <Count>' -ForEach @(
        @{ Typed = 'PURGEUG'; Count = 3 }
        @{ Typed = 'purgeug'; Count = 0 }
        @{ Typed = ''; Count = 0 }
    ) {
        $production = New-TestConnection @{ EnvironmentType = 'PRODUCTION' }
        $set = New-TestRun SetBuilt
        $screen = New-AskedHost 0 $Typed
        $there = Invoke-InRunspace '$set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -Confirm -Connection $connection' `
            -HostObject $screen -Variable @{ set = $set; connection = $production }

        $there.Exception | Should -BeNullOrEmpty
        $screen.Shown -like '*Type PURGEUG*' | Should -Not -BeNullOrEmpty
        @(Get-Marked).Count | Should -Be $Count
    }

    It 'catches a day that shifted on the way, and Undo-AlmaPurgeDate gives back all of it' {
        $null = New-TestConnection @{ Faults = [string[]] 'wrongDayMark' }
        $set = New-TestRun SetBuilt

        { $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -ErrorAction Stop } |
            Should -Throw -ErrorId 'PurgeDateShifted,AlmaPurge.Commands.SetAlmaPurgeDateCommand'

        ($set | Undo-AlmaPurgeDate).Status | Should -Be 'Restored', 'Restored', 'Restored'
        @(Get-Marked).Count | Should -Be 0
    }

    It 'only stops waiting on Ctrl+C, within a second, and says so' {
        $screen = New-AskedHost 0
        $connection = New-TestConnection @{ JobRunTime = [timespan]::FromMilliseconds(50) }
        $simulator = Get-TestSimulator
        $set = New-TestRun SetBuilt
        $simulator.Clock.Freeze()
        $stopped = Invoke-InRunspace '$set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -Connection $connection' $screen `
            -Variable @{ set = $set; connection = $connection } `
            -StopWhen { $simulator.JobRuns.Count -eq 1 -and $simulator.Requests[-1].Path -like '*/instances/*' }

        $stopped.State | Should -Be 'Stopped'
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 1
        $screen.Shown | Should -BeLike 'warning: The marking job*was started and goes on (Wait-AlmaJob -JobId M148 -InstanceId *'
        (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Partial'
    }

    It 'completes the group' {
        Get-Completion 'Set-AlmaPurgeDate -PurgeGroup purge' | Should -Be 'PURGEUG', 'PURGEGR'
    }

    It 'uses -Connection and not that of the session' {
        $null = New-TestConnection
        $before = (Get-TestSimulator).Requests.Count
        ($set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -Connection $connection).PurgeGroup | Should -Be 'PURGEUG'

        (Get-TestSimulator).Requests.Count | Should -Be $before
    }
}
