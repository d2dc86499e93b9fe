# Marked values in the personal columns of the input, names in the simulator, and the key: none of them comes out.
Describe 'Privacy' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
    }

    It 'keeps names, addresses, birth dates and the key out of every stream and file' {
        $connection = New-TestConnection
        $simulator = Get-TestSimulator
        $ids = Get-Purgeable 5
        $names = $ids | ForEach-Object { $simulator.FindUser($_).State } | ForEach-Object LastName
        $rows = $ids | ForEach-Object {
            [pscustomobject]@{
                'Primary Identifier' = $_
                'User Group' = $Group
                'Expiry Date' = '{0:yyyy-MM-dd}' -f $simulator.FindUser($_).ExpiryDate
                'First Name' = 'ZZPRIVATEa'; 'Last Name' = 'ZZPRIVATEb'; 'Preferred Email' = 'ZZPRIVATE@example.org'
                'Birth Date' = '1901-02-03'; 'Preferred Address Line 1' = 'ZZPRIVATEc'; 'Preferred Phone Number' = 'ZZPRIVATEd'
            }
        }
        $rows | Export-Csv -LiteralPath "$TestDrive/people.csv"
        Set-Content -LiteralPath "$TestDrive/fines.csv" -Value 'Primary Identifier,Last Name', 'nobody,ZZPRIVATEe'
        # With -Debug itself PowerShell would ask at each message.
        $loud = @{ Verbose = $true; InformationAction = 'Continue' }
        $DebugPreference = 'Continue'
        $key = ConvertTo-SecureString 'ZZPRIVATEkey' -AsPlainText -Force
        $said = & {
            Import-AlmaPurgeCandidate "$TestDrive/people.csv" -UserGroup $Group -ExpiredBefore $Cutoff @loud |
                Remove-AlmaFinesHolder "$TestDrive/fines.csv" @loud |
                Confirm-AlmaPurgeCandidate @loud |
                New-AlmaUserSet @loud |
                Set-AlmaPurgeDate -PurgeGroup PURGEUG @loud |
                Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false @loud |
                Confirm-AlmaPurge @loud
            $run = Get-AlmaPurgeRun | Select-Object -First 1
            $run | Undo-AlmaPurgeDate @loud
            $run
            Get-AlmaConnection
            Get-AlmaPurgeExclusion $run @loud
            try {
                Connect-Alma -BaseUri 'http://127.0.0.1:1' -ApiKey $key @loud
            } catch {
                $_
            }
        } *>&1
        $text = ($said | ForEach-Object {
                "$_"
                $_ | Format-List * -Force | Out-String
                if ($_ -is [System.Management.Automation.ErrorRecord]) { $_.Exception.ToString() }
            }) -join "`n"
        $text += (Get-ChildItem -Recurse -File -LiteralPath $env:ALMAPURGE_RUNS | Get-Content -Raw) -join "`n"

        $text | Should -Match ([regex]::Escape($ids[0]))
        $text | Should -Match 'DELETE /almaws'
        foreach ($secret in @('ZZPRIVATE', '1901-02-03', $simulator.ApiKey) + $names) {
            $text | Should -Not -Match ('(?i)\b' + [regex]::Escape($secret))
        }
    }

    It 'names nobody in the folder of a run with pseudonyms once the map is deleted' {
        $null = New-TestConnection
        $ids = Get-Purgeable 5
        $created = New-AlmaPurgeRun $Group -ExpiredBefore $Cutoff -Pseudonymize
        $results = Import-AlmaPurgeCandidate -PrimaryId ($ids + 'nobody-at-all') -Run $created |
            New-AlmaUserSet |
            Set-AlmaPurgeDate -PurgeGroup PURGEUG |
            Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false |
            Confirm-AlmaPurge
        $run = Get-AlmaPurgeRun $created.RunId
        ($results | Where-Object Status -EQ Purged).PrimaryId | Should -Be $ids

        Remove-Item $run.PseudonymPath
        $left = Get-AlmaPurgeRun $run.RunId

        $text = (Get-ChildItem -Recurse -File -LiteralPath $run.Path | Get-Content -Raw) -join "`n"
        $ids + 'nobody-at-all' | ForEach-Object { $text | Should -Not -Match ([regex]::Escape($_)) }
        $left.State | Should -Be Verified
        $left.PatronCount | Should -Be 6
        $left.PseudonymPath | Should -BeNullOrEmpty
        (Get-AlmaPurgeExclusion $left).PrimaryId | Should -Match '^P-[0-9A-F]{16}$'
        (Get-AlmaPurgeExclusion $left).Rule | Should -Be NotFound
        (Import-Csv "$($run.Path)/results.csv" | Where-Object Status -EQ Purged).Count | Should -Be 5
        (& "$RepositoryRoot/docs/examples/Test-RunJournal.ps1" -Path "$($run.Path)/journal.jsonl").IsWhole | Should -BeTrue
        $before = @(Get-Change).Count
        foreach ($step in @{ Confirm = { $left | Confirm-AlmaPurge } }, @{ Undo = { $left | Undo-AlmaPurgeDate } },
            @{ Start = { $left | Start-AlmaPurgeJob -Route UserDelete -DeleteUserPolicy KeepStatistics -Confirm:$false } },
            @{ Set = { $left | New-AlmaUserSet } }, @{ Date = { $left | Set-AlmaPurgeDate -PurgeGroup PURGEUG } },
            @{ Check = { $left | Confirm-AlmaPurgeCandidate } }, @{ Review = { $left | Export-AlmaPurgeReview "$TestDrive/r.xlsx" } }) {
            $record = $step.Values | Should -Throw -PassThru -Because "$($step.Keys)"

            $record.FullyQualifiedErrorId | Should -BeLike 'PseudonymsGone,*'
            $record.CategoryInfo.Category | Should -Be InvalidOperation
            $record.TargetObject | Should -BeLike '*pseudonyms.csv'
            $record.Exception.Message | Should -BeLike '*pseudonyms.csv*backup*'
        }
        @(Get-Change).Count | Should -Be $before
        $left | Remove-AlmaPurgeRun
        $run.Path | Should -Not -Exist
    }
}
