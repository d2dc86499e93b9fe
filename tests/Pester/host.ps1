# Dot-sourced, after common.ps1, by tests against the simulator's host.

$HostProgram = Get-ChildItem "$RepositoryRoot/src/AlmaPurge.Simulator.Host/bin/*/net10.0/AlmaPurge.Simulator.Host.dll" |
    Sort-Object LastWriteTime | Select-Object -Last 1

# Starts a host on a free port and waits until it says where it is.
function Start-TestHost([string[]] $Argument) {
    $log = "$TestDrive/host-$([guid]::NewGuid()).log"
    $all = @($HostProgram.FullName, '--port', '0', '--rate', '0', '--job-queue', '0.1', '--job-run', '0.2') + $Argument
    $process = Start-Process dotnet -ArgumentList $all -PassThru -RedirectStandardOutput $log -RedirectStandardError "$log.errors"
    while (-not $process.HasExited -and -not ((Get-Content $log -Raw -ErrorAction Ignore) -match 'Base address: (\S+)[\s\S]+API key:\s+(\S+)')) {
        Start-Sleep -Milliseconds 50
    }
    if ($process.HasExited) { throw "The host did not start: $(Get-Content "$log.errors" -Raw)" }
    $said = [regex]::Match((Get-Content $log -Raw), 'Base address: (\S+)\s+API key:\s+(\S+)')
    [pscustomobject]@{
        Process = $process
        BaseUri = $said.Groups[1].Value
        Key     = ConvertTo-SecureString $said.Groups[2].Value -AsPlainText -Force
        Plain   = $said.Groups[2].Value
    }
}

function Stop-TestHost($Started) {
    Stop-Process -Id $Started.Process.Id
    $Started.Process.WaitForExit()
}
