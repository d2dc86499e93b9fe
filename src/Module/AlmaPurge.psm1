$ErrorActionPreference = 'Stop'

# The public types live in PowerShell's own load context, so that [AlmaPurge.AlmaPurgeCandidate] is known by name.
# The cmdlets and every package go into a context of their own, away from other modules' copies.
$bin = [System.IO.Path]::Combine($PSScriptRoot, 'bin')
$null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($bin, 'AlmaPurge.Model.dll'))
$cmdlets = [AlmaPurge.LoadContext]::Initialize($bin)

# By its full name: a function called Import-Module must not get in between.
$inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru -ErrorAction Stop

# A second import of the same assembly exports nothing from here: https://github.com/PowerShell/PowerShell/issues/20710
$flags = [System.Reflection.BindingFlags]'Instance, NonPublic'
$addCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', $flags)
$addAlias = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedAlias', $flags)
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    $null = $addCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}
foreach ($alias in $inner.ExportedAliases.Values) {
    $null = $addAlias.Invoke($ExecutionContext.SessionState.Module, @(, $alias))
}
