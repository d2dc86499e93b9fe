Describe 'Remove-AlmaPurgeRun' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        . $PSScriptRoot/runs.ps1
        $id = 'AlmaPurge.Commands.RemoveAlmaPurgeRunCommand'
    }

    BeforeEach {
        $null = New-TestConnection
    }

    It 'deletes a run that is verified, and one that was taken back: <Name>' -ForEach @(
        @{ Name = 'piped'; Call = { $run | Remove-AlmaPurgeRun } }
        @{ Name = 'by id'; Call = { Remove-AlmaPurgeRun $run.RunId } }
        @{ Name = 'by folder'; Call = { Remove-AlmaPurgeRun -Run $run.Path } }
    ) {
        $job = New-TestRun Purged
        $null = $job | Confirm-AlmaPurge
        $run = Get-AlmaPurgeRun $job.RunId
        & $Call | Should -BeNullOrEmpty
        $run.Path | Should -Not -Exist
        { Get-AlmaPurgeRun $run.RunId } | Should -Throw -ErrorId 'RunNotFound,*'

        $null = New-TestConnection
        $set = New-TestRun Marked
        $null = $set | Undo-AlmaPurgeDate
        $run = Get-AlmaPurgeRun $set.RunId
        & $Call
        $run.Path | Should -Not -Exist
    }

    It 'deletes a run that never came to the marking, and forgets a preview' {
        $run = Get-AlmaPurgeRun (New-TestRun Imported)[0].RunId
        $run | Remove-AlmaPurgeRun
        $run.Path | Should -Not -Exist
        $preview = (Import-AlmaPurgeCandidate -PrimaryId '00001' -UserGroup $Group -WhatIf)[0].RunId
        Remove-AlmaPurgeRun $preview
        (Get-AlmaPurgeRun).RunId | Should -Not -Contain $preview
    }

    It 'refuses a run that is <Stage>' -ForEach @(
        @{ Stage = 'Marked' }
        @{ Stage = 'Purged' }
    ) {
        $run = Get-AlmaPurgeRun (New-TestRun $Stage).RunId
        { $run | Remove-AlmaPurgeRun } | Should -Throw "*$($run.NextStep)*" -ErrorId "RunUnfinished,$id"
        $run.Path | Should -Exist
    }

    It 'refuses a run that is to be kept, unless forced' {
        $run = New-AlmaPurgeRun $Group -RetainUntil (Get-Date)

        $problem = { $run | Remove-AlmaPurgeRun } | Should -Throw -ErrorId "RunRetained,$id" -PassThru
        $problem | Should -BeLike "*$(Get-Date -Format yyyy-MM-dd)*"
        $run.Path | Should -Exist
        $run | Remove-AlmaPurgeRun -Force -WhatIf
        $run.Path | Should -Exist
        $run | Remove-AlmaPurgeRun -Force
        $run.Path | Should -Not -Exist
    }

    It 'refuses an unfinished run whatever is forced' {
        $run = Get-AlmaPurgeRun (New-TestRun Marked).RunId

        { $run | Remove-AlmaPurgeRun -Force } | Should -Throw -ErrorId "RunUnfinished,$id"
    }

    It 'only says so under -WhatIf' {
        $run = Get-AlmaPurgeRun (New-TestRun Imported)[0].RunId
        $run | Remove-AlmaPurgeRun -WhatIf
        $run.Path | Should -Exist
    }

    It 'completes ids of runs' {
        $run = Get-AlmaPurgeRun (New-TestRun Imported)[0].RunId
        Get-Completion 'Remove-AlmaPurgeRun UND' | Should -Contain $run.RunId
    }
}
