Describe 'Import-AlmaPurgeCandidate from Alma' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $null = New-TestConnection
        $folder = (Get-TestSimulator).ReportFolder
        $command = 'AlmaPurge.Commands.ImportAlmaPurgeCandidateCommand'
        $who = @{ UserGroup = 'UNDRGRD'; ExpiredBefore = [datetime]'2025-01-01' }
        $set = New-TestRun SetBuilt
    }

    It 'warns that a report may be a day old, and keeps in the run where it came from' {
        $candidates = Import-AlmaPurgeCandidate -ReportPath "$folder/users" @who -WarningVariable warned -WarningAction SilentlyContinue

        $warned | Should -BeLike '*may be a day old*Confirm-AlmaPurgeCandidate*'
        $document = Get-Content "$((Get-AlmaPurgeRun $candidates[0].RunId).Path)/run.json" | ConvertFrom-Json
        $document.inputs.report | Should -Be "$folder/users"
        $document.inputs.sha256 | Should -Match '^[0-9a-fA-F]{64}$'
    }

    It 'gives the members of a set, by name in any case and by id' {
        $expected = @(Get-Purgeable 3 | Sort-Object)

        (Import-AlmaPurgeCandidate -SetName $set.Name.ToUpperInvariant() @who).PrimaryId | Sort-Object | Should -Be $expected
        (Import-AlmaPurgeCandidate -SetId $set.SetId @who).PrimaryId | Sort-Object | Should -Be $expected
    }

    It 'refuses <Id>: <Why>' -ForEach @(
        @{ Id = 'ReportNotFound'; Why = 'no such report'; Category = 'ObjectNotFound'; Target = '/shared/nowhere'
            Give = { @{ ReportPath = '/shared/nowhere' } } }
        @{ Id = 'ReportPathEmpty'; Why = 'a path of nothing'; Category = 'InvalidArgument'; Target = ' / '
            Give = { @{ ReportPath = ' / ' } } }
        @{ Id = 'ReportFilterInvalid'; Why = 'a filter that is no XML'; Category = 'InvalidArgument'
            Give = { @{ ReportPath = "$folder/users"; ReportFilter = 'group = UNDRGRD' } } }
        @{ Id = 'SetNotFound'; Why = 'no set of this name'; Category = 'ObjectNotFound'; Target = 'nobody'
            Give = { @{ SetName = 'nobody' } } }
        @{ Id = 'SetNotFound'; Why = 'no set of this id'; Category = 'ObjectNotFound'; Target = '77'
            Give = { @{ SetId = '77' } } }
    ) {
        $given = & $Give
        $before = @(Get-ChildItem $env:ALMAPURGE_RUNS -Directory).Count

        $problem = { Import-AlmaPurgeCandidate @given @who } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be "$Id,$command"
        $problem.CategoryInfo.Category | Should -Be $Category
        if ($Target) { $problem.TargetObject | Should -Be $Target }
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        @(Get-ChildItem $env:ALMAPURGE_RUNS -Directory).Count | Should -Be $before
    }

    It 'wants the user group for a set, which tells nothing but identifiers' {
        { Import-AlmaPurgeCandidate -SetId $set.SetId } | Should -Throw '*-UserGroup*'
    }

    It 'judges files from the pipeline together: rows that disagree keep the patron' {
        Set-Content "$TestDrive/one.csv" 'Primary Identifier,User Group,Expiry Date', '0001,UNDRGRD,2015-01-31', '0002,UNDRGRD,2015-01-31'
        Set-Content "$TestDrive/two.csv" 'Primary Identifier,User Group,Expiry Date', '0002,UNDRGRD,2030-01-31', '0003,UNDRGRD,2015-01-31'

        $candidates = Get-ChildItem "$TestDrive/*.csv" | Import-AlmaPurgeCandidate @who

        $candidates.PrimaryId | Should -Be '0001', '0003'
        $excluded = Get-AlmaPurgeExclusion -Run $candidates[0].RunId
        $excluded.PrimaryId | Should -Be '0002'
        $excluded.Rule | Should -Be 'ConflictingRows'
    }

    It 'sends nothing but GET requests' {
        $before = @((Get-TestSimulator).Requests).Count

        $null = Import-AlmaPurgeCandidate -ReportPath "$folder/users" @who -WarningAction SilentlyContinue
        $null = Import-AlmaPurgeCandidate -SetId $set.SetId @who

        @((Get-TestSimulator).Requests)[$before..9999].Method | Sort-Object -Unique | Should -Be 'GET'
    }
}
