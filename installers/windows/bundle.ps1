# Builds the folder that runs without Python, in build\bundle\selfcare, on Windows, and lets it try itself.
#   powershell -ExecutionPolicy Bypass -File installers\windows\bundle.ps1       (after installers\setup.ps1)
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$own = ".venv\Scripts\python.exe"
if (-not (Test-Path $own)) {
    [Console]::Error.WriteLine("bundle: there is no .venv yet; run installers\setup.ps1 first")
    exit 1
}
$env:PYTHONHASHSEED = "1"
$ErrorActionPreference = "Continue"  # PyInstaller tells its progress on the error channel; its status says how it went
& $own -m PyInstaller --noconfirm --log-level WARN --distpath build\bundle --workpath build\bundle-work installers\selfcare.spec
if ($LASTEXITCODE -ne 0) { exit 1 }
$home_ = Join-Path ([System.IO.Path]::GetTempPath()) ([System.Guid]::NewGuid())
$env:SELFCARE_HOME = $home_
$env:QT_QPA_PLATFORM = "offscreen"
& build\bundle\selfcare\selfcare-console.exe --version
& build\bundle\selfcare\selfcare-console.exe self-test
$status = $LASTEXITCODE
if (Test-Path $home_) { Remove-Item -Recurse -Force $home_ }
exit $status
