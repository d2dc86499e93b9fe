Describe 'Connect-Alma' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $key = ConvertTo-SecureString -AsPlainText 'l7xxSECRETSECRETSECRET'
        $closed = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $closed.Start()
        $nobody = "http://127.0.0.1:$($closed.LocalEndpoint.Port)"
        $closed.Stop()
    }

    AfterEach {
        $env:ALMA_API_KEY = $null
    }

    Context 'the simulator' {
        It 'gives a connection and makes it that of the session' {
            $connection = Connect-Alma -Simulator

            $connection | Should -BeOfType AlmaPurge.AlmaConnection
            $connection.EnvironmentType | Should -Be 'Simulated'
            $connection.Institution | Should -Not -BeNullOrEmpty
            $connection.CallsLeftToday | Should -BeGreaterThan 0
            Get-AlmaConnection | Should -Be $connection
        }

        It 'has the users and the seed that were asked for' {
            $null = Connect-Alma -Simulator -SimulatorUserCount 40 -SimulatorSeed 7
            $first = Get-TestSimulator
            $null = Connect-Alma -Simulator -SimulatorUserCount 40 -SimulatorSeed 8
            $other = Get-TestSimulator
            $null = Connect-Alma -Simulator -SimulatorUserCount 40 -SimulatorSeed 7

            $first.Options.UserCount | Should -Be 40
            (Get-TestSimulator).Users.PrimaryId | Should -Be $first.Users.PrimaryId
            $other.Users.ExpiryDate -join ' ' | Should -Not -Be ($first.Users.ExpiryDate -join ' ')
        }

        It 'misbehaves when told to' {
            $null = Connect-Alma -Simulator -SimulatorFault 'serverError@3'

            $null = Get-AlmaUserGroup
            (Get-TestSimulator).Requests.StatusCode | Should -Contain 500
        }

        It 'names the faults when it does not know one' {
            $problem = { Connect-Alma -Simulator -SimulatorFault gremlins } | Should -Throw -PassThru

            $problem.FullyQualifiedErrorId | Should -Be 'SimulatorFaultUnknown,AlmaPurge.Commands.ConnectAlmaCommand'
            $problem.TargetObject | Should -Be 'gremlins'
            $problem | Should -BeLike '*throttle*'
            $problem | Should -Not -BeLike '*Parameter*'
        }

        It 'refuses <Fault>' -ForEach @(
            @{ Fault = 'throttle:2' }
            @{ Fault = 'throttle:0,5' }
            @{ Fault = 'timeout@0' }
            @{ Fault = 'slow', 'throtle' }
            @{ Fault = '' }
        ) {
            { Connect-Alma -Simulator -SimulatorFault $Fault } | Should -Throw -ErrorId 'SimulatorFaultUnknown,*'
        }

        It 'keeps to a rate only when one is given' {
            (Connect-Alma -Simulator).RequestsPerSecond | Should -Be 0
            (Connect-Alma -Simulator -RequestsPerSecond 20).RequestsPerSecond | Should -Be 20
        }

        It 'stops at the daily floor' {
            $connection = Connect-Alma -Simulator -DailyCallFloor 999998

            $connection.DailyCallFloor | Should -Be 999998
            { 1..2 | ForEach-Object { Get-AlmaUserGroup } } | Should -Throw '*floor*' -ErrorId 'AlmaDailyLimitReached,*'
        }

        It 'leaves an earlier connection open for -Connection' {
            $first = Connect-Alma -Simulator
            $null = Connect-Alma -Simulator -SimulatorSeed 2
            $before = (Get-TestSimulator).Requests.Count

            Get-AlmaUserGroup -Connection $first | Should -Not -BeNullOrEmpty
            (Get-TestSimulator).Requests.Count | Should -Be $before
        }
    }

    Context 'an institution' {
        It 'knows the regions' {
            Get-Completion 'Connect-Alma -Region ' |
                Should -Be 'AsiaPacific', 'Australia', 'Canada', 'China', 'Europe', 'NorthAmerica'
        }

        It 'wants a key, and says where from' {
            $problem = { Connect-Alma -Region Europe } | Should -Throw -PassThru

            $problem.FullyQualifiedErrorId | Should -Be 'ApiKeyMissing,AlmaPurge.Commands.ConnectAlmaCommand'
            $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $problem | Should -BeLike '*ALMA_API_KEY*'
        }

        It 'takes the key of the environment, the parameter first' {
            # A key that is refused before it is sent tells which one was read.
            $env:ALMA_API_KEY = 'has a blank'
            { Connect-Alma -BaseUri $nobody } | Should -Throw -ErrorId 'InvalidApiKey,*'
            { Connect-Alma -BaseUri $nobody -ApiKey $key } | Should -Throw -ErrorId 'AlmaUnreachable,*'
        }

        It 'refuses a key as plain text' {
            { Connect-Alma -Region Europe -ApiKey 'l7xxSECRET' } | Should -Throw -ErrorId 'CannotConvertArgument*'
        }

        It 'says when nobody answers' {
            $problem = { Connect-Alma -BaseUri $nobody -ApiKey $key } | Should -Throw -PassThru

            $problem.FullyQualifiedErrorId | Should -Be 'AlmaUnreachable,AlmaPurge.Commands.ConnectAlmaCommand'
            $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
            $problem | Should -BeLike '*127.0.0.1*'
        }

        It 'refuses <Uri> without sending the key' -ForEach @(
            @{ Uri = 'http://example.org' }
            @{ Uri = 'ftp://127.0.0.1' }
            @{ Uri = 'api-eu.hosted.exlibrisgroup.com' }
            @{ Uri = 'https://someone@127.0.0.1' }
            @{ Uri = 'https://127.0.0.1/?apikey=1' }
        ) {
            $problem = { Connect-Alma -BaseUri $Uri -ApiKey $key } | Should -Throw -PassThru

            $problem.FullyQualifiedErrorId | Should -Be 'InvalidBaseUri,AlmaPurge.Commands.ConnectAlmaCommand'
            $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $problem.TargetObject | Should -Be ([uri] $Uri)
        }

        It 'understands a key that it does not know, or that lacks an area: <Name>' -ForEach @(
            @{ Name = 'unknown'; Key = 'l7xxUNKNOWN' }
            @{ Name = 'users only'; Area = 'users:read', 'users:write' }
        ) {
            $problem = { New-TestConnection -Area $Area -Key $Key } | Should -Throw -PassThru
            $cause = $problem.Exception.InnerException

            $cause.Kind | Should -Be 'Unauthorized'
            $cause.Message | Should -BeLike '*area Configuration*'
        }

        It 'keeps the connection it had when the new one fails' {
            $before = Connect-Alma -Simulator
            { Connect-Alma -BaseUri $nobody -ApiKey $key } | Should -Throw

            Get-AlmaConnection | Should -Be $before
        }

        It 'shows the key nowhere' {
            # Not in the line itself, which PowerShell shows with an error.
            $run = Invoke-InRunspace -Variable @{ key = $key; nobody = $nobody } -Line @'
                $DebugPreference = $VerbosePreference = $InformationPreference = 'Continue'
                Connect-Alma -BaseUri $nobody -ApiKey $key *>&1
'@
            $shown = @($run.Output; $run.Errors; $run.Record; $run.Exception)
            $shown.Count | Should -BeGreaterThan 1
            $text = $shown | ForEach-Object { "$_"; $_ | Format-List * -Force | Out-String; $_ | ConvertTo-Json -Depth 3 -WarningAction Ignore }
            $text -join "`n" -split "`n" -match 'SECRETSECRET' | Should -BeNullOrEmpty
        }

        It 'has no key in the connection, however it is shown' {
            $connection = Connect-Alma -Simulator
            $secret = (Get-TestSimulator).ApiKey
            $shown = $connection.ToString(), ($connection | Format-List * -Force | Out-String),
            ($connection | ConvertTo-Json -Depth 5), ($connection | Format-Custom -Depth 5 | Out-String),
            [System.Management.Automation.PSSerializer]::Serialize($connection, 5)

            $shown | Should -Not -BeLike "*$secret*"
            $shown | Should -BeLike '*Simulated*'
        }
    }

    It 'takes either a region, an address or the simulator' {
        { Connect-Alma -Simulator -Region Europe } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Connect-Alma -Region Europe -SimulatorSeed 1 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Connect-Alma -Region Atlantis } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Connect-Alma -Simulator -RequestsPerSecond 26 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'proposes faults, and says what each does and when' {
        Get-Completion 'Connect-Alma -Simulator -SimulatorFault thr' | Should -Be 'throttle'
        Get-Completion 'Connect-Alma -Simulator -SimulatorFault slow, group' | Should -Be 'groupGone'
        $line = 'Connect-Alma -Simulator -SimulatorFault '
        $proposed = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
        $proposed.Count | Should -Be 25
        $proposed | ForEach-Object { $_.ToolTip | Should -Match "^[A-Z].+\. Alone it is $($_.ListItemText)(:[0-9.]+|@[0-9]+)\.$" }
    }

    It 'has every fault in its help and in the page of the simulator' {
        $null = Connect-Alma -Simulator -SimulatorUserCount 10
        $help = Get-Help Connect-Alma -Parameter SimulatorFault | Out-String -Width 200
        $page = Get-Content "$RepositoryRoot/docs/simulator.md" -Raw
        $faults = (Get-TestSimulator).GetType().GetProperty('FaultDescriptions').GetValue($null)

        $faults.Count | Should -Be 25
        foreach ($fault in $faults) {
            $help | Should -MatchExactly "\b$($fault.Name)\b"
            $page.Contains("| ``$($fault.Name)`` | $($fault.Description) | ``$($fault.DefaultTrigger)`` | ``$($fault.Name)") |
                Should -BeTrue -Because "docs/simulator.md should tell of $($fault.Name)"
        }
    }

    It 'is shown in a table' {
        Get-Header (Connect-Alma -Simulator) | Should -Be 'Institution', 'Environment', 'BaseUri', 'Rate/s', 'Calls left'
    }
}
