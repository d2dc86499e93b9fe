Describe 'New-AlmaUserSet -Existing' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        . $PSScriptRoot/staff.ps1
        . $PSScriptRoot/host.ps1
        $null = Import-TestCmdlet
        $id = 'AlmaPurge.Commands.NewAlmaUserSetCommand'
    }

    Context 'with three patrons' {
        BeforeEach {
            $connection = New-TestConnection
            $candidates = New-TestRun Imported
            $run = Get-AlmaPurgeRun $candidates[0].RunId
            $staff = New-EmbeddedStaffClient
            $setId = New-StaffSet $staff 'By hand' $candidates.PrimaryId
            $changes = @(Get-Change).Count
        }

        It 'takes up the set by <Name>' -ForEach @(
            @{ Name = 'name'; Call = { $candidates | New-AlmaUserSet -Existing 'by hand' } }
            @{ Name = 'id'; Call = { $run | New-AlmaUserSet -Existing $setId } }
            @{ Name = 'what Get-AlmaUserSet gives'; Call = { New-AlmaUserSet $run -Existing (Get-AlmaUserSet 'By hand') } }
        ) {
            $set = & $Call

            $set.SetId | Should -Be $setId
            $set.Name | Should -Be 'By hand'
            $set.MemberCount | Should -Be 3
            @(Get-Change).Count | Should -Be $changes
            (Get-AlmaPurgeRun $run).State | Should -Be 'SetBuilt'
            ($run | New-AlmaUserSet -Existing $setId).SetId | Should -Be $setId
        }

        It 'stops at who is too many and at who is missing, by name' {
            $others = New-StaffSet $staff 'Two' @($candidates[0].PrimaryId; @(Get-Purgeable 4)[3])
            $problem = { $run | New-AlmaUserSet -Existing $others } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -Be "SetHoldsOthers,$id"
            $problem.CategoryInfo.Category | Should -Be 'SecurityError'
            $problem.TargetObject | Should -Be @(Get-Purgeable 4)[3]

            $fewer = New-StaffSet $staff 'Fewer' $candidates[0, 1].PrimaryId
            $problem = { $run | New-AlmaUserSet -Existing $fewer } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -Be "SetLacksPatrons,$id"
            $problem.TargetObject | Should -Be $candidates[2].PrimaryId
            (Get-AlmaPurgeRun $run).State | Should -Not -Be 'SetBuilt'
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a set that is not there'; Call = { $run | New-AlmaUserSet -Existing nowhere }; Error = 'SetNotFound'; Category = 'ObjectNotFound' }
            @{ Name = 'the set of another run'; Call = { $run | New-AlmaUserSet -Existing (New-TestRun SetBuilt) }; Error = 'SetOfOtherRun'; Category = 'SecurityError' }
            @{ Name = 'another set than it has'; Call = { $null = $run | New-AlmaUserSet; $run | New-AlmaUserSet -Existing $setId }; Error = 'SetAlreadyBuilt'; Category = 'InvalidOperation' }
        ) {
            $problem = { & $Call } | Should -Throw -PassThru

            $problem.FullyQualifiedErrorId | Should -Be "$Error,$id"
            $problem.CategoryInfo.Category | Should -Be $Category
        }

        It 'refuses a number, and -Name beside it' {
            { $run | New-AlmaUserSet -Existing 12345 } | Should -Throw '*in quotes*' -ErrorId "ParameterArgumentTransformationError,$id"
            { $run | New-AlmaUserSet -Existing $setId -Name other } | Should -Throw -ErrorId "AmbiguousParameterSet,$id"
        }

        It 'holds to the ceiling that the export was given' {
            $null = $run | Export-AlmaPurgeCandidate "$TestDrive/ceiling.csv" -MaximumCount 3 -Force
            { $run | New-AlmaUserSet -Existing $setId -MaximumCount 2 } | Should -Throw -ErrorId "MoreThanMaximumCount,$id"
            ($run | New-AlmaUserSet -Existing $setId).MemberCount | Should -Be 3
        }

        It 'describes under -WhatIf and changes nothing' {
            $screen = New-AskedHost 0
            $there = Invoke-InRunspace '$candidates | New-AlmaUserSet -Existing $setId -WhatIf -Connection $connection' -HostObject $screen -Variable @{
                candidates = $candidates; connection = $connection; setId = $setId
            }

            $there.Output.IsPreview | Should -BeTrue
            $screen.Shown | Should -BeLike "What if: Take up the itemized user set 'By hand' of 3 patrons*"
            @(Get-Change).Count | Should -Be $changes
            (Get-AlmaPurgeRun $run).State | Should -Be 'Imported'
        }
    }

    Context 'in a whole purge' {
        BeforeAll {
            # The session up to the file, what staff do with it, and the rest of the session: in lines of their own.
            function Invoke-HandBuilt([string] $Folder, [string] $Kind, $Staff) {
                $null = Import-AlmaPurgeCandidate "$Folder/users.csv" -UserGroup $Group -ExpiredBefore $Cutoff -RunPath "$Folder/runs" |
                    Remove-AlmaFinesHolder -Path "$Folder/fines.csv" |
                    Confirm-AlmaPurgeCandidate |
                    Export-AlmaPurgeCandidate "$Folder/set.$Kind"
                $null = New-StaffSet $Staff 'Built by hand' @(Read-Username "$Folder/set.$Kind")
                Get-AlmaPurgeRun -Path "$Folder/runs" |
                    New-AlmaUserSet -Existing 'Built by hand' |
                    Set-AlmaPurgeDate -PurgeDate 2025-10-01 -PurgeGroup PURGEUG |
                    Start-AlmaPurgeJob -Route SetJob -WaiveThreshold 1 -DeleteUserPolicy KeepStatistics -Wait -Confirm:$false |
                    Confirm-AlmaPurge
            }
        }

        It 'purges exactly those who may go, embedded, by a .<_> file' -ForEach 'xlsx', 'csv', 'txt' {
            $null = New-TestConnection
            $folder = (New-Item -ItemType Directory "$TestDrive/embedded-$_").FullName
            Export-AlmaSimulatorReport -Kind Users -Path "$folder/users.csv"
            Export-AlmaSimulatorReport -Kind Fines -Path "$folder/fines.csv"
            $results = Invoke-HandBuilt $folder $_ (New-EmbeddedStaffClient)

            $expected = Get-Purgeable | Sort-Object
            $expected.Count | Should -BeGreaterThan 20
            (Get-TestSimulator).Purged.PrimaryId | Sort-Object | Should -Be $expected
            ($results | Where-Object Status -EQ Purged).PrimaryId | Sort-Object | Should -Be $expected
            (Get-TestSimulator).WronglyPurged($Group, [dateonly]::FromDateTime($Cutoff)) | Should -BeNullOrEmpty
        }

        It 'purges exactly those who may go, over HTTP' {
            $alma = Start-TestHost '--size', '200', '--seed', '3'
            try {
                $folder = (New-Item -ItemType Directory "$TestDrive/http").FullName
                Invoke-WebRequest "$($alma.BaseUri)simulator/reports/users.csv?userGroup=$Group" -OutFile "$folder/users.csv"
                Invoke-WebRequest "$($alma.BaseUri)simulator/reports/fines.csv" -OutFile "$folder/fines.csv"
                $null = Connect-Alma -BaseUri $alma.BaseUri -ApiKey $alma.Key -RequestsPerSecond 25
                $results = Invoke-HandBuilt $folder xlsx (New-StaffClient $alma.BaseUri $alma.Plain)

                $query = "userGroup=$Group&expiredBefore=2025-01-01"
                $purged = Invoke-RestMethod "$($alma.BaseUri)simulator/purged?$query"
                $manifest = Invoke-RestMethod "$($alma.BaseUri)simulator/manifest?$query"
                $purged.wrong | Should -Be 0
                $manifest.mayGo.Count | Should -BeGreaterThan 10
                $purged.purged.primaryId | Sort-Object | Should -Be ($manifest.mayGo | Sort-Object)
                ($results | Where-Object Status -EQ Purged).PrimaryId | Sort-Object | Should -Be ($manifest.mayGo | Sort-Object)
            } finally {
                Stop-TestHost $alma
            }
        }
    }
}
