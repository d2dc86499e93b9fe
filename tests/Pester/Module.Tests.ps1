Describe 'AlmaPurge module' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
    }

    It 'has a manifest that PowerShell accepts' {
        Test-ModuleManifest -Path $ModulePath | Select-Object -ExpandProperty Version |
            Should -Be ([version] $Manifest.ModuleVersion)
    }

    It 'keeps all cmdlets and aliases through repeated imports' {
        $child = @"
            `$first = Import-Module '$ModulePath' -PassThru
            Import-Module '$ModulePath' -Force
            `$third = Import-Module '$ModulePath' -Force -PassThru
            @(`$first, `$third).ForEach{ (`$_.ExportedCmdlets.Keys + `$_.ExportedAliases.Keys | Sort-Object) -join ' ' }
"@
        $exports = pwsh -NoProfile -NonInteractive -Command $child
        $expected = ($Manifest.CmdletsToExport + $Manifest.AliasesToExport | Sort-Object) -join ' '

        @($exports) | Should -Be @($expected, $expected)
    }

    It 'is there in a second session of the same process' {
        $there = Invoke-InRunspace '(Get-Module AlmaPurge).ExportedCmdlets.Keys | Sort-Object'

        $there.Output -join ' ' | Should -Be (($Manifest.CmdletsToExport | Sort-Object) -join ' ')
    }

    It 'is imported past a function called <_>' -ForEach 'Import-Module', 'Add-Type' {
        $child = "function global:$_ { throw 'in the way' }; " +
            "Microsoft.PowerShell.Core\Import-Module '$ModulePath' -PassThru | ForEach-Object Name"

        pwsh -NoProfile -NonInteractive -Command $child | Should -Be 'AlmaPurge'
    }

    It 'makes its public types known by name' {
        [AlmaPurge.AlmaPurgeCandidate].Assembly.GetName().Name | Should -Be 'AlmaPurge.Model'
    }

    It 'loads its packages away from everybody else' {
        $child = @"
            Import-Module '$ModulePath'
            `$context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ AlmaPurge
            `$ours = 'CsvHelper', 'Newtonsoft.Json', 'Polly.Core', 'ExcelDataReader', 'AlmaPurge.Core', 'AlmaPurge.Model'
            foreach (`$name in `$ours) {
                `$assembly = `$context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new(`$name))
                `$at = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$assembly)
                "`$name `$(`$at.Name)"
            }
            `$engine = [psobject].Assembly.GetReferencedAssemblies() | Where-Object Name -EQ Newtonsoft.Json
            `$theirs = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyName(`$engine)
            "engine's `$([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$theirs).Name)"
"@
        pwsh -NoProfile -NonInteractive -Command $child | Should -Be @(
            'CsvHelper AlmaPurge'
            'Newtonsoft.Json AlmaPurge'
            'Polly.Core AlmaPurge'
            'ExcelDataReader AlmaPurge'
            'AlmaPurge.Core AlmaPurge'
            'AlmaPurge.Model Default'
            "engine's Default"
        )
    }

    It 'takes the engine and the runtime from PowerShell, never from its own folder' {
        $context = Import-TestCmdlet
        $foreign = $context.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object {
            $_ -in 'System.Management.Automation', 'netstandard', 'mscorlib', 'System.Memory', 'System.Buffers' -or
            $_ -like 'System.Runtime*'
        }

        $foreign | Should -BeNullOrEmpty
        Get-ChildItem (Split-Path $ModulePath) -Recurse -Filter 'System.Management.Automation*' | Should -BeNullOrEmpty
    }

    It 'says what to do when another copy is imported into the same session' {
        $copy = Join-Path $TestDrive 'copy'
        Copy-Item -Recurse -LiteralPath (Split-Path $ModulePath) -Destination $copy

        $text = pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$ModulePath'
            Import-Module '$copy/AlmaPurge.psd1' -ErrorAction SilentlyContinue
            `$Error.ForEach{ `$_.Exception.Message }"

        $text -join ' ' | Should -BeLike '*already loaded*Start a new session*'
    }

    It 'uses approved verbs and singular nouns, and asks before it changes something' {
        $commands = Get-Command -Module AlmaPurge -CommandType Cmdlet
        $approved = Get-Verb | ForEach-Object Verb
        $changing = 'New', 'Set', 'Remove', 'Start', 'Undo', 'Import', 'Export', 'Confirm'

        $commands | Where-Object Verb -NotIn $approved | Should -BeNullOrEmpty
        $commands | Where-Object Noun -Match '[^s]s$' | Should -BeNullOrEmpty
        $commands | Where-Object Verb -In $changing |
            Where-Object { -not $_.Parameters.ContainsKey('WhatIf') } | Should -BeNullOrEmpty
    }

    It 'has an output type on every cmdlet' {
        Get-Command -Module AlmaPurge -CommandType Cmdlet | Where-Object { -not $_.OutputType } |
            Should -BeNullOrEmpty
    }
}
