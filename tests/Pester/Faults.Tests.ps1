# The canonical session while Alma misbehaves: it goes through or stops by a known id; nobody is purged wrongly, and
# everybody is accounted for. Judged by what the cmdlets give and by the simulator's own records.
#
# Every fault is tried with triggers at each step in xUnit (FaultOutcomeTests), where time is not real. So is timeout,
# which is left to it altogether: here it would wait a minute for the answer that never comes.
BeforeDiscovery {
    # What is lost by chance may hit a request that changes something; then it stops and says so.
    $weather = 'ended', 'OutcomeUnknown', 'AlmaOutcomeUnknown', 'AlmaRateLimitReached', 'AlmaUnavailable',
    'AlmaUnreachable', 'AlmaAnswerUnreadable', 'TooManyDrifted', 'DeletionsFail', 'NobodyLeft'
    $expected = [ordered]@{
        'acceptedDeleteThenCut' = 'ended'
        'barcodeTwin'           = 'ended'
        'dailyLimit'            = 'AlmaDailyLimitReached'
        'doneButUsersRemain'    = 'ended'
        'dropAcceptedPost'      = 'ended'
        'duplicateMembers'      = 'ended'
        'environmentSwitched'   = 'OtherEnvironment'
        'groupGone'             = 'UserGroupNotFound'
        'htmlErrorPage:0.01'    = $weather
        'jobFailsHalfway'       = 'TooManyDrifted'
        'jobStuck'              = 'JobNotEnding'
        'jobWarning'            = 'ended'
        'laggingIndex'          = 'ended'
        'partialMark'           = 'TooManyDrifted'
        'resetConnection:0.01'  = $weather
        'serverError:0.01'      = $weather
        'shuffledPages'         = 'ended'
        'silentInvalidIds'      = 'ended'
        'slow:0.01'             = 'ended'
        'studentLoadBetween'    = 'TooManyDrifted'
        'throttle:0.01'         = $weather
        'truncatedBody:0.01'    = $weather
        'userReturnsBetween'    = 'TooManyDrifted'
        'wrongDayMark'          = 'PurgeDateShifted'
    }
    $cases = foreach ($fault in $expected.Keys) {
        foreach ($route in 'SetJob', 'UserDelete') {
            @{ Fault = $fault; Route = $route; Expected = $expected[$fault] }
        }
    }
}

Describe 'The canonical session while Alma misbehaves' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $day = [dateonly]::FromDateTime($Cutoff)
        $quiet = @{ WarningAction = 'SilentlyContinue'; ErrorAction = 'SilentlyContinue' }

        function Invoke-Session($Route) {
            Import-AlmaPurgeCandidate "$TestDrive/users.csv" -UserGroup $Group -ExpiredBefore $Cutoff |
                Remove-AlmaFinesHolder -Path "$TestDrive/fines.csv" |
                Confirm-AlmaPurgeCandidate |
                New-AlmaUserSet @quiet |
                Set-AlmaPurgeDate -PurgeDate 2025-10-01 -PurgeGroup PURGEUG @quiet |
                Start-AlmaPurgeJob -Route $Route -WaiveThreshold 1 -DeleteUserPolicy KeepStatistics -Wait -Confirm:$false @quiet |
                Confirm-AlmaPurge @quiet
        }
    }

    It 'goes through or stops clearly: <Fault>, <Route>' -ForEach $cases {
        $env:ALMAPURGE_RUNS = "$TestDrive/$([guid]::NewGuid())"
        $null = Connect-Alma -Simulator -SimulatorUserCount 150 -SimulatorFault $Fault
        $simulator = Get-TestSimulator
        Export-AlmaSimulatorReport -Kind Users -Path "$TestDrive/users.csv"
        Export-AlmaSimulatorReport -Kind Fines -Path "$TestDrive/fines.csv"
        $goneBefore = @($simulator.Purged.PrimaryId)

        $problem = $null
        try {
            $results = @(Invoke-Session $Route)
        } catch {
            $problem = $_
        }

        $outcome = $problem ? ($problem.FullyQualifiedErrorId -split ',')[0] : 'ended'
        $outcome | Should -BeIn $Expected
        if ($problem) {
            $problem.ErrorDetails.Message | Should -Not -BeNullOrEmpty
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        # Where single deletions were cut short, Confirm-AlmaPurge tells afterwards who is gone.
        $gone = @($simulator.Purged.PrimaryId | Where-Object { $_ -notin $goneBefore } | Sort-Object)
        if ($problem -and $gone) {
            $simulator.SetFaults(@())
            $results = @(Get-AlmaPurgeRun | Confirm-AlmaPurge @quiet)
        }

        $simulator.WronglyPurged($Group, $day) | Where-Object PrimaryId -In $gone | Should -BeNullOrEmpty
        if ($problem -and -not $gone) { return }
        $results.Count | Should -Be @(Import-Csv "$TestDrive/users.csv").Count
        $results.Status | Select-Object -Unique | Should -BeIn 'Purged', 'Kept', 'Unknown'
        $results | Where-Object { $_.Status -eq 'Purged' -and $_.PrimaryId -notin $gone } | Should -BeNullOrEmpty
        $results | Where-Object { $_.Status -eq 'Kept' -and $_.PrimaryId -in $gone } | Should -BeNullOrEmpty
        $gone | Where-Object { $_ -notin $results.PrimaryId } | Should -BeNullOrEmpty
    }
}
