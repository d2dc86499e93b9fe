<#
.SYNOPSIS
    Purges a group unattended, and says by its exit code what came of it.
.DESCRIPTION
    Meant for a scheduler. Run it with the same arguments again after an exit code of 10 to 19: it picks the run up
    that it finds in the folder of runs and goes on where it stopped; nothing is sent twice.

    Exit codes:
      0   everybody is accounted for
      10  today's API calls do not suffice, or are used up: go on tomorrow
      11  Alma or the network was not to be reached: go on later
      12  whether a request arrived cannot be told yet: go on in some minutes
      13  another process is at work on the run
      20  the results do not come out even, or patrons are still marked: a person has to look
      21  a safety check stopped the run: a person has to look
      22  the key is refused or lacks a permission
      30  the run folder is damaged or cannot be written
      40  an argument or a file will not do
      99  anything else
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Invoke-ScheduledPurge.ps1 -Candidates users.csv -Fines fines.csv `
        -UserGroup UNDRGRD -PurgeGroup PURGEUG -ExpiredBefore 2025-01-01 -Runs /var/lib/purge/undrgrd -Region Europe
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Candidates,
    [Parameter(Mandatory)] [string] $Fines,
    [Parameter(Mandatory)] [string] $UserGroup,
    [Parameter(Mandatory)] [string] $PurgeGroup,
    [Parameter(Mandatory)] [datetime] $ExpiredBefore,
    # A folder for the runs of this purge alone: a run in it that is not at its end is the one to go on with.
    [Parameter(Mandatory)] [string] $Runs,
    # The key comes from $env:ALMA_API_KEY. Without a region the session's own connection is used.
    [string] $Region,
    [string] $Route = 'UserDelete',
    [int] $MaximumCount = 500,
    # With Route UserDelete: checks, deletes and looks up each day as many patrons as the day's calls suffice for, and exits
    # with 10 until nobody waits any more. Without it a day whose calls cannot suffice for all of them begins nothing.
    [switch] $SplitByDay,
    [string] $DeleteUserPolicy = 'KeepStatistics'
)

$ErrorActionPreference = 'Stop'

function Get-ExitCode([string] $ErrorId) {
    switch -Regex (($ErrorId -split ',')[0]) {
        '^(AlmaDailyLimitReached|NotEnoughCallsLeft|NotFinishedToday)$' { return 10 }
        '^Alma(Unreachable|Unavailable|Timeout|RateLimitReached)$' { return 11 }
        '^(OutcomeUnknown|AlmaOutcomeUnknown|PurgeStillRunning|MarkingStillRunning)$' { return 12 }
        '^(RunInUse|RunChangedElsewhere)$' { return 13 }
        '^(RunUnsettled|TotalsDiffer|PatronsUnknown|KeptPatronsGone|PatronNotRestored)$' { return 20 }
        '^Alma(KeyRefused|NotPermitted)$' { return 22 }
        '^(RunFolderDamaged|RunFolderUnavailable|JournalDamaged|PseudonymsGone|ClockSetBack)$' { return 30 }
        '^(Table\w+|PathNotFound|FileTrouble|PurgeDateOutOfRange|ParameterArgument\w+|UserGroupNotFound)$' { return 40 }
        '^(TooManyDrifted|MoreThanMaximumCount|NobodyLeft|SetHoldsOthers|SetChanged|PurgeGroupHoldsOthers|MarkingChanged|DeletionsFail|OtherEnvironment|CanaryNotFound)$' { return 21 }
        default { return 99 }
    }
}

try {
    if ($Region) { $null = Connect-Alma -Region $Region }
    $env:ALMAPURGE_RUNS = $Runs
    $null = New-Item -ItemType Directory -Force -Path $Runs
    $run = Get-AlmaPurgeRun -Path $Runs |
        Where-Object { $_.State -notin 'New', 'Imported', 'Undone', 'Verified' } |
        Select-Object -First 1
    if ($run.State -eq 'Broken') {
        Write-Error -ErrorId RunFolderDamaged -Message "The run $($run.RunId) is damaged: $($run.NextStep)"
    }

    # A run that never came to its set is begun anew, unless its check is spread over several days: nothing of it is in Alma.
    $isWaiting = $run.WaitingCount -gt 0 -and -not (Test-Path "$($run.Path)/journal.jsonl")
    $checked = if ($isWaiting) {
        $run | Confirm-AlmaPurgeCandidate -SplitByDay
    } elseif ($run -and ($run.State -ne 'Partial' -or (Test-Path "$($run.Path)/journal.jsonl"))) {
        $run
    } else {
        Import-AlmaPurgeCandidate $Candidates -UserGroup $UserGroup -ExpiredBefore $ExpiredBefore |
            Remove-AlmaFinesHolder -Path $Fines |
            Confirm-AlmaPurgeCandidate -SplitByDay:$SplitByDay
    }

    $results = $checked |
        New-AlmaUserSet -MaximumCount $MaximumCount |
        Set-AlmaPurgeDate -PurgeGroup $PurgeGroup |
        Start-AlmaPurgeJob -Route $Route -DeleteUserPolicy $DeleteUserPolicy -SplitByDay:$SplitByDay -Wait -Confirm:$false |
        Confirm-AlmaPurge -SplitByDay:$SplitByDay
    $results | Group-Object -Property Status -NoElement | Format-Table -AutoSize | Out-String | Write-Host
    exit 0
} catch {
    Write-Host "$($_.FullyQualifiedErrorId): $($_.Exception.Message)"
    exit (Get-ExitCode $_.FullyQualifiedErrorId)
}
