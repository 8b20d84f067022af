@echo off
rem Runs Thalweg from a checkout on Windows: builds on first use or when a source is newer than the program, then starts it. Not tested: written without a Windows machine.
setlocal
set "here=%~dp0"
set "program=%here%artifacts\program"
set "waited=0"
where dotnet >nul 2>nul || goto missing

:check
rem Exit code 0 when no source is newer than the stamp. Any other, also where PowerShell is missing, leads to a build, which has little to do when nothing changed.
if not exist "%program%\Thalweg.Cli.dll" goto enter
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath ($env:program + '\.built') -ErrorAction Stop).LastWriteTimeUtc; $sources = @(Get-ChildItem -LiteralPath ($env:here + 'src') -Recurse -File) + @('Directory.Build.props', 'Directory.Packages.props', 'global.json' | ForEach-Object { Get-Item -LiteralPath ($env:here + $_) }); if ($sources | Where-Object { $_.LastWriteTimeUtc -gt $built }) { exit 1 }" >nul 2>nul && goto start

:enter
rem Whoever can open the lock for writing builds; Windows closes it with its process, however that ends. Everyone else waits and looks again.
pushd "%here%"
dotnet --version >nul 2>nul || goto missing
popd
if not exist "%here%artifacts" md "%here%artifacts"
set "result="
2>nul ( 9>"%here%artifacts\.build-lock.file" call :build )
if "%result%"=="0" goto start
if defined result goto failed
set /a waited+=1
if %waited% geq 600 goto held
ping -n 2 127.0.0.1 >nul
goto check

:start
dotnet "%program%\Thalweg.Cli.dll" %*
exit /b %errorlevel%

:missing
echo thalweg: the .NET 10 SDK is missing; install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again 1>&2
exit /b 2

:failed
echo thalweg: the build failed: 1>&2
type "%here%artifacts\build.log" 1>&2
exit /b 70

:held
echo thalweg: cannot open "%here%artifacts\.build-lock.file": another build holds it, or the folder cannot be written 1>&2
exit /b 70

:build
pushd "%here%"
rem The stamp is as old as the beginning of the build: what changes meanwhile is newer. No build server may outlive the build, for it would inherit the lock.
echo began >artifacts\.build-began
dotnet publish src\Thalweg.Cli -c Release -o artifacts\program -v q -nologo --disable-build-servers >artifacts\build.log 2>&1
set "result=%errorlevel%"
if "%result%"=="0" copy /y artifacts\.build-began artifacts\program\.built >nul
popd
exit /b 0
