<#
.SYNOPSIS
    Builds, tests, cleans or packs the module.
.DESCRIPTION
    Build   stages the module into out/AlmaPurge/<version>/, through the MSBuild target that dotnet build uses too
    Test    dotnet test, with the Pester suite required
    Clean   removes all that was built
    Package makes out/packages/AlmaPurge.<version>.nupkg, for Install-PSResource from that folder as a repository
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Clean', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $Task -eq 'Test' ? 'Debug' : 'Release'
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with exit code $LASTEXITCODE."
    }
}

function Invoke-Build {
    Invoke-DotNet build "$PSScriptRoot/src/AlmaPurge/AlmaPurge.csproj" --configuration $Configuration
}

function Invoke-Test {
    $before = $env:ALMAPURGE_REQUIRE_PWSH
    $env:ALMAPURGE_REQUIRE_PWSH = '1'
    try {
        Invoke-DotNet test "$PSScriptRoot/AlmaPurge.sln" --configuration $Configuration
        (Get-Content -Raw -LiteralPath "$PSScriptRoot/out/TestResults/pester.json" | ConvertFrom-Json).Summary
    } finally {
        $env:ALMAPURGE_REQUIRE_PWSH = $before
    }
}

function Invoke-Clean {
    $folders = @("$PSScriptRoot/out") + (Get-ChildItem -Path "$PSScriptRoot/src", "$PSScriptRoot/tests", "$PSScriptRoot/tools" -Directory |
            ForEach-Object { "$_/bin", "$_/obj" })
    $folders | Where-Object { Test-Path -LiteralPath $_ } | Remove-Item -Recurse -Force
}

function Invoke-Package {
    Invoke-DotNet pack "$PSScriptRoot/src/AlmaPurge/AlmaPurge.csproj" --configuration $Configuration `
        --output "$PSScriptRoot/out/packages"
    Get-ChildItem -Path "$PSScriptRoot/out/packages" -Filter *.nupkg
}

& "Invoke-$Task"
