#!/bin/sh
# Builds and passes all tests: ./test.sh, or ./test.sh quick for those without the attribute Speed=slow.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
cd "$here"
mode=${1:-all}
case "$mode" in
  all | quick) ;;
  update) export THALWEG_UPDATE=1 ;; # rewrites generated tables and shown output instead of failing on a difference
  *)
    printf 'test.sh: "%s" is unknown; use ./test.sh, ./test.sh quick or ./test.sh update\n' "$mode" >&2
    exit 2
    ;;
esac

command -v dotnet >/dev/null 2>&1 || {
  echo 'test.sh: the .NET 10 SDK is missing; install it from https://dotnet.microsoft.com/download/dotnet/10.0' >&2
  exit 2
}

# What some tests need beyond .NET; without it they are skipped and counted.
need() {
  command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
missing=""
need rsvg-convert librsvg2-bin
need h5dump hdf5-tools
/usr/bin/python3 -c 'import numpy' >/dev/null 2>&1 || missing="$missing python3-numpy"
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    printf 'installing%s\n' "$missing"
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 || printf 'could not install%s: the tests that need it will be skipped\n' "$missing"
  else
    printf 'not installed:%s; the tests that need it will be skipped (apt-get install%s)\n' "$missing" "$missing"
  fi
fi

dotnet build Thalweg.slnx -c Release -v q -nologo || {
  echo '0 passed, 1 failed'
  exit 1
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
set -- -noColor -noLogo
[ "$mode" = quick ] && set -- "$@" -trait- "Speed=slow"
status=0
dotnet artifacts/bin/Thalweg.Tests/release/Thalweg.Tests.dll "$@" >"$log" 2>&1 || status=$?
grep -vE '^ *(Starting|Finished|Discover)' "$log" || true

summary=$(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\).*/\1 \2 \3 \4/p' "$log" | tail -n 1)
if [ -z "$summary" ]; then
  echo '0 passed, 1 failed, 0 skipped'
  exit 1
fi
# shellcheck disable=SC2086
set -- $summary
failed=$(($2 + $3))
[ "$status" = 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$(($1 - $3 - $4)) passed, $failed failed, $4 skipped"
[ "$failed" = 0 ]
