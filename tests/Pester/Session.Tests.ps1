# The main job as a person would type it, judged by the simulator's own records.
Describe 'A whole purge' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $import = @{ Path = "$TestDrive/users.csv"; UserGroup = $Group; ExpiredBefore = $Cutoff }
        $start = @{ WaiveThreshold = 1; DeleteUserPolicy = 'KeepStatistics'; Wait = $true; Confirm = $false }
        $day = [dateonly]::FromDateTime($Cutoff)

        # Every purgeable patron gone, nobody else, and one result for each row that was imported.
        function Assert-Purge($Results) {
            $simulator = Get-TestSimulator
            $expected = $simulator.PurgeableFor($Group, $day) | Sort-Object
            $expected.Count | Should -BeGreaterThan 20
            $simulator.WronglyPurged($Group, $day) | Should -BeNullOrEmpty
            $simulator.Purged.PrimaryId | Sort-Object | Should -Be $expected
            ($Results | Where-Object Status -EQ Purged).PrimaryId | Sort-Object | Should -Be $expected
            $Results.Status | Select-Object -Unique | Should -BeIn 'Purged', 'Kept'
            ($Results | Where-Object { $_.Status -eq 'Kept' -and -not $_.Rule }) | Should -BeNullOrEmpty
            $imported = @(Import-Csv "$TestDrive/users.csv").Count
            $Results.Count | Should -Be $imported
            ($Results.PrimaryId | Select-Object -Unique).Count | Should -Be $imported
            (Get-AlmaPurgeRun $Results[0].RunId).State | Should -Be 'Verified'
        }
    }

    BeforeEach {
        $null = New-TestConnection
        Export-AlmaSimulatorReport -Kind Users -Path "$TestDrive/users.csv"
        Export-AlmaSimulatorReport -Kind Fines -Path "$TestDrive/fines.csv"
    }

    It 'goes through in one pipeline, by <_>' -ForEach 'SetJob', 'UserDelete', 'Handoff' {
        # By Handoff staff read what they are to do, and do it.
        $how = $start.Clone()
        $how.Wait = $_ -ne 'Handoff'
        $results = Import-AlmaPurgeCandidate @import |
            Remove-AlmaFinesHolder -Path "$TestDrive/fines.csv" |
            Confirm-AlmaPurgeCandidate |
            New-AlmaUserSet |
            Set-AlmaPurgeDate -PurgeDate 2025-10-01 -PurgeGroup PURGEUG |
            Start-AlmaPurgeJob -Route $_ @how -InformationAction Ignore |
            ForEach-Object { if ($_.Instructions) { $null = Invoke-StaffPurge $_.Instructions }; $_ } |
            Wait-AlmaJob |
            Confirm-AlmaPurge

        Assert-Purge $results
    }

    It 'goes through in lines of its own, with variables' {
        $candidates = Import-AlmaPurgeCandidate @import
        $withoutFines = $candidates | Remove-AlmaFinesHolder "$TestDrive/fines.csv"
        $checked = $withoutFines | Confirm-AlmaPurgeCandidate
        $set = $checked | New-AlmaUserSet
        $marked = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG
        $job = $marked | Start-AlmaPurgeJob -Route SetJob @start

        Assert-Purge ($job | Confirm-AlmaPurge)
    }

    It 'goes through with the run picked up for each step' {
        $run = (Import-AlmaPurgeCandidate @import)[0].RunId
        $null = Get-AlmaPurgeRun $run | Remove-AlmaFinesHolder -Path "$TestDrive/fines.csv"
        $null = Get-AlmaPurgeRun $run | Confirm-AlmaPurgeCandidate
        $null = Get-AlmaPurgeRun $run | New-AlmaUserSet
        $null = Get-AlmaPurgeRun $run | Set-AlmaPurgeDate -PurgeGroup PURGEUG
        $null = Get-AlmaPurgeRun $run | Start-AlmaPurgeJob -Route SetJob @start

        Assert-Purge (Get-AlmaPurgeRun $run | Confirm-AlmaPurge)
    }

    It 'makes all checks with every optional step left out' {
        $results = Import-AlmaPurgeCandidate @import | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG |
            Start-AlmaPurgeJob -Route SetJob @start | Confirm-AlmaPurge

        Assert-Purge $results
        'OpenLoans', 'OwesFees', 'Proxy' | ForEach-Object { $results.Rule | Should -Contain $_ }
    }

    It 'keeps a patron who borrows something after the marking, and undoes the marking' {
        $set = Import-AlmaPurgeCandidate @import | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG
        $simulator = Get-TestSimulator
        $patron = (Get-Purgeable 1)
        $before = $simulator.FindUser($patron).InitialState
        $spec = $simulator.FindUser($patron).State.GetType()
        $change = [System.Linq.Expressions.Expression]
        $state = $change::Parameter($spec, 's')
        $copy = $change::Convert($change::Call($state, $spec.GetMethod('<Clone>$')), $spec)
        $local = $change::Variable($spec)
        $body = $change::Block($spec, [System.Linq.Expressions.ParameterExpression[]] @($local),
            [System.Linq.Expressions.Expression[]] @($change::Assign($local, $copy),
                $change::Assign($change::Property($local, 'OpenLoans'), $change::Constant(1)), $local))
        $simulator.UpdateUser($patron, $change::Lambda([System.Func`2].MakeGenericType($spec, $spec), $body, $state).Compile())
        $results = $set | Start-AlmaPurgeJob -Route SetJob @start -WarningAction SilentlyContinue | Confirm-AlmaPurge

        ($results | Where-Object PrimaryId -EQ $patron).Status | Should -Be 'Kept'
        ($results | Where-Object PrimaryId -EQ $patron).Rule | Should -Be 'Drifted'
        $simulator.FindUser($patron).IsDeleted | Should -BeFalse
        $simulator.FindUser($patron).UserGroup | Should -Be $before.UserGroup
        $simulator.FindUser($patron).PurgeDate | Should -Be $before.PurgeDate
        $simulator.Purged.Count | Should -Be ((Get-Purgeable).Count - 1)
    }

    Context 'as a script' {
        BeforeAll {
            @"
                param([switch] `$Sure)
                `$ErrorActionPreference = 'Stop'
                Import-Module '$ModulePath'
                `$null = Connect-Alma -Simulator
                Export-AlmaSimulatorReport -Kind Users -Path '$TestDrive/own.csv'
                `$answer = if (`$Sure) { @{ Confirm = `$false } } else { @{} }
                try {
                    `$results = Import-AlmaPurgeCandidate '$TestDrive/own.csv' -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 |
                        Confirm-AlmaPurgeCandidate | New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEUG |
                        Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Wait @answer | Confirm-AlmaPurge
                    "results: `$(`$results.Count), purged: `$((`$results | Where-Object Status -EQ Purged).Count)"
                } catch {
                    "error: `$(`$_.FullyQualifiedErrorId)"
                }
                "sets: `$(@(Get-AlmaUserSet).Count)"
                "runs: `$(@(Get-AlmaPurgeRun).Count)"
"@ | Set-Content "$TestDrive/purge.ps1"
        }

        BeforeEach {
            $env:ALMAPURGE_RUNS = "$TestDrive/$([guid]::NewGuid())"
        }

        It 'goes through unattended with -Confirm:$false' {
            $said = pwsh -NoProfile -NonInteractive -File "$TestDrive/purge.ps1" -Sure

            $null = Connect-Alma -Simulator
            $said | Should -Be "results: $(@(Import-Csv "$TestDrive/own.csv").Count), purged: $(@(Get-Purgeable).Count)", 'sets: 1', 'runs: 1'
        }

        It 'is refused unattended without it, before a set or a run exists' {
            $said = pwsh -NoProfile -NonInteractive -File "$TestDrive/purge.ps1"

            $said | Should -Be 'error: CannotPrompt,AlmaPurge.Commands.StartAlmaPurgeJobCommand', 'sets: 0', 'runs: 0'
        }

        It 'is refused with a blank line on standard input' {
            $said = '', '', '' | pwsh -NoProfile -File "$TestDrive/purge.ps1"

            $said | Should -Be 'error: CannotPrompt,AlmaPurge.Commands.StartAlmaPurgeJobCommand', 'sets: 0', 'runs: 0'
        }
    }
}
