# Dot-sourced, after common.ps1 and files.ps1, by tests of the review workbook.

# Three who may go and a member of staff, made up.
function Import-ReviewedPatron {
    Set-Content "$TestDrive/patrons.csv" @'
Primary Identifier,Full Name,User Group Code,Expiry Date,User Record Type
0001,Doe Ann,UNDRGRD,2020-05-01,Public
0002,Roe Bo,UNDRGRD,2020-05-01,Public
0003,Poe Cy,UNDRGRD,2020-05-01,Public
0004,Moe Di,UNDRGRD,2020-05-01,Staff
'@
    Import-AlmaPurgeCandidate "$TestDrive/patrons.csv" -ExpiredBefore 2025-01-01 @args
}

function Get-RunDocument($Run) {
    Get-Content -Raw "$($Run.Path)/run.json" | ConvertFrom-Json
}

# The text of all cells of a sheet, by its number in the workbook.
function Get-SheetText([string] $Path, [int] $Sheet) {
    $archive = [System.IO.Compression.ZipFile]::OpenRead((Get-Item -LiteralPath $Path).FullName)
    try {
        $reader = [System.IO.StreamReader]::new($archive.GetEntry("xl/worksheets/sheet$Sheet.xml").Open())
        $reader.ReadToEnd() -replace '<[^>]*>', ' '
        $reader.Dispose()
    } finally {
        $archive.Dispose()
    }
}

# Changes a sheet as a person might: the text of the sheet is handed over and what comes back is put in its place.
function Edit-Sheet([string] $Path, [int] $Sheet, [scriptblock] $Change) {
    $archive = [System.IO.Compression.ZipFile]::Open((Get-Item -LiteralPath $Path).FullName, 'Update')
    try {
        $entry = $archive.GetEntry("xl/worksheets/sheet$Sheet.xml")
        $reader = [System.IO.StreamReader]::new($entry.Open())
        $text = & $Change $reader.ReadToEnd()
        $reader.Dispose()
        $stream = $entry.Open()
        $stream.SetLength(0)
        $writer = [System.IO.StreamWriter]::new($stream)
        $writer.Write($text)
        $writer.Dispose()
    } finally {
        $archive.Dispose()
    }
}

# Puts a mark into the veto column of a patron.
function Set-Veto([string] $Path, [string] $PrimaryId, [string] $Mark = 'x') {
    Edit-Sheet $Path 1 {
        $cell = '(<x:c r="A(\d+)"[^>]*><x:is><x:t[^>]*>{0}</x:t></x:is></x:c>)' -f [regex]::Escape($PrimaryId)
        $args[0] -replace $cell, ('$1<x:c r="B$2" t="inlineStr"><x:is><x:t>{0}</x:t></x:is></x:c>' -f $Mark)
    }
}
