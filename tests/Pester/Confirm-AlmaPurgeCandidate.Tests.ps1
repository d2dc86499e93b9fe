Describe 'Confirm-AlmaPurgeCandidate' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/files.ps1
        . $PSScriptRoot/simulator.ps1
        $null = Import-TestCmdlet
        Use-TestRunFolder
        $null = Connect-Alma -Simulator -SimulatorUserCount 150
        $simulator = Get-TestSimulator
        $command = 'AlmaPurge.Commands.ConfirmAlmaPurgeCandidateCommand'
        $cutoff = [dateonly]::FromDateTime([datetime]::Today.AddYears(-1))
        $ids = @($simulator.Users | Where-Object UserGroup -EQ UNDRGRD | ForEach-Object PrimaryId)
        $purgeable = @($simulator.PurgeableFor('UNDRGRD', $cutoff))
        $safe = $purgeable | Select-Object -First 3
        # Everything about them has to come from the live check.
        function Import-Id([string[]] $Id = $ids) {
            Import-AlmaPurgeCandidate -PrimaryId $Id -UserGroup UNDRGRD
        }
        function Get-RequestFor([string] $Id) {
            @($simulator.Requests | Where-Object Path -Like "*/users/$Id[?]*")
        }
    }

    AfterAll {
        Disconnect-Alma
        $env:ALMAPURGE_RUNS = $null
    }

    Context 'The check' {
        It 'lets pass exactly those whom the simulator says may go, in order' {
            $candidates = @(Import-Id)
            $passed = @($candidates | Confirm-AlmaPurgeCandidate)

            $purgeable.Count | Should -BeGreaterThan 10
            $passed.PrimaryId | Should -Be @($candidates.PrimaryId | Where-Object { $_ -in $purgeable })
            $passed | Should -BeOfType ([AlmaPurge.AlmaPurgeCandidate])
            $run = Get-AlmaPurgeRun $passed[0].RunId
            $run.RemainingCount | Should -Be $passed.Count
            $run.PatronCount | Should -Be $ids.Count
            $run.State | Should -Be 'Checked'
            $run.NextStep | Should -Be 'New-AlmaUserSet'
        }

        It 'gives every reason that the simulator knows' {
            $passed = @(Import-Id | Confirm-AlmaPurgeCandidate)
            $kept = @{}
            Get-AlmaPurgeExclusion $passed[0].RunId | ForEach-Object { $kept[$_.PrimaryId] = $_ }

            $reasons = @($simulator.ManifestFor('UNDRGRD', $cutoff) | Where-Object PrimaryId -In $ids)
            $reasons.Count | Should -Be $kept.Count
            foreach ($entry in $reasons) {
                $exclusion = $kept[$entry.PrimaryId]
                $exclusion.Step | Should -Be 'Check'
                $exclusion.Evidence | Should -Not -BeNullOrEmpty
                # The deleted are not answered for, or somebody else is, so nothing else is known of them.
                if ($exclusion.Rule -notin 'NotFound', 'AlreadyDeleted', 'IdentityMismatch') {
                    $exclusion.Rules | Should -Contain $entry.Reasons[0] -Because $entry.PrimaryId
                }
            }
        }

        It 'says when and what it saw, also in the run folder' {
            $passed = @(Import-Id $safe | Confirm-AlmaPurgeCandidate)
            $user = $simulator.FindUser($safe[0])

            $passed.Count | Should -Be 3
            $passed[0].CheckedAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddMinutes(-1))
            $passed[0].ExpiryDate | Should -Be $user.State.ExpiryDate.ToDateTime([timeonly]::MinValue)
            $saved = @(Import-Csv "$((Get-AlmaPurgeRun $passed[0].RunId).Path)/candidates.csv")
            $saved.PrimaryId | Should -Be $safe
            $saved[0].UserGroup | Should -Be 'UNDRGRD'
            $saved[0].ExpiryDate | Should -Be $user.State.ExpiryDate.ToString('yyyy-MM-dd')
        }

        It 'keeps those who are not there or whom Alma cannot tell of' {
            $passed = @(Import-Id ($safe + 'nobody') | Confirm-AlmaPurgeCandidate)

            $passed.PrimaryId | Should -Be $safe
            (Get-AlmaPurgeExclusion $passed[0].RunId).Rule | Should -Be 'NotFound'
        }

        It 'sends no request that is not a GET' {
            $null = Import-Id | Confirm-AlmaPurgeCandidate

            Get-WriteRequest | Should -BeNullOrEmpty
            (Get-RequestFor $safe[0]).Count | Should -BeGreaterThan 0
        }
    }

    Context 'What it takes' {
        It 'takes candidates by parameter' {
            (Confirm-AlmaPurgeCandidate (Import-Id $safe)).PrimaryId | Should -Be $safe
        }

        It 'takes a run, for all who remain in it' {
            $run = Get-AlmaPurgeRun (Import-Id $safe)[0].RunId

            ($run | Confirm-AlmaPurgeCandidate).PrimaryId | Should -Be $safe
            (Confirm-AlmaPurgeCandidate $run).PrimaryId | Should -Be $safe
        }

        It 'uses the -Connection given' {
            $own = Get-AlmaConnection
            $run = Invoke-InRunspace -Variable @{ candidates = @(Import-Id $safe); own = $own } `
                -Line '$candidates | Confirm-AlmaPurgeCandidate -Connection $own'

            $run.Output.PrimaryId | Should -Be $safe
        }

        It 'asks for no more than is wanted of it' {
            $before = $simulator.Requests.Count

            $first = @(Import-Id (@($safe[0]) + (1..3000 | ForEach-Object { "nobody$_" })) |
                    Confirm-AlmaPurgeCandidate | Select-Object -First 1)

            $first.PrimaryId | Should -Be $safe[0]
            $asked = $simulator.Requests.Count
            Start-Sleep -Milliseconds 50
            $simulator.Requests.Count | Should -Be $asked -Because 'nothing goes on behind the pipeline'
            $asked - $before | Should -BeLessThan 1500
            (Get-AlmaPurgeRun $first[0].RunId).State | Should -Be 'Partial'
        }
    }

    Context 'Preview and prompt' {
        It 'checks in a preview, of the whole pipeline or of a run' {
            $before = (Get-TestRunFolder).Count
            $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
            $run = Invoke-InRunspace -HostObject $screen -Variable @{ own = (Get-AlmaConnection); ids = $safe + 'nobody' } -Line @'
                Import-AlmaPurgeCandidate -PrimaryId $ids -UserGroup UNDRGRD -WhatIf | Confirm-AlmaPurgeCandidate -Connection $own
'@
            $run.Output.PrimaryId | Should -Be $safe
            $run.Output.IsPreview | Should -Be $true, $true, $true
            @($screen.Shown)[-1] | Should -BeLike (
                "What if: 3 patrons pass the live check, 1 stay (Get-AlmaPurgeExclusion $($run.Output[0].RunId)). " +
                'Only GET requests were sent. Needs 4 to 16 calls; * are left today.')
            (Get-TestRunFolder).Count | Should -Be $before

            $real = Get-AlmaPurgeRun (Import-Id $safe)[0].RunId
            ($real | Confirm-AlmaPurgeCandidate -WhatIf).IsPreview | Should -Not -Contain $false
            (Get-AlmaPurgeRun $real.RunId).State | Should -Be 'Imported'
            Get-WriteRequest | Should -BeNullOrEmpty
        }

        It 'asks with -Confirm and asks Alma nothing after a no' {
            $candidates = @(Import-Id $safe)
            $before = $simulator.Requests.Count
            $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(2)
            $run = Invoke-InRunspace -HostObject $screen -Variable @{ candidates = $candidates; own = (Get-AlmaConnection) } `
                -Line '$candidates | Confirm-AlmaPurgeCandidate -Connection $own -Confirm'

            $run.Output | Should -BeNullOrEmpty
            "$($screen.Shown)" | Should -BeLike 'choice: *01SIM_INST (Simulated)*GET requests only*'
            $simulator.Requests.Count | Should -Be $before
        }
    }

    Context 'What it refuses' {
        It 'refuses <What> down the pipeline' -ForEach @(
            @{ What = 'a number'; Piped = { 12345 }; Text = '*leading zeros*' }
            @{ What = 'an id'; Piped = { $safe[0] }; Text = '*only an id*Import-AlmaPurgeCandidate -PrimaryId*' }
            @{ What = 'a foreign object'; Piped = { [pscustomobject]@{ PrimaryId = $safe[0] } }; Text = '*no AlmaPurgeCandidate*' }
            @{ What = 'an exclusion'; Piped = { $kept }; Text = '*patron who is kept*' }
            @{ What = 'a user group'; Piped = { Get-AlmaUserGroup UNDRGRD }; Text = '*AlmaUserGroup is no AlmaPurgeCandidate*' }
        ) {
            $passed = Import-Id ($safe + 'nobody') | Confirm-AlmaPurgeCandidate
            $kept = Get-AlmaPurgeExclusion $passed[0].RunId
            $before = $simulator.Requests.Count

            $problem = $null
            & $Piped | Confirm-AlmaPurgeCandidate -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty

            $problem[0].FullyQualifiedErrorId | Should -Be "ParameterArgumentTransformationError,$command"
            "$($problem[0])" | Should -BeLike $Text
            @($simulator.Requests | Select-Object -Skip $before | Where-Object Path -Like '*/users/*') | Should -BeNullOrEmpty
        }

        It 'refuses several runs in one pipeline' {
            $one = Import-Id $safe
            $other = Import-Id $safe

            { $one + $other | Confirm-AlmaPurgeCandidate } | Should -Throw "*$($other[0].RunId)*" -ErrorId "SeveralRuns,$command"
        }

        It 'refuses to go on with a run of another environment' {
            $run = Get-AlmaPurgeRun (Import-Id $safe)[0].RunId
            $path = "$($run.Path)/run.json"
            $document = Get-Content -Raw $path | ConvertFrom-Json -AsHashtable -DateKind String
            $document.Institution = '01OTHER_INST'
            $document.Revision++
            $document | ConvertTo-Json -Depth 9 | Set-Content -LiteralPath $path

            $record = { Get-AlmaPurgeRun $run.RunId | Confirm-AlmaPurgeCandidate } | Should -Throw -PassThru

            $record.FullyQualifiedErrorId | Should -Be "OtherEnvironment,$command"
            $record.CategoryInfo.Category | Should -Be 'SecurityError'
            $record.Exception.Message | Should -BeLike '*01OTHER_INST*01SIM_INST*'
        }

        It 'needs a connection' {
            $run = Invoke-InRunspace -Variable @{ candidates = @(Import-Id $safe) } '$candidates | Confirm-AlmaPurgeCandidate'

            $run.ErrorId | Should -Be "NotConnected,$command"
            "$($run.Record.Exception.Message) $($run.Record.ErrorDetails.RecommendedAction)" | Should -BeLike '*Connect-Alma*'
        }
    }
}
