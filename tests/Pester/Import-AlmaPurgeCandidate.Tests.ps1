{
  "Summary": "Pester 6.0.0 on PowerShell 7.6.5: 35 passed, 0 failed, 1 skipped in 1 files",
  "Files": [
    {
      "File": "Import-AlmaPurgeCandidate.Refusals.Tests.ps1",
      "Passed": 35,
      "Failed": 0,
      "Skipped": 1,
      "Broken": false,
      "Failures": []
    }
  ]
}
