# Signs the programs and the setup. Without a certificate it refuses: nothing unsigned is called signed.
#   $env:SELFCARE_CERTIFICATE_SHA1 = "<thumbprint in the certificate store>"
#   powershell -File installers\windows\sign.ps1 build\bundle\selfcare\selfcare.exe build\packages\selfcare-…-setup.exe
$ErrorActionPreference = "Stop"
if (-not $env:SELFCARE_CERTIFICATE_SHA1) {
    [Console]::Error.WriteLine("sign: no certificate; set SELFCARE_CERTIFICATE_SHA1. Nothing was signed.")
    exit 2
}
if ($args.Count -eq 0) {
    [Console]::Error.WriteLine("sign: name the files to sign")
    exit 2
}
$clock = if ($env:SELFCARE_TIMESTAMP) { $env:SELFCARE_TIMESTAMP } else { "http://timestamp.digicert.com" }
foreach ($file in $args) {
    & signtool sign /sha1 $env:SELFCARE_CERTIFICATE_SHA1 /fd SHA256 /tr $clock /td SHA256 $file
    if ($LASTEXITCODE -ne 0) { exit 1 }
    & signtool verify /pa /tw $file
    if ($LASTEXITCODE -ne 0) { exit 1 }
}
