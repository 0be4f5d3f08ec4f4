# Makes .venv from the hash-pinned lock, on Windows. It does what installers/setup.sh does on Linux and macOS.
#   powershell -ExecutionPolicy Bypass -File installers\setup.ps1
# Then:  .venv\Scripts\selfcare demo      .venv\Scripts\python -m pytest
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

function Say([string] $text) { [Console]::Error.WriteLine("setup: $text") }

function Invoke-Checked([string] $program, [string[]] $words) {
    $ErrorActionPreference = "Continue"  # what pip and uv say there is no failure; their status tells
    & $program @words
    if ($LASTEXITCODE -ne 0) { throw "setup: '$program $words' failed with status $LASTEXITCODE" }
}

# The launcher (py) of python.org first, then whatever is called python
$python = $null
foreach ($candidate in @(@("py", "-3.13"), @("py", "-3.12"), @("py", "-3.11"), @("python"), @("python3"))) {
    $program, $words = $candidate[0], @($candidate | Select-Object -Skip 1)
    if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { continue }
    # The older PowerShell of Windows takes the first line that a program says on its error channel for an error of its own
    $ErrorActionPreference = "Continue"
    & $program @words -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>&1 | Out-Null
    $isFit = $LASTEXITCODE -eq 0
    $ErrorActionPreference = "Stop"
    if ($isFit) { $python = $candidate; break }
}
if ($null -eq $python) {
    Say "Python 3.11 or newer is needed"
    exit 1
}

$digest = (@("requirements/uv.lock", "requirements/dev.lock", "pyproject.toml") |
    ForEach-Object { (Get-FileHash -Algorithm SHA256 $_).Hash }) -join "-"
$stamp = ".venv\.lock-digest"
if ((Test-Path ".venv\Scripts\python.exe") -and (Test-Path $stamp) -and ((Get-Content -Raw $stamp).Trim() -eq $digest)) {
    exit 0
}

Say "making .venv (a few minutes the first time)"
if (-not (Test-Path ".venv\Scripts\python.exe")) {
    Invoke-Checked $python[0] (@($python | Select-Object -Skip 1) + @("-m", "venv", ".venv"))
}
$own = Join-Path (Get-Location) ".venv\Scripts\python.exe"
$env:UV_PYTHON = $own
Invoke-Checked $own @("-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", "requirements/uv.lock")
Invoke-Checked $own @("-m", "uv", "pip", "sync", "-q", "--require-hashes", "requirements/dev.lock", "requirements/uv.lock")
Invoke-Checked $own @("-m", "uv", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "-e", ".")
Set-Content -NoNewline -Path $stamp -Value $digest
