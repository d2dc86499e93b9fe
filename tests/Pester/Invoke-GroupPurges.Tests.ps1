# The example that purges several groups one after another, judged by the simulator's own records.
Describe 'docs/examples/Invoke-GroupPurges.ps1' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $example = "$RepositoryRoot/docs/examples/Invoke-GroupPurges.ps1"

        # In a pwsh of its own, since it exits; the simulator lives there. It is called once, or again after -Again.
        function Invoke-Groups([string[]] $Row, [string] $Again) {
            $folder = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())").FullName
            Set-Content "$folder/groups.csv" (@('UserGroup,PurgeGroup,Candidates,Fines,ExpiredBefore,MaximumCount') + $Row)
            $call = "& '$example' -Plan '$folder/groups.csv' -Runs '$folder/runs' -ReportPath '$folder/report.csv'"
            Set-Content "$folder/call.ps1" @"
`$ErrorActionPreference = 'Stop'
`$TestDrive = '$TestDrive'
. '$PSScriptRoot/common.ps1'
. '$PSScriptRoot/runs.ps1'
`$null = New-TestConnection @{ UserCount = 200 }
foreach (`$group in 'UNDRGRD', 'GRAD') {
    `$null = Export-AlmaSimulatorReport -Kind Users -UserGroup `$group -Path "$folder/`$group.csv"
}
`$null = Export-AlmaSimulatorReport -Kind Fines -Path '$folder/fines.csv'
$call
'code ' + `$LASTEXITCODE
$($Again ? "$Again`n`$before = @(Get-Change).Count`n$call`n'code ' + `$LASTEXITCODE`n'changes ' + (@(Get-Change).Count - `$before)" : '')
`$day = [dateonly]'2025-01-01'
foreach (`$group in 'UNDRGRD', 'GRAD') {
    `$may = @((Get-TestSimulator).PurgeableFor(`$group, `$day))
    'left ' + `$group + ' ' + @(`$may | Where-Object { `$_ -notin (Get-TestSimulator).Purged.PrimaryId }).Count + ' of ' + `$may.Count
}
`$mayGo = @('UNDRGRD', 'GRAD').ForEach{ (Get-TestSimulator).PurgeableFor(`$_, `$day) }
'wrong ' + @((Get-TestSimulator).Purged | Where-Object PrimaryId -NotIn `$mayGo).Count
"@
            $out = pwsh -NoProfile -NonInteractive -File "$folder/call.ps1" 2>&1 | Out-String
            [pscustomobject]@{
                Output = $out
                Codes  = [int[]] ([regex]::Matches($out, '(?m)^code (\d+)').ForEach{ $_.Groups[1].Value })
                Report = (Test-Path "$folder/report.csv") ? @(Import-Csv "$folder/report.csv") : @()
                Folder = $folder
            }
        }

        $undergraduates = 'UNDRGRD,PURGEUG,UNDRGRD.csv,fines.csv,2025-01-01,'
        $graduates = 'GRAD,PURGEGR,GRAD.csv,fines.csv,2025-01-01,'
    }

    It 'purges each group with a run of its own, reports, and leaves alone what is at its end' {
        $result = Invoke-Groups $undergraduates, $graduates -Again '# once more'

        $result.Codes | Should -Be 0, 0 -Because $result.Output
        $result.Output | Should -BeLike '*changes 0*'
        $result.Output | Should -Match 'left UNDRGRD 0 of [1-9]'
        $result.Output | Should -Match 'left GRAD 0 of [1-9]'
        $result.Output | Should -Match '(?m)^wrong 0'
        $result.Report.UserGroup | Should -Be 'UNDRGRD', 'GRAD'
        $result.Report.State | Should -Be 'Verified', 'Verified'
        [int[]] $result.Report.Purged | ForEach-Object { $_ | Should -BeGreaterThan 0 }
        $result.Report.RunId[0] | Should -BeLike 'UNDRGRD-*'
        @(Get-ChildItem "$($result.Folder)/runs/*/*/run.json").Count | Should -Be 2
    }

    It 'goes on with the next group where one fails, and says so by the exit code' {
        $plan = $undergraduates.TrimEnd(',') + ',1'
        $result = Invoke-Groups $plan, $graduates

        $result.Codes[0] | Should -Be 21 -Because $result.Output
        $result.Report[0].ExitCode | Should -Be 21
        $result.Report[1].State | Should -Be 'Verified'
        $result.Output | Should -Match 'left GRAD 0 of [1-9]'
        $result.Output | Should -Not -Match 'left UNDRGRD 0 of'
        $result.Output | Should -Match '(?m)^wrong 0'
    }

    It 'does nothing by a plan with <What>' -ForEach @(
        @{ What = 'one purge group for two'; Rows = 'UNDRGRD,PURGEUG,a.csv,f.csv,2025-01-01,', 'GRAD,PURGEUG,b.csv,f.csv,2025-01-01,'; Text = '*PURGEUG is the PurgeGroup of 2 rows*' }
        @{ What = 'a purge group that is a user group'; Rows = 'UNDRGRD,GRAD,a.csv,f.csv,2025-01-01,', 'GRAD,PURGEUG,b.csv,f.csv,2025-01-01,'; Text = '*GRAD is a user group and a purge group*' }
        @{ What = 'a day that could be another'; Rows = @('UNDRGRD,PURGEUG,a.csv,f.csv,01/02/2025,'); Text = '*is no day*' }
        @{ What = 'no rows'; Rows = @(); Text = '*no rows*' }
    ) {
        $result = Invoke-Groups $Rows

        $result.Codes | Should -Be 40 -Because $result.Output
        $result.Output | Should -BeLike $Text
        Test-Path "$($result.Folder)/runs" | Should -BeFalse
    }
}
