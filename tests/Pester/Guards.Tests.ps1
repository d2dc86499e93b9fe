Describe 'Preview guard' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
        $log = [AlmaPurge.Module.Tests.Cmdlets.StepLog]
    }

    BeforeEach {
        $log::Clear()
    }

    It 'lets a preview of the whole pipeline pass: <_>' -ForEach @(
        'Get-TestIntent -WhatIf | Get-TestIntent -WhatIf | Start-TestPurge -WhatIf'
        'Get-TestIntent -WhatIf | Get-TestIntent | Start-TestPurge'
        'Get-TestIntent -WhatIf | Get-TestIntent | Start-TestPurge -WhatIf'
        '& { $WhatIfPreference = $true; Get-TestIntent | Get-TestIntent | Start-TestPurge }'
    ) {
        $run = Invoke-InRunspace $_

        $run.Exception | Should -BeNullOrEmpty
        $run.Output | Should -Be $false
    }

    It 'refuses a preview behind a step that would act, before anything happens: <_>' -ForEach @(
        'Get-TestIntent | Start-TestPurge -WhatIf'
        'Get-TestIntent | Where-Object { $true } | Start-TestPurge -WhatIf'
        '& { $WhatIfPreference = $true; Get-TestIntent -WhatIf:$false | Start-TestPurge }'
    ) {
        $run = Invoke-InRunspace $_

        $run.ErrorId | Should -Be 'PartialWhatIf,AlmaPurge.Module.Tests.Cmdlets.StartTestPurgeCommand'
        "$($run.Exception)" | Should -BeLike '*Put -WhatIf on the first cmdlet*'
        $run.Record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $log::Entries | Should -BeNullOrEmpty
    }

    It 'takes a real object from a variable into a preview' {
        (Invoke-InRunspace '$real = Get-TestIntent; $real | Start-TestPurge -WhatIf').Output | Should -Be $false
    }

    It 'does not mistake a pipeline before or within for the same one' {
        $run = Invoke-InRunspace @'
            try { Get-TestIntent | Start-TestPurge -WhatIf } catch { }
            Get-TestIntent | Out-Null
            Get-TestIntent | Select-Object -First 1 | Out-Null
            1 | Start-TestPurge -WhatIf
            Get-TestIntent | ForEach-Object { $_ | Start-TestPurge -WhatIf }
'@
        $run.Exception | Should -BeNullOrEmpty
        $run.Output | Should -Be $false, $false
    }

    It 'knows the preference of the caller, in a function of another module too' {
        $run = Invoke-InRunspace @'
            $null = New-Module { function Test-It { $WhatIfPreference = $true; Get-TestIntent } } | Import-Module
            Test-It
            function Test-Here { [CmdletBinding(SupportsShouldProcess)] param() Get-TestIntent }
            Test-Here -WhatIf
            Get-TestIntent
            Get-TestIntent -WhatIf | Get-TestIntent
'@
        $run.Output | Should -Be 'True/False', 'True/False', 'False/False', 'False/True'
    }
}

Describe 'Prompt guard' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
        $log = [AlmaPurge.Module.Tests.Cmdlets.StepLog]
        $dll = Get-ChildItem "$RepositoryRoot/tests/AlmaPurge.Module.Tests.Cmdlets/bin/*/net8.0/*.Cmdlets.dll" |
            Sort-Object LastWriteTime | Select-Object -Last 1
        $start = @"
            Import-Module '$ModulePath'
            `$context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ AlmaPurge
            Import-Module -Assembly `$context.LoadFromAssemblyPath('$dll')
