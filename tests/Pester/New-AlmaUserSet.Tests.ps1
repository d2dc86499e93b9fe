Describe 'New-AlmaUserSet' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.NewAlmaUserSetCommand'
    }

    BeforeEach {
        $connection = New-TestConnection
        $candidates = New-TestRun Imported
        $run = Get-AlmaPurgeRun $candidates[0].RunId
    }

    It 'builds the set of those who were handed over: <Name>' -ForEach @(
        @{ Name = 'candidates'; Call = { $candidates | New-AlmaUserSet } }
        @{ Name = 'candidates as parameter'; Call = { New-AlmaUserSet $candidates } }
        @{ Name = 'a run'; Call = { $run | New-AlmaUserSet } }
        @{ Name = 'a run as parameter'; Call = { New-AlmaUserSet -InputObject $run } }
        @{ Name = 'checked candidates'; Call = { $candidates | Confirm-AlmaPurgeCandidate | New-AlmaUserSet } }
    ) {
        $set = & $Call

        $set | Should -BeOfType AlmaPurge.AlmaUserSet
        $set.MemberCount | Should -Be 3
        $set.IsPreview | Should -BeFalse
        $set.PurgeDate | Should -BeNullOrEmpty
        $there = (Get-TestSimulator).Sets | Where-Object Id -EQ $set.SetId
        $there.MemberIds | Should -Be $candidates.PrimaryId
        $there.Name | Should -Be $set.Name
        (Get-AlmaPurgeRun $run).State | Should -Be 'SetBuilt'
    }

    It 'takes name and description' {
        $set = $candidates | New-AlmaUserSet -Name 'Spring clean' -Description 'Agreed on 3 May'

        $there = (Get-TestSimulator).Sets | Where-Object Id -EQ $set.SetId
        $there.Name | Should -Be 'Spring clean'
        $there.Description | Should -Be 'Agreed on 3 May'
    }

    It 'says in name and description what the set is for, if not told' {
        $set = $candidates | New-AlmaUserSet

        $set.Name | Should -BeLike "*$($run.RunId)*"
        ((Get-TestSimulator).Sets | Where-Object Id -EQ $set.SetId).Description | Should -BeLike '*UNDRGRD*2025-01-01*'
    }

    It 'keeps those who did not arrive' {
        $set = $candidates | Where-Object PrimaryId -NE $candidates[1].PrimaryId | New-AlmaUserSet

        $set.MemberCount | Should -Be 2
        $kept = Get-AlmaPurgeExclusion $run
        $kept.PrimaryId | Should -Be $candidates[1].PrimaryId
        $kept.Rule | Should -Be 'NotPassedOn'
    }

    It 'refuses whom no review of the run had, and takes them after a new one' {
        $null = $candidates[0, 1] | Confirm-AlmaPurgeCandidate | Export-AlmaPurgeReview "$TestDrive/first.xlsx"

        $problem = { $run | New-AlmaUserSet } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "NotInReview,$id"
        $problem.TargetObject | Should -Be $candidates[2].PrimaryId
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Export-AlmaPurgeReview*'
        Get-Change | Should -BeNullOrEmpty
        { $run | New-AlmaUserSet -WhatIf } | Should -Throw
        $null = $run | Export-AlmaPurgeReview "$TestDrive/second.xlsx"
        ($run | New-AlmaUserSet).MemberCount | Should -Be 3
    }

    It 'makes the live check itself where there is none' {
        $sim = Get-TestSimulator
        $staff = ($sim.Users | Where-Object { $_.OpenLoans -gt 0 -and $_.UserGroup -eq $Group -and $_.ExpiryDate -lt [dateonly]::new(2025, 1, 1) })[0].PrimaryId
        $set = Import-AlmaPurgeCandidate -PrimaryId @($staff; Get-Purgeable 2) -UserGroup $Group -ExpiredBefore $Cutoff |
            New-AlmaUserSet

        $set.MemberCount | Should -Be 2
        (Get-AlmaPurgeExclusion $set.RunId).Rules | Should -Contain 'OpenLoans'
    }

    It 'refuses more than -MaximumCount and writes nothing' {
        $problem = { $candidates | New-AlmaUserSet -MaximumCount 2 } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "MoreThanMaximumCount,$id"
        $problem.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $problem.TargetObject | Should -Be $run.RunId
        $problem | Should -BeLike '*3 patrons*-MaximumCount is 2*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-MaximumCount 3*'
        Get-Change | Should -BeNullOrEmpty
        ($candidates | New-AlmaUserSet -MaximumCount 3).MemberCount | Should -Be 3
    }

    It 'has a ceiling of 500 if not told' {
        $null = New-TestConnection @{ UserCount = 3000 }
        $many = Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable 501) -UserGroup $Group -ExpiredBefore $Cutoff

        { $many | New-AlmaUserSet } | Should -Throw '*501 patrons*500*' -ErrorId "MoreThanMaximumCount,$id"
    }

    It 'refuses a name that is taken' {
        $null = $candidates | New-AlmaUserSet -Name taken
        $problem = { New-TestRun Imported | New-AlmaUserSet -Name taken } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "SetNameTaken,$id"
        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'gives back a set that is built already, and refuses a second one' {
        $set = $candidates | New-AlmaUserSet
        $changes = @(Get-Change).Count
        ($candidates | New-AlmaUserSet).SetId | Should -Be $set.SetId
        (Get-AlmaPurgeRun $set.RunId | New-AlmaUserSet).MemberCount | Should -Be $set.MemberCount
        @(Get-Change).Count | Should -Be $changes
        { $candidates | New-AlmaUserSet -Name other } | Should -Throw '*Set-AlmaPurgeDate*' -ErrorId "SetAlreadyBuilt,$id"
    }

    It 'refuses candidates of two runs' {
        $other = New-TestRun Imported
        { $candidates[0], $other[1] | New-AlmaUserSet } | Should -Throw -ErrorId "SeveralRuns,$id"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a number'; Value = 12345; Text = '*leading zeros*' }
        @{ Name = 'an id'; Value = '0012345'; Text = '*only an id*Import-AlmaPurgeCandidate -PrimaryId*' }
        @{ Name = 'another object'; Value = [pscustomobject]@{ PrimaryId = 'x' }; Text = '*no AlmaPurgeCandidate*' }
    ) {
        $Value | New-AlmaUserSet -ErrorAction SilentlyContinue -ErrorVariable problem -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -Be "ParameterArgumentTransformationError,$id"
        "$problem" | Should -BeLike $Text
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses exclusions' {
        $null = $candidates | Select-Object -First 2 | New-AlmaUserSet
        { New-AlmaUserSet (Get-AlmaPurgeExclusion $run) } | Should -Throw '*patron who is kept*'
    }

    It 'warns and builds nothing when nobody arrives' {
        @() | New-AlmaUserSet -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warning | Should -BeLike '*No candidate arrived*'
    }

    It 'describes under -WhatIf and changes nothing' {
        $screen = New-AskedHost 0
        $there = Invoke-InRunspace '$candidates | New-AlmaUserSet -WhatIf -Connection $connection' -HostObject $screen -Variable @{
            candidates = $candidates; connection = $connection
        }

        $there.Output.IsPreview | Should -BeTrue
        $there.Output.SetId | Should -BeNullOrEmpty
        $there.Output.MemberCount | Should -Be 3
        $screen.Shown | Should -BeLike 'What if: *3 patrons*ceiling 500*01SIM_INST*'
        Get-Change | Should -BeNullOrEmpty
        (Get-AlmaPurgeRun $run).State | Should -Be 'Imported'
    }

    It 'asks with -Confirm: <Choice> makes <Sets> set(s)' -ForEach @{ Choice = 0; Sets = 1 }, @{ Choice = 2; Sets = 0 } {
        $before = (Get-TestSimulator).Sets.Count
        $screen = New-AskedHost $Choice
        $there = Invoke-InRunspace '$candidates | New-AlmaUserSet -Confirm -Connection $connection' -HostObject $screen -Variable @{
            candidates = $candidates; connection = $connection
        }

        $there.Exception | Should -BeNullOrEmpty
        @($there.Output).Count | Should -Be $Sets
        (Get-TestSimulator).Sets.Count - $before | Should -Be $Sets
        $screen.Shown | Should -BeLike "choice: *01SIM_INST*: *user set 'AlmaPurge *' of 3 patrons (ceiling 500)*Institution 01SIM_INST, environment Simulated*UNDRGRD expired before 2025-01-01*"
    }

    It 'fails clearly with a key that may only read' {
        $null = New-TestConnection -Area 'configuration:read', 'users:read'
        $own = New-TestRun Imported
        $problem = { $own | New-AlmaUserSet } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -BeIn "AlmaKeyRefused,$id", "AlmaNotPermitted,$id"
        $problem | Should -BeLike '*Configuration*'
        (Get-TestSimulator).Sets | Should -BeNullOrEmpty
    }

    It 'uses -Connection and not that of the session' {
        $null = New-TestConnection
        $before = (Get-TestSimulator).Requests.Count
        $null = $candidates | New-AlmaUserSet -Connection $connection

        (Get-TestSimulator).Requests.Count | Should -Be $before
        (Get-TestSimulator $connection).Sets.Count | Should -Be 1
    }

    It 'is shown in a table' {
        Get-Header ($candidates | New-AlmaUserSet) |
            Should -Be 'SetId', 'Name', 'Members', 'Purge date', 'Purge group', 'Preview'
    }
}
