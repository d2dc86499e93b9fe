<#
.SYNOPSIS
    Purges several patron groups one after another, each with a run and a purge group of its own, and reports at the end.
.DESCRIPTION
    Reads a plan, a CSV file with a row for each group: UserGroup, PurgeGroup, Candidates, Fines, ExpiredBefore and, if other
    than 500, MaximumCount. Files are found from the folder of the plan. Each group is purged by Invoke-ScheduledPurge.ps1
    and has a folder below -Runs. A group that fails does not stop the others.

    Run it again with the same plan to go on: groups that are at their end with these very files are left alone, the
    others go on where they stopped.

    The exit code is the highest of those of the groups (see Invoke-ScheduledPurge.ps1): 0 if everybody of each group is
    accounted for, 10 to 19 if it is enough to run it again, more if a person has to look. A plan that will not do is 40,
    and then nothing was done.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Invoke-GroupPurges.ps1 -Plan groups.csv -Runs /var/lib/purge -Region Europe
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Plan,
    [Parameter(Mandatory)] [string] $Runs,
    # The key comes from $env:ALMA_API_KEY. Without a region the session's own connection is used.
    [string] $Region,
    [string] $Route = 'UserDelete',
    [string] $DeleteUserPolicy = 'KeepStatistics',
    # Does each day as much of each group as the day's calls suffice for; with Route UserDelete only.
    [switch] $SplitByDay,
    # Where the report goes as CSV, besides the screen.
    [string] $ReportPath
)

$ErrorActionPreference = 'Stop'

# What is wrong with the plan. Two groups in one purge group could not be told apart any more.
function Get-PlanProblem($Rows) {
    if (-not $Rows) { return 'The plan has no rows.' }
    foreach ($row in $Rows) {
        foreach ($name in 'UserGroup', 'PurgeGroup', 'Candidates', 'Fines', 'ExpiredBefore') {
            if (-not $row.$name) { "The row of '$($row.UserGroup)' has no $name." }
        }
        if ($row.UserGroup -match '[\\/:*?"<>|]' -or $row.UserGroup.StartsWith('.')) { "'$($row.UserGroup)' cannot be the name of a folder." }
        if ($row.ExpiredBefore -notmatch '^\d{4}-\d\d-\d\d$') { "'$($row.ExpiredBefore)' is no day such as 2025-01-31." }
    }
    foreach ($name in 'UserGroup', 'PurgeGroup') {
        foreach ($same in $Rows | Group-Object -Property $name | Where-Object Count -GT 1) {
            "$($same.Name) is the $name of $($same.Count) rows."
        }
    }
    $Rows.PurgeGroup | Where-Object { $_ -in $Rows.UserGroup } | ForEach-Object { "$_ is a user group and a purge group." }
}

function Test-IsDone($Run, [string] $Candidates) {
    if ($Run.State -ne 'Verified') { return $false }
    $inputs = (Get-Content -Raw -LiteralPath "$($Run.Path)/run.json" | ConvertFrom-Json).inputs
    $known = @($inputs | Where-Object step -EQ Import).sha256
    (Test-Path -LiteralPath $Candidates) -and (Get-FileHash -LiteralPath $Candidates).Hash.ToLowerInvariant() -in $known
}

function Get-NewestRun([string] $Folder) {
    if (Test-Path -LiteralPath $Folder) { Get-AlmaPurgeRun -Path $Folder | Select-Object -First 1 }
}

try {
    $rows = @(Import-Csv -LiteralPath $Plan)
    $problems = @(Get-PlanProblem $rows)
} catch {
    $problems = @("$_")
}
if ($problems) {
    $problems | ForEach-Object { Write-Host $_ }
    exit 40
}

if ($Region) {
    try {
        $null = Connect-Alma -Region $Region
    } catch {
        Write-Host "$($_.FullyQualifiedErrorId): $($_.Exception.Message)"
        exit ($_.FullyQualifiedErrorId -match '^Alma(Unreachable|Unavailable|Timeout)' ? 11 : 22)
    }
}

$folder = Split-Path -Parent (Resolve-Path -LiteralPath $Plan).ProviderPath
$report = foreach ($row in $rows) {
    $own = Join-Path $Runs $row.UserGroup
    $candidates = [System.IO.Path]::GetFullPath($row.Candidates, $folder)
    Write-Host "--- $($row.UserGroup)"
    $before = Get-NewestRun $own
    if ($before -and (Test-IsDone $before $candidates)) {
        Write-Host 'At its end already.'
        $code = 0
    } else {
        $arguments = @{
            Candidates = $candidates
            Fines = [System.IO.Path]::GetFullPath($row.Fines, $folder)
            UserGroup = $row.UserGroup
            PurgeGroup = $row.PurgeGroup
            ExpiredBefore = [datetime]::ParseExact($row.ExpiredBefore, 'yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            Runs = $own
            Route = $Route
            DeleteUserPolicy = $DeleteUserPolicy
            SplitByDay = $SplitByDay
        }
        if ($row.MaximumCount) { $arguments.MaximumCount = [int] $row.MaximumCount }
        # Whatever becomes of one group, the next one has its turn.
        try {
            $null = & "$PSScriptRoot/Invoke-ScheduledPurge.ps1" @arguments
            $code = $LASTEXITCODE
        } catch {
            Write-Host "$($_.FullyQualifiedErrorId): $($_.Exception.Message)"
            $code = 99
        }
    }

    $run = Get-NewestRun $own
    $results = $run.Path -and (Test-Path -LiteralPath "$($run.Path)/results.csv") ? @(Import-Csv -LiteralPath "$($run.Path)/results.csv") : @()
    [pscustomobject]@{
        UserGroup  = $row.UserGroup
        PurgeGroup = $row.PurgeGroup
        ExitCode   = $code
        RunId      = $run.RunId
        State      = $run.State
        Purged     = @($results | Where-Object Status -EQ Purged).Count
        Kept       = @($results | Where-Object Status -EQ Kept).Count
        Other      = @($results | Where-Object Status -NotIn Purged, Kept).Count
        Next       = $run.NextStep
    }
}

$report | Format-Table -AutoSize | Out-String -Width 200 | Write-Host
if ($ReportPath) { $report | Export-Csv -LiteralPath $ReportPath }
exit ($report.ExitCode | Measure-Object -Maximum).Maximum
