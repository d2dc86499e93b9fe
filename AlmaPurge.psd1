@{
    RootModule           = 'AlmaPurge.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6c1f5d0e-7f8b-4e0d-9a53-2f1f6f0f7c11'
    Author               = 'AlmaPurge contributors'
    CompanyName          = 'AlmaPurge contributors'
    Copyright            = '(c) AlmaPurge contributors. MIT licence.'
    Description          = 'Purges expired patrons from Ex Libris Alma safely: import, subtract, check live, build the set, mark, purge, verify.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('AlmaPurge.Format.ps1xml')
    TypesToProcess       = @('AlmaPurge.Types.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Confirm-AlmaPurge'
        'Confirm-AlmaPurgeCandidate'
        'Connect-Alma'
        'Disconnect-Alma'
        'Export-AlmaPurgeCandidate'
        'Export-AlmaPurgeReport'
        'Export-AlmaPurgeReview'
        'Export-AlmaSimulatorReport'
        'Get-AlmaConnection'
        'Get-AlmaJob'
        'Get-AlmaPurgeExclusion'
        'Get-AlmaPurgeReadiness'
        'Get-AlmaPurgeRun'
        'Get-AlmaUserGroup'
        'Get-AlmaUserSet'
        'Import-AlmaPurgeCandidate'
        'Import-AlmaPurgeReview'
        'New-AlmaPurgeRun'
        'New-AlmaUserSet'
        'Remove-AlmaFinesHolder'
        'Remove-AlmaPurgeRun'
        'Remove-AlmaUserSet'
        'Set-AlmaPurgeDate'
        'Start-AlmaPurgeJob'
        'Undo-AlmaPurgeDate'
        'Wait-AlmaJob'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Alma', 'ExLibris', 'Library', 'Patron', 'Purge', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md'
        }
    }
}
