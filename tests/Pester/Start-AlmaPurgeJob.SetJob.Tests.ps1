# Alma's set-based job at an institution: its template, the first time, and a busy Alma.
Describe 'Start-AlmaPurgeJob -Route SetJob' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.StartAlmaPurgeJobCommand'
        $how = @{ Route = 'SetJob'; DeleteUserPolicy = 'KeepStatistics'; Confirm = $false }
        $names = 'PRODUCT', 'set_id', 'job_name', 'PURGE_Users_Days_After_Purge_Date', 'PURGE_Users_Waive_Threshold',
            'PURGE_Users_User_Group', 'PURGE_Users_User_Record_Type'
        function Get-Template([string[]] $Name = $names) {
            '<job><parameters>' + -join ($Name | ForEach-Object { "<parameter><name>$_</name><value>1</value></parameter>" }) + '</parameters></job>'
        }
        function Get-Gone { (Get-TestSimulator).Purged.PrimaryId }
    }

    Context 'at an institution' {
        BeforeEach {
            $env:ALMAPURGE_RUNS = "$TestDrive/runs-$([guid]::NewGuid())"
            $connection = New-TestConnection @{ EnvironmentType = 'SANDBOX' }
        }

        It 'takes the template as text or as a file: <_>' -ForEach 'text', 'file' {
            $set = New-TestRun Marked
            Set-Content "$TestDrive/job.xml" (Get-Template)
            $template = $_ -eq 'text' ? (Get-Template) : "$TestDrive/job.xml"
            $job = $set | Start-AlmaPurgeJob @how -JobTemplate $template -Wait

            $job.Status | Should -Be 'COMPLETED_SUCCESS'
            @(Get-Gone).Count | Should -Be 3
        }

        It 'refuses what is unexpected in it, by name' {
            $set = New-TestRun Marked
            $problem = { $set | Start-AlmaPurgeJob @how -JobTemplate (Get-Template ($names + 'PURGE_Users_Everybody')) } | Should -Throw -PassThru

            $problem.FullyQualifiedErrorId | Should -Be "JobParameterRefused,$id"
            $problem.TargetObject | Should -Be 'PURGE_Users_Everybody'
            Get-Gone | Should -BeNullOrEmpty
        }

        It 'names in the prompt what Alma does not enforce' {
            $set = New-TestRun Marked
            $screen = New-AskedHost 2
            $null = Invoke-InRunspace '$set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -JobTemplate $template -Connection $connection' $screen -Variable @{
                set = $set; connection = $connection; template = Get-Template 'set_id', 'job_name', 'PURGE_Users_User_Group'
            }

            $screen.Shown -like 'choice:*NOT ENFORCED BY ALMA*: days after purge date, waive threshold, record type;*' | Should -Not -BeNullOrEmpty
            Get-Gone | Should -BeNullOrEmpty
        }

        It 'holds the first one to ten patrons, until one was verified' {
            $large = New-TestRun Marked 11
            $problem = { $large | Start-AlmaPurgeJob @how -JobTemplate (Get-Template) } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -Be "FirstSetJobTooLarge,$id"
            $problem.CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Select-Object -First 10*'
            { $large | Start-AlmaPurgeJob @how -JobTemplate (Get-Template) -WhatIf } | Should -Throw -ErrorId "FirstSetJobTooLarge,$id"
            Get-Gone | Should -BeNullOrEmpty

            $handful = Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable 14 | Select-Object -Last 3) -UserGroup $Group -ExpiredBefore $Cutoff |
                New-AlmaUserSet | Set-AlmaPurgeDate -PurgeGroup PURGEGR
            ($handful | Start-AlmaPurgeJob @how -JobTemplate (Get-Template) -Wait | Confirm-AlmaPurge).Status | Should -Be (@('Purged') * 3)
            Get-Content "$env:ALMAPURGE_RUNS/setjob-verified.json" -Raw | Should -BeLike '*01SIM_INST*Sandbox*'
            $null = $large | Start-AlmaPurgeJob @how -JobTemplate (Get-Template) -Wait
            @(Get-Gone).Count | Should -Be 14
        }
    }

    Context 'a busy Alma' {
        BeforeEach {
            $connection = New-TestConnection
            $simulator = Get-TestSimulator
            # Five starts of a job within an hour are all that Alma permits, of the marking job as well.
            $marked = foreach ($one in @(Get-Purgeable 8 | Select-Object -Last 5)) {
                Import-AlmaPurgeCandidate -PrimaryId $one -UserGroup $Group -ExpiredBefore $Cutoff | New-AlmaUserSet |
                    Set-AlmaPurgeDate -KeepUserGroup
            }
            $simulator.Clock.Advance([timespan]::FromMinutes(61))
            $set = New-TestRun Marked
            $null = $marked | Start-AlmaPurgeJob @how -Wait
            $gone = @(Get-Gone).Count
            $starts = $simulator.JobRuns.Count
        }

        It 'stops by default, and starts nothing' {
            $problem = { $set | Start-AlmaPurgeJob @how } | Should -Throw -PassThru

            $problem.FullyQualifiedErrorId | Should -Be "PurgeJobBusy,$id"
            $problem.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-WhenBusy Wait*'
            $simulator.JobRuns.Count | Should -Be $starts
            (Get-AlmaPurgeRun $set.RunId).State | Should -Be 'Partial'
        }

        It 'is waited for with -WhenBusy Wait' {
            $line = '$thread = [powershell]::Create()
                $null = $thread.AddScript({ param($simulator) Start-Sleep -Milliseconds 500; $simulator.Clock.Advance([timespan]::FromHours(1)) }).AddArgument($simulator)
                $call = $thread.BeginInvoke()
                $set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -WhenBusy Wait -Wait -Connection $connection
                $null = $thread.EndInvoke($call)'
            $there = Invoke-InRunspace $line -Variable @{ set = $set; connection = $connection; simulator = $simulator }

            $there.Exception | Should -BeNullOrEmpty
            $there.Output.Status | Should -Be 'COMPLETED_SUCCESS'
            $there.Progress.StatusDescription -like '*402223*' | Should -Not -BeNullOrEmpty
            @(Get-Gone).Count - $gone | Should -Be 3
        }

        It 'is waited for no longer than Ctrl+C' {
            $screen = New-AskedHost 0
            $stopped = Invoke-InRunspace '$set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -WhenBusy Wait -Connection $connection' $screen -Variable @{
                set = $set; connection = $connection
            } -StopWhen { @($screen.Shown) -like 'progress:*402223*' }

            $stopped.State | Should -Be 'Stopped'
            $stopped.Elapsed.TotalSeconds | Should -BeLessThan 1
            $screen.Shown -like "warning: No purge of $($set.RunId) was started*" | Should -Not -BeNullOrEmpty
            $simulator.JobRuns.Count | Should -Be $starts
        }
    }
}
