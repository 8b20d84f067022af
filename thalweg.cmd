@echo off
rem Runs Thalweg from a checkout on Windows: builds when the program is missing, then starts it.
setlocal
set "here=%~dp0"
where dotnet >nul 2>nul || (echo thalweg: the .NET 10 SDK is missing; install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again 1>&2 & exit /b 2)
if not exist "%here%artifacts\program\Thalweg.Cli.dll" (
  pushd "%here%" && dotnet publish src\Thalweg.Cli -c Release -o artifacts\program -v q -nologo 1>&2 || (popd & exit /b 70)
  popd
)
dotnet "%here%artifacts\program\Thalweg.Cli.dll" %*
exit /b %errorlevel%
