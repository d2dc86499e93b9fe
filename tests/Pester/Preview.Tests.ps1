Describe 'Preview' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = Import-TestCmdlet
        $line = @'
            Import-AlmaPurgeCandidate $users -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 @whatIf -Connection $connection |
                Remove-AlmaFinesHolder $fines |
                Confirm-AlmaPurgeCandidate -Connection $connection |
                New-AlmaUserSet -Connection $connection |
                Set-AlmaPurgeDate -PurgeGroup PURGEUG -Connection $connection |
                Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Wait @answer -Connection $connection |
                Confirm-AlmaPurge -Connection $connection
'@
        function Invoke-Line([string] $Line, $Screen, [hashtable] $More = @{}) {
            $all = @{
                users = "$TestDrive/users.csv"; fines = "$TestDrive/fines.csv"; connection = $connection
                whatIf = @{}; answer = @{}
            }
            $More.Keys | ForEach-Object { $all[$_] = $More[$_] }
            Invoke-InRunspace $Line $Screen -Variable $all
        }
    }

    BeforeEach {
        $env:ALMAPURGE_RUNS = "$TestDrive/$([guid]::NewGuid())"
        $connection = New-TestConnection
        $simulator = Get-TestSimulator
        Export-AlmaSimulatorReport -Kind Users -Path "$TestDrive/users.csv"
        Export-AlmaSimulatorReport -Kind Fines -Path "$TestDrive/fines.csv"
        $screen = New-AskedHost 0
    }

    It 'previews the whole pipeline, <Name>, with the counts of the real run after it' -ForEach @(
        @{ Name = '-WhatIf on the first cmdlet'; Before = ''; More = @{ whatIf = @{ WhatIf = $true } } }
        @{ Name = '$WhatIfPreference'; Before = '$WhatIfPreference = $true;'; More = @{} }
        @{ Name = 'whatever a later cmdlet was told'; Before = ''
            More = @{ whatIf = @{ WhatIf = $true }; answer = @{ Confirm = $false } }
        }
    ) {
        $preview = Invoke-Line "$Before $line" $screen $More

        $preview.Exception | Should -BeNullOrEmpty
        $preview.Output.Status | Select-Object -Unique | Sort-Object | Should -Be 'Kept', 'WouldPurge'
        Get-Change | Should -BeNullOrEmpty
        $env:ALMAPURGE_RUNS | Should -Not -Exist
        $simulator.Sets, $simulator.JobRuns, $simulator.Purged | ForEach-Object Count | Should -Be 0, 0, 0
        # Each of the seven says what it would do, and nobody is asked.
        @($screen.Shown).Count | Should -Be 7
        $screen.Shown | Should -BeLike 'What if: *'

        $real = Invoke-Line $line (New-AskedHost 0) @{ answer = @{ Confirm = $false } }

        $real.Exception | Should -BeNullOrEmpty
        $purged = @($real.Output | Where-Object Status -EQ Purged)
        $purged.Count | Should -BeGreaterThan 20
        ($preview.Output | Where-Object Status -EQ WouldPurge).PrimaryId | Should -Be $purged.PrimaryId
        $preview.Output.Rule -join ' ' | Should -Be ($real.Output.Rule -join ' ')
        foreach ($said in @($screen.Shown)[3..6]) {
            $said | Should -Match "\b$($purged.Count)\b"
        }
    }

    It 'lets one look at the exclusions of a preview' {
        $null = Import-AlmaPurgeCandidate "$TestDrive/users.csv" -UserGroup $Group -ExpiredBefore $Cutoff -WhatIf |
            Confirm-AlmaPurgeCandidate -OutVariable passed 6>$null

        $passed[0].RunId | Should -BeLike 'preview-*'
        (Get-AlmaPurgeExclusion $passed[0].RunId).Rule | Should -Contain 'OpenLoans'
        $env:ALMAPURGE_RUNS | Should -Not -Exist
    }

    It 'refuses -WhatIf on <Name> alone, before anything happened' -ForEach @(
        @{ Name = 'Remove-AlmaFinesHolder' }
        @{ Name = 'Confirm-AlmaPurgeCandidate' }
        @{ Name = 'New-AlmaUserSet' }
        @{ Name = 'Set-AlmaPurgeDate' }
        @{ Name = 'Start-AlmaPurgeJob' }
        @{ Name = 'Confirm-AlmaPurge' }
    ) {
        $before = $simulator.Requests.Count
        $partial = Invoke-Line ($line -replace "(\b$Name\b)(?!Candidate)", '$1 -WhatIf') $screen @{ answer = @{ Confirm = $false } }

        $partial.ErrorId | Should -BeLike "PartialWhatIf,AlmaPurge.Commands.$($Name -replace '-')Command"
        $partial.Record.ErrorDetails.RecommendedAction | Should -BeLike '*first cmdlet*'
        $simulator.Requests.Count | Should -Be $before
        $env:ALMAPURGE_RUNS | Should -Not -Exist
    }

    It 'previews <Name> of a real run, fed from a variable, and leaves the run as it was' -ForEach @(
        @{ Name = 'Remove-AlmaFinesHolder'; Stage = 'Imported'; Step = '| Remove-AlmaFinesHolder $fines -WhatIf' }
        @{ Name = 'Confirm-AlmaPurgeCandidate'; Stage = 'Imported'; Step = '| Confirm-AlmaPurgeCandidate -WhatIf -Connection $connection' }
        @{ Name = 'New-AlmaUserSet'; Stage = 'Imported'; Step = '| New-AlmaUserSet -WhatIf -Connection $connection' }
        @{ Name = 'Set-AlmaPurgeDate'; Stage = 'SetBuilt'; Step = '| Set-AlmaPurgeDate -PurgeGroup PURGEUG -WhatIf -Connection $connection' }
        @{ Name = 'Start-AlmaPurgeJob'; Stage = 'Marked'; Step = '| Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy FullyRemove -WhatIf -Connection $connection' }
        @{ Name = 'Confirm-AlmaPurge'; Stage = 'Purged'; Step = '| Confirm-AlmaPurge -WhatIf -Connection $connection' }
    ) {
        $real = New-TestRun $Stage
        $folder = (Get-AlmaPurgeRun @($real)[0].RunId).Path
        function Get-FolderHash { Get-ChildItem $folder -File -Recurse | Sort-Object FullName | Get-FileHash | ForEach-Object Hash }
        $before = Get-FolderHash
        $changes = @(Get-Change).Count
        $state = (Get-AlmaPurgeRun $folder).State
        $preview = Invoke-Line "`$real $Step" $screen @{ real = $real }

        $preview.Exception | Should -BeNullOrEmpty
        @($screen.Shown -notlike 'warning: *').Count | Should -Be 1
        $screen.Shown -notlike 'warning: *' | Should -BeLike 'What if: *'
        @(Get-Change).Count | Should -Be $changes
        Get-FolderHash | Should -Be $before
        (Get-AlmaPurgeRun $folder).State | Should -Be $state
    }

    It 'previews a new run and an import' {
        $new = Invoke-Line 'New-AlmaPurgeRun UNDRGRD -WhatIf -Connection $connection' $screen
        $import = Invoke-Line 'Import-AlmaPurgeCandidate -PrimaryId a1 -UserGroup UNDRGRD -WhatIf -Connection $connection' $screen

        $new.Output.IsPreview, $import.Output[0].RunId.StartsWith('preview-') | Should -Be $true, $true
        $env:ALMAPURGE_RUNS | Should -Not -Exist
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is never applied, whatever a later cmdlet was told: <Name>' -ForEach @(
        @{ Name = 'candidates'; Step = '$set = $candidates | New-AlmaUserSet -Confirm:$false -Connection $connection' }
        @{ Name = 'a set'; Step = '$set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -Confirm:$false -Connection $connection' }
        @{ Name = 'a marked set'; Step = '$marked | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Connection $connection' }
        @{ Name = 'the same by UserDelete'; Step = '$marked | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false -Connection $connection' }
        @{ Name = 'a marked set, -WhatIf:$false'; Step = '$marked | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -WhatIf:$false -Confirm:$false -Connection $connection' }
        @{ Name = 'its run'; Step = 'Get-AlmaPurgeRun $marked.RunId | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Connection $connection' }
        @{ Name = 'a job'; Step = '$job | Confirm-AlmaPurge -Confirm:$false -Connection $connection' }
    ) {
        $make = @'
            $candidates = Import-AlmaPurgeCandidate $users -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 -WhatIf -Connection $connection
            $set = $candidates | New-AlmaUserSet -Connection $connection
            $marked = $set | Set-AlmaPurgeDate -PurgeGroup PURGEUG -Connection $connection
            $job = $marked | Start-AlmaPurgeJob -Route SetJob -DeleteUserPolicy KeepStatistics -Confirm:$false -Connection $connection
            $job.Status
'@
        $there = Invoke-Line $make $screen
        $there.Output | Should -Be 'Preview'
        $later = Invoke-Line ($make -replace '\$job = .*', $Step -replace '\$job\.Status', '') (New-AskedHost 0)

        Get-Change | Should -BeNullOrEmpty
        $simulator.Sets, $simulator.JobRuns, $simulator.Purged | ForEach-Object Count | Should -Be 0, 0, 0
        $env:ALMAPURGE_RUNS | Should -Not -Exist
        $later.Output | Where-Object { $_.IsPreview -eq $false } | Should -BeNullOrEmpty
    }
}
