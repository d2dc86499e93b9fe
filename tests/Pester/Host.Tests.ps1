# The canonical session against the simulator's host, by -BaseUri, compared with the embedded simulator.
Describe 'The host of the simulator' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        . $PSScriptRoot/host.ps1
        $env:ALMAPURGE_RUNS = "$TestDrive/runs"
        $env:ALMA_API_KEY = $null
        $group = @{ UserGroup = 'UNDRGRD'; ExpiredBefore = [datetime]'2025-01-01' }

        # Staff at the host run the classic page as the instructions say.
        function Invoke-HostedStaff([string] $Paper) {
            $value = Get-HandoffValue $Paper
            $null = Invoke-RestMethod "$($alma.BaseUri)simulator/purge-user-records" -Method Post -ContentType application/json -Body (@{
                daysAfterPurgeDate = [int] $value.days; recordType = $value.type; userGroup = $value.group; waiveThreshold = [decimal] $value.waive
            } | ConvertTo-Json)
        }

        # The README's session, from two exports to one result per patron.
        function Invoke-Session([string] $Folder, [string] $Route = 'SetJob') {
            Import-AlmaPurgeCandidate "$Folder/undergraduates.csv" @group |
                Remove-AlmaFinesHolder -Path "$Folder/fines.csv" |
                Confirm-AlmaPurgeCandidate |
                New-AlmaUserSet |
                Set-AlmaPurgeDate -PurgeDate 2026-10-01 -PurgeGroup PURGEUG |
                Start-AlmaPurgeJob -Route $Route -WaiveThreshold 1 -DeleteUserPolicy KeepStatistics -Confirm:$false -InformationAction Ignore |
                ForEach-Object { if ($_.Instructions) { Invoke-HostedStaff $_.Instructions }; $_ } |
                Wait-AlmaJob |
                Confirm-AlmaPurge
        }

        $alma = Start-TestHost '--size', '300', '--seed', '1'
    }

    AfterAll {
        Stop-TestHost $alma
    }

    It 'is connected to by plain http on loopback and known as the simulator' {
        $connection = Connect-Alma -BaseUri $alma.BaseUri -ApiKey $alma.Key

        $connection.EnvironmentType | Should -Be 'Simulated'
        $connection.BaseUri | Should -Be $alma.BaseUri
        (Get-AlmaUserGroup).Code | Should -Contain 'PURGEUG'
    }

    It 'goes through the canonical session exactly as the embedded simulator' {
        $null = New-Item -ItemType Directory "$TestDrive/there", "$TestDrive/here"
        Invoke-WebRequest "$($alma.BaseUri)simulator/reports/users.csv?userGroup=UNDRGRD" -OutFile "$TestDrive/there/undergraduates.csv"
        Invoke-WebRequest "$($alma.BaseUri)simulator/reports/fines.csv" -OutFile "$TestDrive/there/fines.csv"
        $null = Connect-Alma -BaseUri $alma.BaseUri -ApiKey $alma.Key -RequestsPerSecond 25
        $there = Invoke-Session "$TestDrive/there"

        $null = Connect-Alma -Simulator
        Export-AlmaSimulatorReport -Kind Users -Path "$TestDrive/here/undergraduates.csv" -UserGroup UNDRGRD
        Export-AlmaSimulatorReport -Kind Fines -Path "$TestDrive/here/fines.csv"
        $here = Invoke-Session "$TestDrive/here"

        $there.Count | Should -BeGreaterThan 100
        $there | ForEach-Object { "$($_.PrimaryId) $($_.Status) $($_.Rule)" } |
            Should -Be ($here | ForEach-Object { "$($_.PrimaryId) $($_.Status) $($_.Rule)" })

        $query = 'userGroup=UNDRGRD&expiredBefore=2025-01-01'
        $purged = Invoke-RestMethod "$($alma.BaseUri)simulator/purged?$query"
        $manifest = Invoke-RestMethod "$($alma.BaseUri)simulator/manifest?$query"
        $purged.wrong | Should -Be 0
        $purged.purged.primaryId | Sort-Object | Should -Be ($manifest.mayGo | Sort-Object)
        ($there | Where-Object Status -EQ Purged).PrimaryId | Sort-Object | Should -Be ($manifest.mayGo | Sort-Object)
        $log = Invoke-WebRequest "$($alma.BaseUri)simulator/log?limit=100000"
        $log.Content | Should -Not -Match $alma.Plain
    }

    It 'goes through it by <_> as well' -ForEach 'UserDelete', 'Handoff' {
        $query = 'userGroup=UNDRGRD&expiredBefore=2025-01-01'
        $alma = Start-TestHost '--size', '120', '--seed', '1'
        try {
            $folder = (New-Item -ItemType Directory "$TestDrive/$_").FullName
            Invoke-WebRequest "$($alma.BaseUri)simulator/reports/users.csv?userGroup=UNDRGRD" -OutFile "$folder/undergraduates.csv"
            Invoke-WebRequest "$($alma.BaseUri)simulator/reports/fines.csv" -OutFile "$folder/fines.csv"
            $manifest = Invoke-RestMethod "$($alma.BaseUri)simulator/manifest?$query"
            $null = Connect-Alma -BaseUri $alma.BaseUri -ApiKey $alma.Key -RequestsPerSecond 25
            $results = Invoke-Session $folder $_

            $purged = Invoke-RestMethod "$($alma.BaseUri)simulator/purged?$query"
            $purged.wrong | Should -Be 0
            $purged.purged.primaryId | Sort-Object | Should -Be ($manifest.mayGo | Sort-Object)
            ($results | Where-Object Status -EQ Purged).PrimaryId | Sort-Object | Should -Be ($manifest.mayGo | Sort-Object)
        } finally {
            Stop-TestHost $alma
        }
    }

    It 'is a production where it was told to be one' {
        $production = Start-TestHost '--size', '20', '--environment', 'PRODUCTION'
        try {
            (Connect-Alma -BaseUri $production.BaseUri -ApiKey $production.Key).EnvironmentType | Should -Be 'Production'
        } finally {
            Stop-TestHost $production
        }
    }
}
