Describe 'Error records' {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $context = Import-TestCmdlet
        $core = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('AlmaPurge.Core'))

        # Core's types are not known by name here, on purpose.
        function New-Exception([string] $Type, [string] $Kind) {
            $kinds = @{
                AlmaPurgeException        = 'AlmaPurgeErrorKind'
                'Alma.AlmaApiException'   = 'Alma.AlmaErrorKind'
                'Tables.TableException'   = 'Tables.TableErrorKind'
            }
            $value = [enum]::Parse($core.GetType("AlmaPurge.Core.$($kinds[$Type])"), $Kind)
            $arguments = switch ($Type) {
                AlmaPurgeException { 'GroupHoldsOthers', $value, 'The group holds others.', 'Empty it.', 'PURGEUG', $null }
                Alma.AlmaApiException { $value, 'Alma said no.', $null }
                Tables.TableException { $value, '/data/x.csv', 'No.', 'Do this.', $null, $null, $null }
            }
            $core.GetType("AlmaPurge.Core.$Type").GetConstructors()[0].Invoke([object[]] $arguments)
        }
    }

    It 'calls <Type> <Kind> <Id>' -ForEach @(
        @{ Type = 'AlmaPurgeException'; Kind = 'Conflict'; Id = 'GroupHoldsOthers'; Category = 'ResourceExists'; Target = 'PURGEUG' }
        @{ Type = 'AlmaPurgeException'; Kind = 'SafetyStop'; Id = 'GroupHoldsOthers'; Category = 'SecurityError'; Target = 'PURGEUG' }
        @{ Type = 'Alma.AlmaApiException'; Kind = 'Unauthorized'; Id = 'AlmaKeyRefused'; Category = 'AuthenticationError' }
        @{ Type = 'Alma.AlmaApiException'; Kind = 'DailyLimit'; Id = 'AlmaDailyLimitReached'; Category = 'LimitsExceeded' }
        @{ Type = 'Alma.AlmaApiException'; Kind = 'Timeout'; Id = 'AlmaTimeout'; Category = 'OperationTimeout' }
        @{ Type = 'Tables.TableException'; Kind = 'NoIdColumn'; Id = 'TableNoIdColumn'; Category = 'InvalidData'; Target = '/data/x.csv' }
        @{ Type = 'Tables.TableException'; Kind = 'PasswordProtected'; Id = 'TablePasswordProtected'; Category = 'PermissionDenied'; Target = '/data/x.csv' }
    ) {
        $record = { Invoke-TestTask -Fail (New-Exception $Type $Kind) } | Should -Throw -PassThru

        $record.FullyQualifiedErrorId | Should -Be "$Id,AlmaPurge.Module.Tests.Cmdlets.InvokeTestTaskCommand"
        $record.CategoryInfo.Category | Should -Be $Category
        $record.TargetObject | Should -Be $Target
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'names the patron of an error that is about one' {
        Invoke-TestTask -Problem (New-Exception 'Alma.AlmaApiException' 'Server') -WarningAction SilentlyContinue `
            -ErrorAction SilentlyContinue -ErrorVariable problem | Should -Be 0, 'one', 'two'

        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AlmaUnavailable,*'
        $problem[0].TargetObject | Should -Be 'P1'
    }

    It 'has an id for each kind of trouble with Alma' {
        $ids = foreach ($kind in [enum]::GetNames($core.GetType('AlmaPurge.Core.Alma.AlmaErrorKind'))) {
            $problem = New-Exception 'Alma.AlmaApiException' $kind
            ({ Invoke-TestTask -Fail $problem } | Should -Throw -PassThru).FullyQualifiedErrorId
        }

        ($ids | Select-Object -Unique).Count | Should -Be $ids.Count
    }

    It 'leaves what it does not know its own name' {
        { Invoke-TestTask -Fail ([System.NotSupportedException] 'odd') } |
            Should -Throw 'odd' -ErrorId 'System.NotSupportedException,*'
    }

    It 'knows trouble with files' {
        { Invoke-TestTask -Fail ([System.UnauthorizedAccessException] 'not yours') } |
            Should -Throw 'not yours' -ErrorId 'AccessDenied,*'
    }
}
