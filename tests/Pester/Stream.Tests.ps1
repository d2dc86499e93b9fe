Describe 'Stream base' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
        $log = [AlmaPurge.Module.Tests.Cmdlets.StepLog]
    }

    BeforeEach {
        $log::Clear()
    }

    AfterEach {
        $log::Running | Should -Be 0 -Because 'no step may work on behind a pipeline that is gone'
    }

    It 'keeps the order with many in flight' {
        $out = 1..2000 | Convert-TestStream -Delay 1

        $out -join ' ' | Should -Be ((1..2000).ForEach{ $_ * 2 } -join ' ')
        $log::Entries | Should -Be 'complete'
    }

    It 'starts nothing without a record' {
        @() | Convert-TestStream | Should -BeNullOrEmpty

        $log::Entries | Should -BeNullOrEmpty
    }

    It 'passes objects on before the input ends' {
        $seen = [System.Collections.Generic.List[int]]::new()
        1..2000 | ForEach-Object { $at = $_; $at } | Convert-TestStream -InFlight 1 | ForEach-Object { $seen.Add($at) }

        $seen[0] | Should -BeLessThan 1000
    }

    It 'breaks off at once when the pipeline has enough' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $out = 1..100000 | Convert-TestStream -Delay 5 | Select-Object -First 3

        $out | Should -Be 2, 4, 6
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
        $log::Entries | Should -Be 'broken off'
    }

    It 'waits for the step to clean up when it is broken off' {
        1..1000 | Convert-TestStream -CleanUpTime 300 | Select-Object -First 1 | Should -Be 2

        $log::Running | Should -Be 0
        $log::Entries | Should -Be 'broken off'
    }

    It 'waits for the step when a command behind it fails' {
        { 1..1000 | Convert-TestStream -CleanUpTime 100 | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'

        $log::Entries | Should -Be 'broken off'
    }

    It 'waits for the step when a command before it fails' {
        { 1..1000 | ForEach-Object { if ($_ -eq 900) { throw 'enough' }; $_ } |
                Convert-TestStream -Delay 5 -CleanUpTime 100 } | Should -Throw 'enough'

        $log::Entries | Should -Be 'broken off'
    }

    It 'ends the pipeline with a known error when the step fails' {
        $out = [System.Collections.Generic.List[int]]::new()
        $problem = { 1..1000 | Convert-TestStream -FailAt 500 | ForEach-Object { $out.Add($_) } } |
            Should -Throw -PassThru

        $problem.FullyQualifiedErrorId |
            Should -Be 'AlmaUnreachable,AlmaPurge.Module.Tests.Cmdlets.ConvertTestStreamCommand'
        $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $out.Count | Should -Be 499
    }

    It 'does not lose records that an early end of the step left unread, with <Count> records' -ForEach @(
        @{ Count = 10 }
        @{ Count = 5000 }
    ) {
        { 1..$Count | Convert-TestStream -EndAt 5 -InFlight 1 } | Should -Throw '*before it had read all*'
    }

    It 'writes warnings and errors in order with the output' {
        $all = 1..100 | Convert-TestStream -WarnAt 5 -ProblemAt 50 -InFlight 1 3>&1 2>&1

        $all[4] | Should -BeOfType ([System.Management.Automation.WarningRecord])
        "$($all[4])" | Should -Be 'Look at 5.'
        $all[50] | Should -BeOfType ([System.Management.Automation.ErrorRecord])
        $all[50].TargetObject | Should -Be 'P50'
        $all[50].FullyQualifiedErrorId | Should -BeLike 'AlmaTimeout,*'
        $all.Count | Should -Be 102
    }

    It 'stops within a second' {
        $run = Invoke-InRunspace '1..100000 | Convert-TestStream -Delay 500' -StopWhen { $log::Started.IsSet }

        $run.State | Should -Be 'Stopped'
        $run.Elapsed.TotalSeconds | Should -BeLessThan 1
        $log::Entries | Should -Be 'broken off'
    }

    It 'turns an error of one patron into the end with -ErrorAction Stop' {
        $problem = { 1..1000 | Convert-TestStream -ProblemAt 5 -ErrorAction Stop } | Should -Throw -PassThru

        $problem.TargetObject | Should -Be 'P5'
        $log::Entries | Should -Be 'broken off'
    }

    It 'shows progress for what lasts, and takes it away' {
        $run = Invoke-InRunspace '1..100 | Convert-TestStream -Delay 100 -InFlight 10'

        $run.Output.Count | Should -Be 100
        $shown = @($run.Progress | Where-Object Activity -EQ 'Converting')
        $shown.Count | Should -BeGreaterThan 1
        $shown.Count | Should -BeLessThan 20
        $shown[-1].RecordType | Should -Be 'Completed'
        $shown[0].ActivityId | Should -BeGreaterThan 0
        $shown[0].StatusDescription | Should -BeLike '* of 100'
    }

    It 'shows no progress for what is quick' {
        (Invoke-InRunspace '1..100 | Convert-TestStream').Progress | Where-Object Activity -EQ 'Converting' |
            Should -BeNullOrEmpty
    }
}

Describe 'Async base' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
        $log = [AlmaPurge.Module.Tests.Cmdlets.StepLog]
    }

    BeforeEach {
        $log::Clear()
    }

    It 'works once after all input and writes in order' {
        $all = 1..5 | Invoke-TestTask 3>&1

        "$all" | Should -Be '5 before one between two'
    }

    It 'stops within a second' {
        $run = Invoke-InRunspace 'Invoke-TestTask -Duration 60000' -StopWhen { $log::Started.IsSet }

        $run.State | Should -Be 'Stopped'
        $run.Elapsed.TotalSeconds | Should -BeLessThan 1
        $log::Running | Should -Be 0
        $log::Entries | Should -Be 'broken off'
    }
}
