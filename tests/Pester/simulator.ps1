# Dot-sourced by tests that judge by the simulator's own records, which know nothing of the code under test.

# The simulator behind a connection.
function Get-TestSimulator {
    param($Connection = (Get-AlmaConnection))

    $main = [System.Runtime.Loader.AssemblyLoadContext]::All |
        Where-Object -Property Name -EQ -Value AlmaPurge |
        ForEach-Object { $_.Assemblies } |
        Where-Object { $_.GetName().Name -eq 'AlmaPurge' }
    $store = $main.GetType('AlmaPurge.Connections.SimulatorStore', $true)
    # Reflection takes objects as they are, without PowerShell's wrapping.
    $store.GetMethod('Require').Invoke($null, [object[]] @($Connection.psobject.BaseObject))
}
