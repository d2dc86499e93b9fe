# Dot-sourced by tests of the later steps, after common.ps1: short ways to a connection and to a run at some stage.
. $PSScriptRoot/simulator.ps1

$env:ALMAPURGE_RUNS = "$TestDrive/runs"
$env:ALMA_API_KEY = $null

# Patrons of this group who expired before this day are what the tests purge.
$Group = 'UNDRGRD'
$Cutoff = [datetime]'2025-01-01'

function Get-OurType([string] $Name) {
    $assembly = $Name -replace '^(AlmaPurge(\.(Core|Simulator))?)\..*$', '$1'
    $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object -Property Name -EQ -Value AlmaPurge
    $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($assembly)).GetType($Name, $true)
}

function New-OurObject([string] $Name, [hashtable] $Property) {
    $object = [activator]::CreateInstance((Get-OurType $Name))
    foreach ($pair in $Property.GetEnumerator()) {
        $info = $object.GetType().GetProperty($pair.Key)
        $info.SetValue($object, [System.Management.Automation.LanguagePrimitives]::ConvertTo($pair.Value, $info.PropertyType))
    }
    , $object
}

# Makes the session's connection one to a new simulator whose jobs are done at once, or as the options say: with an
# EnvironmentType the connection takes it for an institution; with -Area the key may do only that.
function New-TestConnection {
    param([hashtable] $Option = @{}, [string[]] $Area, [string] $Key)

    $settings = @{ RequestsPerSecond = 0; JobQueueTime = 0; JobRunTime = 0 }
    $Option.Keys | ForEach-Object { $settings[$_] = $Option[$_] }
    $simulator = (Get-OurType AlmaPurge.Simulator.AlmaSimulator).GetMethod('Create').Invoke(
        $null, @(New-OurObject AlmaPurge.Simulator.SimulatorOptions $settings))
    $how = New-OurObject AlmaPurge.Core.Alma.AlmaClientOptions @{
        BaseAddress       = $simulator.BaseAddress
        ApiKey            = $Key ? $Key : $Area ? $simulator.AddKey($Area) : $simulator.ApiKey
        Handler           = $simulator.CreateHandler()
        RequestsPerSecond = 0
        PollInterval      = [timespan]::FromMilliseconds(20)
        ReadingsApart     = [timespan]::FromMilliseconds(5)
        RetryDelay        = [timespan]::FromMilliseconds(10)
        BusyInterval      = [timespan]::FromMilliseconds(20)
    }
    $isSimulated = -not $Option.ContainsKey('EnvironmentType')
    $connection = (Get-OurType AlmaPurge.Core.Alma.AlmaSession).GetMethod('ConnectAsync').Invoke(
        $null, @($how, $isSimulated, [System.Threading.CancellationToken]::None)).GetAwaiter().GetResult().Connection
    $null = (Get-OurType AlmaPurge.Connections.SimulatorStore).GetMethod('Add').Invoke($null, @($connection, $simulator))
    $null = (Get-OurType AlmaPurge.Connections.ConnectionStore).GetMethod('SetDefault').Invoke($null, @($connection))
    $connection
}

# Makes the session's connection one to the same simulator that may use so many calls today and leaves the rest to others.
function Use-CallsLeft([int] $Count) {
    $old = Get-AlmaConnection
    $simulator = Get-TestSimulator $old
    # The connection itself takes four, and one tells how many are left.
    $null = Get-AlmaUserGroup -Connection $old
    $floor = $old.CallsLeftToday - 4 - $Count
    $how = New-OurObject AlmaPurge.Core.Alma.AlmaClientOptions @{
        BaseAddress       = $simulator.BaseAddress
        ApiKey            = $simulator.ApiKey
        Handler           = $simulator.CreateHandler()
        RequestsPerSecond = 0
        DailyCallFloor    = $floor
        PollInterval      = [timespan]::FromMilliseconds(20)
        ReadingsApart     = [timespan]::FromMilliseconds(5)
        RetryDelay        = [timespan]::FromMilliseconds(10)
    }
    $connection = (Get-OurType AlmaPurge.Core.Alma.AlmaSession).GetMethod('ConnectAsync').Invoke(
        $null, @($how, $true, [System.Threading.CancellationToken]::None)).GetAwaiter().GetResult().Connection
    $null = (Get-OurType AlmaPurge.Connections.SimulatorStore).GetMethod('Add').Invoke($null, @($connection, $simulator))
    $null = (Get-OurType AlmaPurge.Connections.ConnectionStore).GetMethod('SetDefault').Invoke($null, @($connection))
    $connection
}

# Those who may go, by the simulator's own judgement.
function Get-Purgeable {
    param([int] $First = [int]::MaxValue)

    (Get-TestSimulator).PurgeableFor($Group, [dateonly]::FromDateTime($Cutoff)) | Select-Object -First $First
}

# What comes out of a step for a few patrons who may go.
function New-TestRun {
    param(
        [ValidateSet('Imported', 'SetBuilt', 'Marked', 'Purged')] [string] $Stage,
        [int] $Count = 3
    )

    $candidates = Import-AlmaPurgeCandidate -PrimaryId @(Get-Purgeable $Count) -UserGroup $Group -ExpiredBefore $Cutoff
    if ($Stage -eq 'Imported') { return $candidates }
    $set = $candidates | New-AlmaUserSet
    if ($Stage -eq 'SetBuilt') { return $set }
    $set = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG
    if ($Stage -eq 'Marked') { return $set }
    $set | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Wait
}

# The requests so far that could change something.
function Get-Change {
    (Get-TestSimulator).Requests | Where-Object -Property Method -NE -Value GET
}

# What Tab proposes at the end of a line.
function Get-Completion([string] $Line) {
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
}

# A host with somebody at the keyboard: 0 is yes, 2 is no, several are the answers to one question after the other; the
# lines are typed after that.
function New-AskedHost([int[]] $Choice, [string[]] $Line = @()) {
    [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new($Choice, $Line)
}

# The headers of the table that objects are shown in.
function Get-Header($Object) {
    ($Object | Format-Table)[0].shapeInfo.tableColumnInfoList | ForEach-Object { $_.label ? $_.label : $_.propertyName }
}

# The values that the instructions of a handover tell staff, as the page Purge User Records asks for them.
function Get-HandoffValue([string] $Paper) {
    $value = @{}
    foreach ($line in @{ days = 'Number of days after purge date'; type = 'User record type'; waive = 'Waive threshold' }.GetEnumerator()) {
        $value[$line.Key] = [regex]::Match($Paper, "$($line.Value): +(\S+)").Groups[1].Value
    }
    $value.group = [regex]::Match($Paper, 'User group: .*\(code (\w+)\)').Groups[1].Value
    $value
}

# Staff run the classic page as the instructions say; what is given stands for a value they got wrong.
function Invoke-StaffPurge([string] $Paper, [hashtable] $Wrong = @{}) {
    $value = Get-HandoffValue $Paper
    foreach ($name in $Wrong.Keys) { $value[$name] = $Wrong[$name] }
    (Get-TestSimulator).PurgeUserRecords($value.days, $value.type, $value.group, $value.waive)
}