"@
        $line = "Get-TestIntent | ForEach-Object { 'record'; `$_ } | Start-TestPurge"
    }

    BeforeEach {
        $log::Clear()
    }

    It 'refuses before anything happens where the host cannot ask' {
        $run = Invoke-InRunspace 'Get-TestIntent | Start-TestPurge'

        $run.ErrorId | Should -Be 'CannotPrompt,AlmaPurge.Module.Tests.Cmdlets.StartTestPurgeCommand'
        "$($run.Exception)" | Should -BeLike '*-Confirm:$false*'
        $log::Entries | Should -BeNullOrEmpty
    }

    It 'is not put off by a preference; only -Confirm:$false on the cmdlet itself counts' {
        (Invoke-InRunspace '$ConfirmPreference = "None"; Start-TestPurge').ErrorId | Should -BeLike 'CannotPrompt,*'
        (Invoke-InRunspace 'Start-TestPurge -Confirm').ErrorId | Should -BeLike 'CannotPrompt,*'
        (Invoke-InRunspace 'Start-TestPurge -Confirm:$false').Output | Should -Be $true
    }

    It 'asks of lesser steps too, if told to' {
        (Invoke-InRunspace 'Get-TestIntent').Exception | Should -BeNullOrEmpty
        (Invoke-InRunspace 'Get-TestIntent -Confirm').ErrorId | Should -BeLike 'CannotPrompt,*'
        (Invoke-InRunspace '$ConfirmPreference = "Low"; Get-TestIntent').ErrorId | Should -BeLike 'CannotPrompt,*'
    }

    It 'refuses in a child started with <_>' -ForEach '-NonInteractive', '-noni', '--NonInter' {
        $text = pwsh -NoProfile $_ -Command "$start; try { $line } catch { `$_.FullyQualifiedErrorId }"

        $text | Should -Be 'CannotPrompt,AlmaPurge.Module.Tests.Cmdlets.StartTestPurgeCommand'
    }

    It 'refuses when standard input is not a keyboard: a blank line is not a yes' {
        $text = '', '' | pwsh -NoProfile -Command "$start; try { $line } catch { `$_.FullyQualifiedErrorId }"

        $text | Should -Be 'CannotPrompt,AlmaPurge.Module.Tests.Cmdlets.StartTestPurgeCommand'
    }

    It 'acts unattended with -Confirm:$false' {
        $text = pwsh -NoProfile -NonInteractive -Command "$start; Start-TestPurge -Confirm:`$false"

        $text | Should -Be 'True'
    }
}

Describe 'Approval' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $null = Import-TestCmdlet
    }

    It 'takes choice <Choice> and typing "<Typed>" as <Expected>' -ForEach @(
        @{ Choice = 0; Typed = 'PURGEUG'; Expected = $true }
        @{ Choice = 0; Typed = ' PURGEUG '; Expected = $true }
        @{ Choice = 0; Typed = 'purgeug'; Expected = $false }
        @{ Choice = 0; Typed = ''; Expected = $false }
        @{ Choice = 2; Typed = 'PURGEUG'; Expected = $false }
    ) {
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new($Choice, $Typed)
        $run = Invoke-InRunspace 'Start-TestPurge -TypeToConfirm PURGEUG' -HostObject $screen

        $run.Output | Should -Be $Expected
        $screen.Shown | Should -Contain 'choice: Purge: Purge 2 patrons?'
        @($screen.Shown) -contains 'line' | Should -Be ($Choice -eq 0)
    }

    It 'asks nobody to type after -Confirm:$false' {
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0, 'wrong')
        $run = Invoke-InRunspace 'Start-TestPurge -TypeToConfirm PURGEUG -Confirm:$false' -HostObject $screen

        $run.Output | Should -Be $true
        $screen.Shown | Should -BeNullOrEmpty
    }

    It 'describes a preview and asks nothing: <_>' -ForEach @(
        'Start-TestPurge -WhatIf'
        'Get-TestIntent -WhatIf | Start-TestPurge'
        'Get-TestIntent -WhatIf | Start-TestPurge -Confirm:$false'
    ) {
        $screen = [AlmaPurge.Module.Tests.Cmdlets.AskedHost]::new(0)
        $run = Invoke-InRunspace $_ -HostObject $screen

        $run.Output | Should -Be $false
        $screen.Shown | Should -Be 'What if: Purge 2 patrons.'
    }
}
