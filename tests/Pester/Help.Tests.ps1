BeforeDiscovery {
    $root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $names = (Import-PowerShellDataFile -LiteralPath "$root/AlmaPurge.psd1").CmdletsToExport
}

Describe 'Help of <_>' -ForEach $names {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $name = $_
        $help = Get-Help -Name $name -Full
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $own = (Get-Command -Name $name).Parameters.Keys | Where-Object { $_ -notin $common }
        $page = Get-Content -Raw -LiteralPath "$RepositoryRoot/docs/en-US/$name.md"
    }

    It 'comes from its page' {
        $help.Synopsis | Should -BeLike '*.'
        $page.ReplaceLineEndings(' ').Contains($help.Synopsis) | Should -BeTrue
        $help.Description.Text.Count | Should -BeGreaterOrEqual 2
        $help.inputTypes.inputType | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue | Should -Not -BeNullOrEmpty
        $help.relatedLinks.navigationLink | Should -Not -BeNullOrEmpty
        $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
    }

    It 'has at least two examples with code and prose' {
        $examples = @($help.examples.example)

        $examples.Count | Should -BeGreaterOrEqual 2
        $examples.code -join "`n" | Should -Match "$name\b"
        $examples | Where-Object { -not @($_.remarks.Text)[0] } | Should -BeNullOrEmpty
    }

    It 'has examples that PowerShell can read, with parameters that exist' {
        foreach ($block in [regex]::Matches($page, '(?ms)^```powershell\n(.*?)^```')) {
            $problems = $null
            $ast = [System.Management.Automation.Language.Parser]::ParseInput(
                $block.Groups[1].Value, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
            foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $command = Get-Command -Name $call.GetCommandName() -ErrorAction Ignore
                $used = $call.CommandElements | Where-Object ParameterName | ForEach-Object ParameterName
                if ($command.Source -eq 'AlmaPurge') {
                    $used | Where-Object { $_ -notin $command.Parameters.Keys } | Should -BeNullOrEmpty
                }
            }
        }
    }

    It 'documents each parameter, and no other' {
        $documented = @($help.parameters.parameter | ForEach-Object name)

        $documented | Sort-Object | Should -Be @($own | Sort-Object)
        $help.parameters.parameter | Where-Object { -not $_.description.Text } | Should -BeNullOrEmpty
    }

    It 'leaves no placeholder' {
        $page | Should -Not -Match '\{\{|TODO|TBD'
    }
}

Describe 'Help' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $builder = Get-ChildItem "$RepositoryRoot/tools/AlmaPurge.HelpBuilder/bin/*/*/AlmaPurge.HelpBuilder.dll" |
            Sort-Object LastWriteTime | Select-Object -Last 1
        $pages = "$RepositoryRoot/docs/en-US"
    }

    It 'has the topic <_>' -ForEach 'about_AlmaPurge', 'about_AlmaPurge_Rules' {
        $topic = Get-Help -Name $_ | Where-Object Name -EQ $_

        $topic.Synopsis | Should -Match '^[A-Z].*\.$'
        Get-Content -Raw "$(Split-Path $ModulePath)/en-US/$_.help.txt" | Should -Match 'LONG DESCRIPTION'
    }

    It 'describes each rule, and none that is not there' {
        $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ AlmaPurge
        $core = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('AlmaPurge.Core'))
        $rules = $core.GetType('AlmaPurge.Core.Rules.RuleBook')::All.Name
        $described = Select-String -Path "$pages/about_AlmaPurge_Rules.md" -Pattern '^### (\w+)$' |
            ForEach-Object { $_.Matches[0].Groups[1].Value }

        $described | Sort-Object | Should -Be ($rules | Sort-Object)
    }

    It 'says of each rule whether it can be ignored' {
        $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ AlmaPurge
        $core = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('AlmaPurge.Core'))
        $can = $core.GetType('AlmaPurge.Core.Rules.RuleBook')::All | Where-Object CanBeIgnored | ForEach-Object Name
        $said = [regex]::Matches((Get-Content -Raw "$pages/about_AlmaPurge_Rules.md"), '-IgnoreRule\s+(\w+)') |
            ForEach-Object { $_.Groups[1].Value }

        $said | Sort-Object | Should -Be ($can | Sort-Object)
    }

    It 'names only cmdlets and error ids that exist' {
        $source = Get-ChildItem "$RepositoryRoot/src" -Recurse -Filter *.cs |
            Where-Object FullName -NotMatch '[\\/]obj[\\/]' | Get-Content -Raw
        $literals = [System.Collections.Generic.HashSet[string]]::new()
        foreach ($match in [regex]::Matches("$source", '"([A-Z][A-Za-z]+)"|TableErrorKind\.(\w+)')) {
            $null = $literals.Add($match.Groups[1].Success ? $match.Groups[1].Value : "Table$($match.Groups[2].Value)")
        }
        # The engine's own id; a parameter's value; the property that has the ids.
        $null = @('ParameterArgumentTransformationError', 'UserDelete', 'FullyQualifiedErrorId').ForEach{ $literals.Add($_) }
        foreach ($page in Get-ChildItem $pages -Filter *.md) {
            $text = Get-Content -Raw -LiteralPath $page
            $notes = [regex]::Match($text, '(?ms)^## NOTES\n(.*?)^## ').Groups[1].Value
            $ids = [regex]::Matches($notes, '`([A-Z][A-Za-z]+)`') | ForEach-Object { $_.Groups[1].Value }
            $cmdlets = [regex]::Matches($text, '\b[A-Z][a-z]+-Alma\w*') | ForEach-Object Value

            $ids | Where-Object { -not $literals.Contains($_) } | Should -BeNullOrEmpty -Because $page.Name
            $cmdlets | Where-Object { $_ -notin $Manifest.CmdletsToExport } | Should -BeNullOrEmpty -Because $page.Name
        }
    }

    It 'has syntax and parameter facts as the cmdlets have them' {
        & "$RepositoryRoot/tools/Update-HelpPage.ps1" -WhatIf | Should -BeNullOrEmpty
    }

    It 'stops the build on <problem>, with file and line' -ForEach @(
        @{ Problem = 'a table'; From = 'Sends nothing:'; To = '| a | b |' }
        @{ Problem = 'a placeholder'; From = 'Sends nothing:'; To = '{{ Say it }}' }
        @{ Problem = 'an open backtick'; From = 'Sends nothing:'; To = 'Sends `nothing.' }
        @{ Problem = 'a missing section'; From = '## NOTES'; To = '## MORE' }
        @{ Problem = 'an example without a number'; From = '### Example 2:'; To = '### Example:' }
        @{ Problem = 'a parameter without facts'; From = 'Type: AlmaConnection'; To = '' }
    ) {
        $folder = Join-Path $TestDrive ($Problem -replace '\W')
        $null = New-Item -ItemType Directory -Path $folder
        $text = Get-Content -Raw "$pages/Disconnect-Alma.md"
        $text.Contains($From) | Should -BeTrue
        Set-Content -LiteralPath "$folder/Disconnect-Alma.md" -Value $text.Replace($From, $To) -NoNewline

        $said = dotnet $builder.FullName $folder "$folder/out" 2>&1

        $LASTEXITCODE | Should -Be 1
        "$said" | Should -Match 'Disconnect-Alma\.md\(\d+\): error HELP: '
    }
}
