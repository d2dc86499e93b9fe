# Dot-sourced, after common.ps1, by tests in which staff build a set by hand: by plain requests, with nothing of ours.

# The identifiers in an exported file, read as plainly as can be.
function Read-Username([string] $Path) {
    if ($Path -like '*.xlsx') {
        $archive = [System.IO.Compression.ZipFile]::OpenRead((Get-Item -LiteralPath $Path).FullName)
        try {
            $reader = [System.IO.StreamReader]::new(($archive.Entries | Where-Object FullName -Like 'xl/worksheets/*.xml').Open())
            $sheet = [xml] $reader.ReadToEnd()
            $reader.Dispose()
        } finally {
            $archive.Dispose()
        }
        $cells = @($sheet.GetElementsByTagName('x:t').ForEach('InnerText'))
        if (-not $cells) { $cells = @($sheet.GetElementsByTagName('t').ForEach('InnerText')) }
        $cells | Select-Object -Skip 1
    } else {
        (Import-Csv -LiteralPath $Path).USERNAME
    }
}

# Builds an itemized set of users. The client has the key; the address is the simulator's, embedded or not.
function New-StaffSet([System.Net.Http.HttpClient] $Client, [string] $Name, [string[]] $Member) {
    function Send([string] $Path, $Body) {
        $content = [System.Net.Http.StringContent]::new((ConvertTo-Json $Body -Depth 5), [System.Text.Encoding]::UTF8, 'application/json')
        $answer = $Client.PostAsync($Path, $content).GetAwaiter().GetResult()
        $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        if (-not $answer.IsSuccessStatusCode) { throw "Staff could not do that: $text" }
        ConvertFrom-Json $text
    }
    $set = Send 'almaws/v1/conf/sets' @{
        name = $Name; type = @{ value = 'ITEMIZED' }; content = @{ value = 'USER' }; private = @{ value = 'false' }
    }
    $null = Send "almaws/v1/conf/sets/$($set.id)?op=add_members" @{ members = @{ member = @($Member.ForEach{ @{ id = $_ } }) } }
    $set.id
}

function New-StaffClient([uri] $BaseUri, [string] $Key, $Handler) {
    $client = $Handler ? [System.Net.Http.HttpClient]::new($Handler, $false) : [System.Net.Http.HttpClient]::new()
    $client.BaseAddress = $BaseUri
    $null = $client.DefaultRequestHeaders.TryAddWithoutValidation('Authorization', "apikey $Key")
    $client.DefaultRequestHeaders.Add('Accept', 'application/json')
    $client
}

# A client to the embedded simulator of the session.
function New-EmbeddedStaffClient {
    $simulator = Get-TestSimulator
    New-StaffClient $simulator.BaseAddress $simulator.ApiKey $simulator.CreateHandler()
}
