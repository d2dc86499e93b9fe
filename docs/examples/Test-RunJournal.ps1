<#
.SYNOPSIS
    Verifies the hash chain of a run's journal, without AlmaPurge.
.DESCRIPTION
    Each line of journal.jsonl carries, as "previous", the SHA-256 of the line before it (its UTF-8 bytes without the
    line feed, upper-case hexadecimal); the first line carries an empty text. "number" counts from 1. A last line
    without a line feed was being written when the process ended; nothing was sent on it.

    A chain shows that no line before the last was changed, removed or put in. Whoever can write the file can build a
    new chain, so note the hash that this prints for the last line somewhere else if that matters.
.EXAMPLE
    ./Test-RunJournal.ps1 -Path ./UNDRGRD-20261122-062241/journal.jsonl
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Path
)

$ErrorActionPreference = 'Stop'
$bytes = [System.IO.File]::ReadAllBytes((Resolve-Path -LiteralPath $Path).ProviderPath)
$previous = ''
$number = 0
$open = @{}
$start = 0
while ($start -lt $bytes.Length) {
    $end = [array]::IndexOf($bytes, [byte] 10, $start)
    if ($end -lt 0) {
        Write-Warning "The last line is not whole: the process ended while it was written."
        break
    }

    $number++
    $text = [byte[]] ($bytes[$start..($end - 1)])
    $line = [System.Text.Encoding]::UTF8.GetString($text) | ConvertFrom-Json
    if ($line.number -ne $number -or $line.previous -cne $previous) {
        throw "The chain is broken at line ${number}: the line before it, or this one, was changed, removed or put in."
    }

    if ($line.kind -eq 'intent') { $open[[int] $line.number] = $line.action }
    if ($line.kind -eq 'outcome' -and $line.result -ne 'unknown') { $open.Remove([int] $line.of) }
    $previous = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($text))
    $start = $end + 1
}

[pscustomobject]@{
    Path         = $Path
    Lines        = $number
    IsWhole      = $true
    LastHash     = $previous
    WithoutOutcome = @($open.GetEnumerator() | Sort-Object Key | ForEach-Object { "$($_.Key) $($_.Value)" })
}
