# Dot-sourced by each test file: BeforeAll { . $PSScriptRoot/common.ps1 }
# The module comes from out/, where the last build has staged it; it is never imported from anywhere else.
$RepositoryRoot = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
$Manifest = Import-PowerShellDataFile -LiteralPath "$RepositoryRoot/AlmaPurge.psd1"
$ModulePath = "$RepositoryRoot/out/AlmaPurge/$($Manifest.ModuleVersion)/AlmaPurge.psd1"
if (-not (Test-Path -LiteralPath $ModulePath)) {
    throw "There is no staged module at '$ModulePath'. Run 'dotnet build' or ./build.ps1 first."
}
if (-not (Get-Module -Name AlmaPurge)) {
    Import-Module -Name $ModulePath -ErrorAction Stop
}

# Cmdlets that exist only to test the bases of the real ones, in the load context of the module.
function Import-TestCmdlet {
    $name = 'AlmaPurge.Module.Tests.Cmdlets'
    $dll = Get-ChildItem -Path "$RepositoryRoot/tests/$name/bin/*/net8.0/$name.dll" |
        Sort-Object -Property LastWriteTime | Select-Object -Last 1
    if (-not $dll) {
        throw "$name is not built. Run 'dotnet build' or ./build.ps1 first."
    }
    $context = [System.Runtime.Loader.AssemblyLoadContext]::All |
        Where-Object -Property Name -EQ -Value AlmaPurge
    Import-Module -Assembly $context.LoadFromAssemblyPath($dll.FullName) -Global -ErrorAction Stop
    $context
}

# Runs a line in a runspace of its own, with a host of our choosing, and says all that came of it. With -StopWhen it is
# stopped, as by Ctrl+C, once that is true; -Variable is what the line finds there.
function Invoke-InRunspace {
    param([string] $Line, $HostObject, [scriptblock] $StopWhen, [hashtable] $Variable = @{})

    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $runspace = if ($HostObject) {
        [runspacefactory]::CreateRunspace($HostObject, $state)
    } else {
        [runspacefactory]::CreateRunspace($state)
    }
    $runspace.Open()
    foreach ($name in $Variable.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
    $shell = [powershell]::Create($runspace)
    try {
        $null = $shell.AddScript("Import-Module '$ModulePath'").Invoke()
        $assembly = [System.AppDomain]::CurrentDomain.GetAssemblies() |
            Where-Object { $_.GetName().Name -eq 'AlmaPurge.Module.Tests.Cmdlets' }
        if ($assembly) {
            $shell.Commands.Clear()
            $null = $shell.AddCommand('Import-Module').AddParameter('Assembly', $assembly).Invoke()
        }
        $shell.Commands.Clear()
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $call = $shell.AddScript($Line).BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]$null, $output)
        if ($StopWhen) {
            while (-not (& $StopWhen) -and -not $call.IsCompleted -and $clock.Elapsed.TotalSeconds -lt 30) {
                Start-Sleep -Milliseconds 10
            }
            $clock.Restart()
            $shell.Stop()
        }
        $problem = $null
        try {
            $null = $shell.EndInvoke($call)
        } catch {
            $problem = $_.Exception.InnerException ?? $_.Exception
        }
        # What ends only its own statement, as ThrowTerminatingError does, lies among the errors.
        $first = $problem.ErrorRecord ?? ($shell.Streams.Error | Select-Object -First 1)
        [pscustomobject]@{
            Output    = @($output)
            Errors    = @($shell.Streams.Error)
            Warnings  = @($shell.Streams.Warning)
            Progress  = @($shell.Streams.Progress)
            Exception = $problem ?? $first.Exception
            Record    = $first
            ErrorId   = $first.FullyQualifiedErrorId
            State     = $shell.InvocationStateInfo.State
            Elapsed   = $clock.Elapsed
        }
    } finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}
