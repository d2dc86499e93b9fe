# Dot-sourced, after common.ps1, by tests that read exports.

$Exports = "$RepositoryRoot/tests/AlmaPurge.Core.Tests/exports"

# Runs go where this test file may leave them.
function Use-TestRunFolder {
    $env:ALMAPURGE_RUNS = "$TestDrive/runs"
}

function Get-TestRunFolder {
    @(Get-ChildItem -LiteralPath $env:ALMAPURGE_RUNS -Directory -ErrorAction Ignore)
}

# Why patrons stay, as "Rule=count" in alphabetical order: the first rule of each.
function Get-RuleCount {
    param([Parameter(ValueFromPipeline)] $Run)

    process {
        $Run | Get-AlmaPurgeExclusion | Group-Object -Property Rule | Sort-Object -Property Name |
            ForEach-Object { "$($_.Name)=$($_.Count)" } | Join-String -Separator ' '
    }
}

function Get-Completion {
    param([string] $Line)

    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
}

# The headings of a table as a user of a wide window sees them.
function Get-TableHeading {
    param([Parameter(ValueFromPipeline)] $InputObject)

    end {
        $lines = @($input) | Out-String -Width 200 -Stream | Where-Object { $_ }
        # What is underlined is one heading, spaces or not.
        [regex]::Matches($lines[1], '-+').ForEach({ $lines[0].PadRight(200).Substring($_.Index, $_.Length).Trim() })
    }
}

# What the simulator was asked so far that was not just a question.
function Get-WriteRequest {
    @((Get-TestSimulator).Requests | Where-Object Method -NE GET)
}

# What Excel writes for a workbook with a password: a compound file that holds an encrypted package (here of nothing).
function New-LockedWorkbook {
    param([string] $Path)

    $packed = 'G/8pIC4K7HYGmkkrCt+Yi7AIp/d2BODabvKPStSSxUMhhEZMEAvbn9ueTEm7hfJNpCMPJgoeAJXw3xqx4OH+53J+twUn4eEhrMYc' +
        'Gq35f2N6oIFOh0DCMu4F0osSCRx7iNfAA+jCab/vrI8svOKclFrgC4RwaKpcJf7SoFLunyv/Iy2R0aBFB130UK4DhhhhjAmmzJiz' +
        'oPR+gzxkb60z9FJZUoOybkLtAU8yjBqTwR02GdXqpCJNhU0MhUhV6/QIUxrh9iB8egH3YgDiAIlafN/nL8GVRe3qOOIyNoTNmOXZ' +
        'XwKmtSBvznXN9+fTVUOKF3N3Wlw6qQ0+BN81QmyG8XsLmwikd85h/f5G7gbOttIo24vFrsZGVTnUO5PXSeN82K5pLmP1toHcWWcU' +
        'rLT6GM0dQRa9OOPjQoXaPWvgMVZurt9tC6ghkHwEqPxq98lh7q5sdhV7irETcHaz3lQHllf/Oa56rTZuEtvJCLevQufMTTfm0zky' +
        'vkcRV1yFWI06zmUhPEovuEDtTyh83pqhTrchzbJvlCe0JyTMuLH6LlCj1FD1foiMc/y+yp4DO3DwD6QcUUj2eTd3rV5siXbv+UKj' +
        'xqjDL7h+5vCBe6uZBQ8vcKz9/g0AzFH4zl0AcAA='
    $from = [System.IO.Compression.BrotliStream]::new(
        [System.IO.MemoryStream]::new([convert]::FromBase64String($packed)),
        [System.IO.Compression.CompressionMode]::Decompress)
    $to = [System.IO.File]::Create($Path)
    $from.CopyTo($to)
    $to.Dispose()
}
