# Runs all Pester files in this process and writes what came of each as JSON. `dotnet test` starts it in a child pwsh;
# by hand: pwsh -NoProfile -File tests/Pester/Invoke-Suite.ps1 [-Filter Module.Tests.ps1]
# By name only: a shell that expands -Filter *.ps1 must not hand a test file over as the place of the result.
[CmdletBinding(PositionalBinding = $false)]
param(
    [string] $ResultPath,
    # A Pester.psd1 to use where no Pester of a fitting version is installed.
    [string] $PesterPath,
    [string] $Filter = '*.Tests.ps1'
)

$ErrorActionPreference = 'Stop'
$needed = [version] '5.7'
$pester = Get-Module -ListAvailable -Name Pester | Sort-Object -Property Version -Descending | Select-Object -First 1
if ((-not $pester -or $pester.Version -lt $needed) -and $PesterPath -and (Test-Path -LiteralPath $PesterPath)) {
    $pester = Get-Module -ListAvailable -Name $PesterPath
}
if (-not $pester -or $pester.Version -lt $needed) {
    $reason = "Pester $needed or later is not installed here (Install-PSResource Pester)."
    if ($ResultPath) {
        @{ Skipped = $reason } | ConvertTo-Json | Set-Content -LiteralPath $ResultPath
    }
    Write-Warning $reason
    exit 0
}
Import-Module -Name $pester.Path

$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem -Path $PSScriptRoot -Filter $Filter | ForEach-Object FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
# The tests see what a user's session has, not what suits this script.
$ErrorActionPreference = 'Continue'
$result = Invoke-Pester -Configuration $configuration
$ErrorActionPreference = 'Stop'

function Format-Failure($Item) {
    foreach ($record in $Item.ErrorRecord) {
        $stack = $record.ScriptStackTrace -split "`n" -notmatch 'Pester\.psm1|Pester\.ScriptScope' -join "`n    "
        "$($Item.ExpandedPath ?? $Item.Item)`n    $record`n    $stack"
    }
}

$files = foreach ($container in $result.Containers) {
    $path = $container.Item.FullName
    $tests = @($result.Tests | Where-Object { $_.ScriptBlock.File -eq $path })
    $blocks = @($result.FailedBlocks | Where-Object { $_.ScriptBlock.File -eq $path })
    [ordered]@{
        File     = $container.Item.Name
        Passed   = @($tests | Where-Object Result -EQ 'Passed').Count
        Failed   = @($tests | Where-Object Result -EQ 'Failed').Count
        Skipped  = @($tests | Where-Object Result -In 'Skipped', 'Inconclusive', 'NotRun').Count
        # A container or a BeforeAll can fail without a single failed test.
        Broken   = [bool] ($container.ErrorRecord -or $blocks)
        Failures = @(
            Format-Failure $container
            $blocks | ForEach-Object { Format-Failure $_ }
            $tests | Where-Object Result -EQ 'Failed' | ForEach-Object { Format-Failure $_ }
        )
    }
}
$summary = 'Pester {0} on PowerShell {1}: {2} passed, {3} failed, {4} skipped in {5} files' -f
    $pester.Version, $PSVersionTable.PSVersion, $result.PassedCount, $result.FailedCount,
    ($result.SkippedCount + $result.InconclusiveCount + $result.NotRunCount), @($files).Count
if ($ResultPath) {
    @{ Summary = $summary; Files = @($files) } | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $ResultPath
}
Write-Host $summary
exit [int] ($result.Result -ne 'Passed')
