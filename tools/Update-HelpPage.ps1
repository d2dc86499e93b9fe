<#
.SYNOPSIS
    Brings syntax and parameter facts of the pages in docs/en-US up to date with the staged module.
.DESCRIPTION
    Rewrites the section SYNTAX and the yaml under each parameter; the prose and the default values stay. A parameter
    that a page lacks gets a heading with a placeholder, on which the build then stops. Run it after a change to a
    cmdlet's parameters: dotnet build src/AlmaPurge -p:SkipHelp=true, then tools/Update-HelpPage.ps1.
.OUTPUTS
    The paths of the pages that were not up to date; with -WhatIf they are only named.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Path = "$PSScriptRoot/../docs/en-US",
    [string] $Name = '*'
)

$ErrorActionPreference = 'Stop'
$common = [System.Management.Automation.Cmdlet]::CommonParameters
$fence = '```'

function Format-Syntax($Command) {
    foreach ($set in $Command.ParameterSets) {
        if ($set.Name -ne '__AllParameterSets') {
            '### ' + $set.Name + ($set.IsDefault ? ' (Default)' : '') + "`n"
        }
        "$fence`n$($Command.Name) $set`n$fence`n"
    }
}

function Format-Fact($Command, $Parameter, [string] $Default) {
    $all = $Parameter.ParameterSets.ContainsKey('__AllParameterSets')
    $one = @($Parameter.ParameterSets.Values)[0]
    $pipeline = @(
        if ($one.ValueFromPipeline) { 'ByValue' }
        if ($one.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
    ) -join ', '
    $type = $Parameter.ParameterType
    $values = @($Parameter.Attributes.Where{ $_ -is [ValidateSet] }.ValidValues)
    if (-not $values -and $type.IsEnum) { $values = [enum]::GetNames($type) }
    "${fence}yaml"
    "Type: $(([Nullable]::GetUnderlyingType($type) ?? $type).Name)"
    "Parameter Sets: $($all ? '(All)' : (@($Parameter.ParameterSets.Keys) -join ', '))"
    "Aliases: $($Parameter.Aliases -join ', ')".TrimEnd()
    if ($values) { "Accepted values: $($values -join ', ')" }
    ''
    "Required: $($one.IsMandatory)"
    "Position: $($one.Position -lt 0 ? 'Named' : $one.Position)"
    "Default value: $Default"
    "Accept pipeline input: $($pipeline ? "True ($pipeline)" : 'False')"
    "Accept wildcard characters: $([bool] $Parameter.Attributes.Where{ $_ -is [SupportsWildcards] })"
    $fence
}

function Update-Page([string] $Text, $Command) {
    $syntax = (Format-Syntax $Command) -join "`n"
    $Text = [regex]::Replace($Text, '(?ms)(?<=^## SYNTAX\n\n).*?(?=^## DESCRIPTION)', { "$syntax`n" })
    foreach ($parameter in $Command.Parameters.Values | Where-Object Name -NotIn $common) {
        $pattern = "(?ms)(?<=^### -$($parameter.Name)\n.*?)^${fence}yaml\n(.*?)^$fence`$"
        $old = [regex]::Match($Text, $pattern)
        if (-not $old.Success) {
            $new = "### -$($parameter.Name)`n`n{{ Say what it does }}`n`n$((Format-Fact $Command $parameter 'None') -join "`n")`n`n"
            $Text = $Text -replace '(?m)^### CommonParameters$', ($new.Replace('$', '$$') + '### CommonParameters')
            continue
        }
        $default = [regex]::Match($old.Value, '(?m)^Default value: (.*)$').Groups[1].Value
        $new = (Format-Fact $Command $parameter ($default ? $default : 'None')) -join "`n"
        $Text = $Text.Remove($old.Index, $old.Length).Insert($old.Index, $new)
    }
    $Text
}

$version = (Import-PowerShellDataFile "$PSScriptRoot/../AlmaPurge.psd1").ModuleVersion
Import-Module "$PSScriptRoot/../out/AlmaPurge/$version/AlmaPurge.psd1"
foreach ($command in Get-Command -Module AlmaPurge -CommandType Cmdlet -Name $Name) {
    $page = Join-Path $Path "$($command.Name).md"
    $text = Get-Content -Raw -LiteralPath $page
    $updated = Update-Page $text $command
    if ($updated -cne $text) {
        (Resolve-Path -LiteralPath $page).Path
        if ($PSCmdlet.ShouldProcess($page, 'Update syntax and parameter facts')) {
            Set-Content -LiteralPath $page -Value $updated -NoNewline
        }
    }
}
