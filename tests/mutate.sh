#!/bin/bash
# Mutation test: changes one sign or factor of a formula at a time (tests/mutations.txt) in a temporary copy of the tree and asks whether a test notices.
# Prints a table; exits 1 when a mutant survives or a line of the table no longer matches its file. Usage: tests/mutate.sh [text that the lines must contain]
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
(cd "$here" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - 2>/dev/null) | tar -xf - -C "$copy"
cd "$copy"
dotnet build -c Release tests/Thalweg.Tests >"$copy/build.log" 2>&1 || { tail -n 20 "$copy/build.log" >&2; exit 2; }
tests=artifacts/bin/Thalweg.Tests/release
run() { timeout 300 "$tests/Thalweg.Tests" "$@" -stopOnFail -noColor >"$copy/test.log" 2>&1; }
# check [NAME]: first the tests named after a file, which notice a change of it soonest; last those that count random matrices, which take longest.
check() {
  { [ ! -f "tests/Thalweg.Tests/Complexity/${1:-}Tests.cs" ] || run -class "Thalweg.Tests.Complexity.$1Tests"; } \
    && run -class 'Thalweg.Tests.Precision.*' -class 'Thalweg.Tests.Complexity.*' -class 'Thalweg.Tests.Descent.*' -class 'Thalweg.Tests.Geometry.*' -class 'Thalweg.Tests.Probes.*' -class- Thalweg.Tests.Complexity.FiniteSizeCountTests \
    && run -class 'Thalweg.Tests.Models.*' -class 'Thalweg.Tests.Thresholds.*' -class 'Thalweg.Tests.Instances.*' -class 'Thalweg.Tests.Problems.*' -trait- Speed=slow \
    && run -class Thalweg.Tests.Complexity.FiniteSizeCountTests
}
check || { echo "the tests fail without any mutation" >&2; tail -n 40 "$copy/test.log" >&2; exit 2; }

total=0
killed=0
bad=0
report() { printf '%-9s %-48s %s  ->  %s\n' "$1" "$file" "$original" "$mutated"; }
while IFS= read -r line; do
  case $line in '#'* | '') continue ;; esac
  case $line in *"${1:-}"*) ;; *) continue ;; esac
  file=${line%% | *}
  rest=${line#* | }
  original=${rest%% | *}
  mutated=${rest#* | }
  path=src/Thalweg/$file
  text=$(cat "$path")
  once=${text/"$original"/}
  total=$((total + 1))
  if [ "$once" = "$text" ] || [ "${once/"$original"/}" != "$once" ]; then
    report stale
    bad=$((bad + 1))
    continue
  fi

  # The public surface does not change, and analysers have nothing to say here, so that the library alone is built and put in the place of the one beside the tests.
  printf '%s\n' "${text/"$original"/"$mutated"}" >"$path"
  if ! dotnet build -c Release --no-restore --no-dependencies -p:RunAnalyzers=false -p:GenerateDocumentationFile=false src/Thalweg >"$copy/build.log" 2>&1; then
    report unbuilt
    bad=$((bad + 1))
  else
    cp artifacts/bin/Thalweg/release/Thalweg.dll "$tests/Thalweg.dll"
    if check "$(basename "$file" .cs)"; then
      report SURVIVED
      bad=$((bad + 1))
    else
      report killed
      killed=$((killed + 1))
    fi
  fi

  printf '%s\n' "$text" >"$path"
done <tests/mutations.txt

# The library as it stands, built and put in place the same way, must pass: otherwise the kills above prove nothing.
dotnet build -c Release --no-restore --no-dependencies -p:RunAnalyzers=false -p:GenerateDocumentationFile=false src/Thalweg >"$copy/build.log" 2>&1
cp artifacts/bin/Thalweg/release/Thalweg.dll "$tests/Thalweg.dll"
check || { echo "the tests fail after the last mutation was taken back" >&2; tail -n 40 "$copy/test.log" >&2; exit 2; }
echo "$killed of $total mutants killed"
[ "$bad" -eq 0 ]
