# The canonical session from each source of candidates, embedded and over HTTP, judged by the simulator's own records.
Describe 'Sources of a purge' {
    BeforeDiscovery {
        $sources = @(
            @{ Source = 'Analytics reports'
                Start = {
                    Import-AlmaPurgeCandidate -ReportPath "$folder/users" @group |
                        Remove-AlmaFinesHolder -ReportPath "$folder/fines"
                }
            }
            @{ Source = 'several files from the pipeline'
                Start = {
                    Get-ChildItem "$files/users*" | Import-AlmaPurgeCandidate @group |
                        Remove-AlmaFinesHolder -Path "$files/fines*"
                }
            }
            @{ Source = 'an itemized set'; Start = { Import-AlmaPurgeCandidate -SetName 'leavers 2024/25' @group } }
            @{ Source = 'a logical set by its id'; Start = { Import-AlmaPurgeCandidate -SetId $logical @group } }
            @{ Source = 'identifiers typed by hand'; IsFew = $true; Start = { Import-AlmaPurgeCandidate -PrimaryId $chosen @group } }
        )
    }

    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        . $PSScriptRoot/host.ps1
        $null = Import-TestCmdlet
        $group = @{ UserGroup = 'UNDRGRD'; ExpiredBefore = [datetime]'2025-01-01'; WarningAction = 'SilentlyContinue' }

        # Two exports with their rows shared out between them, of different kinds and with one row in both.
        function Split-Export([string] $Path, [string] $First, [string] $Second, [string] $Separator) {
            $rows = Import-Csv -LiteralPath $Path
            $half = [int] ($rows.Count / 2)
            $rows[0..$half] | Export-Csv -LiteralPath $First
            $rows[$half..($rows.Count - 1)] | Export-Csv -LiteralPath $Second -Delimiter $Separator
        }

        # What staff do on their own page.
        function New-StaffSet($Http, [string] $Name, [string[]] $Id, [string] $Query) {
            function Send([string] $Path, $Body) {
                $content = [System.Net.Http.StringContent]::new(($Body | ConvertTo-Json -Depth 5), [System.Text.Encoding]::UTF8, 'application/json')
                $answer = $Http.PostAsync($Path, $content).GetAwaiter().GetResult()
                $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
                if (-not $answer.IsSuccessStatusCode) { throw $text }
                $text | ConvertFrom-Json
            }
            $body = @{ name = $Name; type = @{ value = $Query ? 'LOGICAL' : 'ITEMIZED' }; content = @{ value = 'USER' }; private = @{ value = 'false' } }
            if ($Query) { $body.query = @{ value = $Query } }
            $set = Send 'almaws/v1/conf/sets' $body
            if ($Id) {
                $members = @{ members = @{ member = @($Id | ForEach-Object { @{ id = $_ } }) } }
                $null = Send "almaws/v1/conf/sets/$($set.id)?op=add_members&fail_on_invalid_id=false" $members
            }
            $set.id
        }

        function New-Http($Address, [string] $Key, $Handler) {
            $http = $Handler ? [System.Net.Http.HttpClient]::new($Handler) : [System.Net.Http.HttpClient]::new()
            $http.BaseAddress = $Address
            $http.DefaultRequestHeaders.Add('Authorization', "apikey $Key")
            $http.DefaultRequestHeaders.Add('Accept', 'application/json')
            $http
        }

        function Complete-Session {
            $input | Confirm-AlmaPurgeCandidate |
                New-AlmaUserSet |
                Set-AlmaPurgeDate -PurgeDate 2026-10-01 -PurgeGroup PURGEUG |
                Start-AlmaPurgeJob -Route SetJob -WaiveThreshold 1 -DeleteUserPolicy KeepStatistics -Wait -Confirm:$false |
                Confirm-AlmaPurge
        }

        function Get-Name([string[]] $Status, $Result) {
            ($Result | Where-Object Status -In $Status).PrimaryId | Sort-Object -CaseSensitive
        }
    }

    Context 'embedded' {
        BeforeEach {
            $null = Connect-Alma -Simulator -SimulatorInstitution 01SRC_INST
            $simulator = Get-TestSimulator
            $folder = $simulator.ReportFolder
            $files = New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid())"
            Export-AlmaSimulatorReport -Kind Users -Path "$files/all.csv"
            Split-Export "$files/all.csv" "$files/users 1.csv" "$files/users [2].txt" ';'
            Export-AlmaSimulatorReport -Kind Fines -Path "$files/owing.csv"
            Split-Export "$files/owing.csv" "$files/fines1.csv" "$files/fines2.csv" "`t"
            $http = New-Http $simulator.BaseAddress $simulator.ApiKey $simulator.CreateHandler()
            $null = New-StaffSet $http 'Leavers 2024/25' @($simulator.Users.PrimaryId)
            $logical = New-StaffSet $http 'those of now' -Query 'user_group~UNDRGRD'
            $may = @($simulator.PurgeableFor('UNDRGRD', [dateonly]'2025-01-01') | Sort-Object -CaseSensitive)
            $chosen = @($may[0..4]) + @(($simulator.ManifestFor('UNDRGRD', [dateonly]'2025-01-01').PrimaryId)[0..9])
            $before = @($simulator.Requests).Count
            $runs = @(Get-ChildItem $env:ALMAPURGE_RUNS -ErrorAction Ignore).Name
        }

        It 'purges from <Source> exactly those who may go' -ForEach $sources {
            $results = & $Start | Complete-Session
            $expected = $IsFew ? $may[0..4] : $may

            $simulator.Purged.PrimaryId | Sort-Object -CaseSensitive | Should -Be $expected
            $simulator.WronglyPurged('UNDRGRD', [dateonly]'2025-01-01') | Should -BeNullOrEmpty
            Get-Name Purged $results | Should -Be $expected
            $results.Status | Should -Not -Contain 'Unknown'
        }

        It 'previews a purge from <Source> without a change or a file' -ForEach $sources {
            $WhatIfPreference = $true
            $results = & $Start | Complete-Session
            $WhatIfPreference = $false

            Get-Name WouldPurge $results | Should -Be ($IsFew ? $may[0..4] : $may)
            @($simulator.Requests)[$before..9999].Method | Sort-Object -Unique | Should -Be 'GET'
            @(Get-ChildItem $env:ALMAPURGE_RUNS -ErrorAction Ignore).Name | Should -Be $runs
        }
    }

    Context 'over HTTP' {
        BeforeEach {
            $alma = Start-TestHost '--size', '30', '--seed', '1', '--institution', '01WEB_INST'
            $null = Connect-Alma -BaseUri $alma.BaseUri -ApiKey $alma.Key -RequestsPerSecond 25
            $folder = (Invoke-RestMethod "$($alma.BaseUri)simulator").reportFolder
            $files = New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid())"
            Invoke-WebRequest "$($alma.BaseUri)simulator/reports/users.csv" -OutFile "$files/all.csv"
            Split-Export "$files/all.csv" "$files/users 1.csv" "$files/users [2].txt" ';'
            Invoke-WebRequest "$($alma.BaseUri)simulator/reports/fines.csv" -OutFile "$files/owing.csv"
            Split-Export "$files/owing.csv" "$files/fines1.csv" "$files/fines2.csv" "`t"
            $query = 'userGroup=UNDRGRD&expiredBefore=2025-01-01'
            $manifest = Invoke-RestMethod "$($alma.BaseUri)simulator/manifest?$query"
            $may = @($manifest.mayGo | Sort-Object -CaseSensitive)
            $http = New-Http $alma.BaseUri $alma.Plain
            $null = New-StaffSet $http 'Leavers 2024/25' @($manifest.mayGo + $manifest.mustStay.primaryId)
            $logical = New-StaffSet $http 'those of now' -Query 'user_group~UNDRGRD'
            $chosen = @($may[0..4]) + @($manifest.mustStay.primaryId[0..9])
        }

        AfterEach {
            Stop-TestHost $alma
        }

        It 'purges from <Source> exactly those who may go' -ForEach $sources {
            $results = & $Start | Complete-Session
            $expected = $IsFew ? $may[0..4] : $may
            $purged = Invoke-RestMethod "$($alma.BaseUri)simulator/purged?$query"

            $purged.purged.primaryId | Sort-Object -CaseSensitive | Should -Be $expected
            $purged.wrong | Should -Be 0
            Get-Name Purged $results | Should -Be $expected
            $results.Status | Should -Not -Contain 'Unknown'
        }
    }
}
