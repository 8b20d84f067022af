#!/bin/sh
# Measures the figures that the product promises, at full size: ./measure.sh [group[.row]], one JSON a row under docs/figures/.
# A row that was measured for the present sources is skipped; --again measures it once more.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
cd "$here"
again=0
wanted=""
for word in "$@"; do
  case "$word" in
    --again) again=1 ;;
    [0-9]*)
      [ -z "$wanted" ] || {
        printf 'measure.sh: "%s" after "%s": ask for one group or row at a time\n' "$word" "$wanted" >&2
        exit 2
      }
      wanted=$word
      ;;
    *)
      printf 'measure.sh: "%s" is unknown; use ./measure.sh [group[.row]] [--again], for example ./measure.sh 2.4\n' "$word" >&2
      exit 2
      ;;
  esac
done

rows=$(sed -n 's/^if begin \([0-9.]*\) .*/\1/p' "$here/measure.sh")
known=0
for row in $rows; do
  case "$row" in "$wanted" | "$wanted".*) known=1 ;; esac
done
[ -z "$wanted" ] || [ "$known" = 1 ] || {
  # shellcheck disable=SC2086
  printf 'measure.sh: there is no row "%s"; the rows are %s\n' "$wanted" "$(echo $rows)" >&2
  exit 2
}

sources=$(git log -1 --format=%h -- src tests bench/Thalweg.Bench)
[ -z "$(git status --porcelain -- src tests bench/Thalweg.Bench)" ] || sources="$sources+changes"
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
[ -n "$processor" ] || processor=$(uname -m)
cores=$(getconf _NPROCESSORS_ONLN)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# begin ROW WHAT COMMAND: true when the row has to be measured.
begin() {
  row=$1
  case "$row" in
    "$wanted" | "$wanted".*) ;;
    *) [ -z "$wanted" ] || return 1 ;;
  esac
  what=$2
  command=$3
  file="docs/figures/$row.json"
  if [ "$again" = 0 ] && grep -q "\"sources\": \"$sources\"" "$file" 2>/dev/null && grep -q '"complete": true' "$file"; then
    printf '%s measured already for %s\n' "$row" "$sources"
    return 1
  fi
  printf '%s %s\n' "$row" "$what"
  load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo 0)
  if [ "$(printf '%.0f' "$load")" -gt 1 ]; then printf '   the machine is busy (load %s): times will be too long\n' "$load"; fi
  : >"$work/values"
  return 0
}

number='^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$'

# value NAME VALUE LIMIT UNIT: one measured number, which must not exceed its limit; it is not rounded before.
value() {
  # A number that could not be measured does not hold.
  printf '%s\n' "$2" | grep -qE "$number" || set -- "$1" null "$3" "$4"
  holds=$([ "$2" = null ] && echo false || awk -v v="$2" -v l="$3" 'BEGIN { print (v + 0 <= l + 0) ? "true" : "false" }')
  [ "$holds" = true ] || failures=$((failures + 1))
  printf '   %-58s %-22s limit %-10s %s %s\n' "$1" "$2" "$3" "$4" "$([ "$holds" = true ] && echo holds || echo FAILS)"
  [ ! -s "$work/values" ] || printf ',\n' >>"$work/values"
  printf '    { "name": "%s", "value": %s, "limit": %s, "unit": "%s", "holds": %s }' "$1" "$2" "$3" "$4" "$holds" >>"$work/values"
}

end() {
  {
    printf '{\n  "row": "%s",\n  "what": "%s",\n  "command": "%s",\n  "sources": "%s",\n  "date": "%s",\n' "$row" "$what" "$command" "$sources" "$(date -u +%Y-%m-%d)"
    printf '  "processor": "%s", "cores": %s, "load_before": %s,\n  "values": [\n' "$processor" "$cores" "$load"
    cat "$work/values"
    printf '\n  ],\n  "complete": true\n}\n'
  } >"$work/row.json"
  mv "$work/row.json" "$file"
}

now() { date +%s.%N; }

# median_seconds COMMAND...: median wall time of seven runs after one to warm up.
median_seconds() {
  "$@" >/dev/null 2>&1 || return 1
  i=0
  : >"$work/times"
  while [ "$i" -lt 7 ]; do
    t0=$(now)
    "$@" >/dev/null 2>&1 || return 1
    t1=$(now)
    awk -v a="$t0" -v b="$t1" 'BEGIN { printf "%.9f\n", b - a }' >>"$work/times"
    i=$((i + 1))
  done
  sort -n "$work/times" | sed -n 4p
}

# tests FILTER...: runs the test program and keeps its output.
tests() {
  dotnet artifacts/bin/Thalweg.Tests/release/Thalweg.Tests.dll -noColor -noLogo "$@" >"$work/log" 2>&1 && echo 0 >"$work/status" || echo $? >"$work/status"
}

# figure KEY: the largest number that tests printed as "FIGURE key number", digit for digit; the key is a pattern. Nothing when one of them is no number.
figure() {
  grep -oE "FIGURE ($1) [^[:space:]]+" "$work/log" | cut -d' ' -f3 >"$work/numbers" || true
  grep -qvE "$number" "$work/numbers" || sort -g "$work/numbers" | tail -n 1
}

./thalweg --version >/dev/null
dotnet build Thalweg.slnx -c Release -v q -nologo
mkdir -p docs/figures

# bench CLASS: runs its benchmarks and keeps their table; mean METHOD is then a mean in nanoseconds.
bench() {
  rm -rf "$work/bench"
  dotnet artifacts/bin/Thalweg.Bench/release/Thalweg.Bench.dll --filter "*.$1.*" --exporters json github --artifacts "$work/bench" >"$work/log" 2>&1
  name=$(printf '%s' "$processor" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9-')
  mkdir -p "bench/results/$name"
  cp "$work"/bench/results/*"$1"-report-github.md "bench/results/$name/$1.md"
}
mean() { cat "$work"/bench/results/*.json | tr ',{' '\n\n' | awk -v m="\"$1\"" '/"Method":/ { hit = index($0, m) } hit && /"Mean":/ { sub(/.*:/, ""); print; exit }'; }
# middle FILE: the middle one of three numbers, null when one of them is.
middle() { if grep -q null "$work/$1"; then echo null; else sort -g "$work/$1" | sed -n 2p; fi; }
over() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.9f\n", a / b; else print "null" }'; }

if begin 2.1 "statics against a double-double oracle" "THALWEG_FULL=1 Thalweg.Tests -namespace Thalweg.Tests.Precision"; then
  THALWEG_FULL=1 tests -namespace Thalweg.Tests.Precision
  value "failed tests, honesty of every reported error included" "$(cat "$work/status")" 0 count
  value "thresholds in closed form, worst error" "$(figure '(gf|gf_inverse|ml_amp)_relative')" 1e-14 relative
  value "energies at zero overlap, worst error" "$(figure '(threshold_energy_zero_overlap|ml_energy)_relative')" 1e-14 relative
  value "complexities whose terms are O(1), worst error" "$(figure 'sigma_(plain|minima_plain)')" 1e-15 absolute
  value "complexities anywhere, over their largest term" "$(figure 'sigma_(all|minima|index|annealed|sup_all|sup_minima)')" 1e-15 relative
  value "roots among thresholds, worst error" "$(figure '(triv|triv_inverse|triv_all_overlaps_p[0-9]*|anti_aligned|langevin)_relative')" 1e-12 relative
  value "other roots, worst error" "$(figure '(spinodal|upper_spinodal|jump|recovery|bayes_fixed_points|bayes_optimal|ml_overlap|ml_anti_aligned_overlap|zero_energy|zero_energy_of_minima)')" 1e-12 scaled
  end
  cp "$work/log" "$work/precision.log"
fi
if begin 2.2 "eq. (5) against theta = 1 of eq. (7), 10,000 random points" "THALWEG_FULL=1 Thalweg.Tests -namespace Thalweg.Tests.Precision"; then
  if [ -f "$work/precision.log" ]; then cp "$work/precision.log" "$work/log"; else THALWEG_FULL=1 tests -namespace Thalweg.Tests.Precision; fi
  value "worst relative difference" "$(figure eq5_against_eq7_relative)" 1e-13 relative
  end
fi
if begin 2.3 "brute force over energies against the closed form, 1,000 random points" "THALWEG_FULL=1 Thalweg.Tests -namespace Thalweg.Tests.Precision"; then
  if [ -f "$work/precision.log" ]; then cp "$work/precision.log" "$work/log"; else THALWEG_FULL=1 tests -namespace Thalweg.Tests.Precision; fi
  value "largest excess over the closed form" "$(figure brute_force_excess)" 1e-10 absolute
  end
fi
if begin 2.4 "whole commands, median of seven after a warm-up" "./thalweg ..."; then
  value "phase, 200 points" "$(median_seconds ./thalweg phase --delta-p 0.02:4:200 --json --out "$work/phase")" 0.5 s
  value "complexity, three curves of 400 points" "$(median_seconds ./thalweg complexity --inv-delta-2 1.9,2.3,2.7 --points 400 --json --out "$work/complexity")" 0.6 s
  value "reproduce statics" "$(median_seconds ./thalweg reproduce statics --json --out "$work/reproduce")" 10 s
  value "--help" "$(median_seconds ./thalweg --help)" 0.2 s
  end
fi
if begin 2.5 "benchmarks of the statics" "bench: StaticsBenchmarks"; then
  bench StaticsBenchmarks
  value "one point of the complexity with all its kinds" "$(mean PointOfComplexity | awk '{ printf "%.17g", $1 / 1000 }')" 2 us
  value "all lines of Fig. 2, 400 points, one thread" "$(mean LinesOfFig2 | awk '{ printf "%.17g", $1 / 1e6 }')" 20 ms
  value "drawing of both panels of Fig. 2" "$(mean DrawingOfFig2 | awk '{ printf "%.17g", $1 / 1e6 }')" 20 ms
  end
fi
if begin 2.6 "mutants of the formulas that no test notices" "tests/mutate.sh"; then
  tests/mutate.sh >"$work/log" 2>&1 || true
  tail -n 3 "$work/log"
  killed=$(sed -n 's/^\([0-9]*\) of [0-9]* mutants killed$/\1/p' "$work/log")
  total=$(sed -n 's/^[0-9]* of \([0-9]*\) mutants killed$/\1/p' "$work/log")
  value "mutants killed, short of ten" "$((${killed:-0} < 10 ? 10 - ${killed:-0} : 0))" 0 count
  value "mutants that survive, of ${total:-none}" "$((${total:-1} - ${killed:-0}))" 0 count
  end
fi
if begin 2.7 "bad input: 100,000 random argument lists in process, 500 as processes" "THALWEG_FUZZ=100000 THALWEG_FUZZ_PROCESSES=500 Thalweg.Tests -class Thalweg.Tests.Cli.ArgumentFuzzTests"; then
  THALWEG_FUZZ=100000 THALWEG_FUZZ_PROCESSES=500 tests -class Thalweg.Tests.Cli.ArgumentFuzzTests
  value "failed tests" "$(cat "$work/status")" 0 count
  value "argument lists in process, short of 100,000" "$(awk -v n="$(figure fuzz_calls)" 'BEGIN { printf "%.17g", 100000 - n }')" 0 count
  value "argument lists as processes, short of 500" "$(awk -v n="$(figure fuzz_processes)" 'BEGIN { printf "%.17g", 500 - n }')" 0 count
  end
fi
if begin 2.8 "the main job on a fresh clone" "git clone; ./thalweg analyze --p 3 --delta-p 1 --inv-delta-2 2.3"; then
  git clone -q "$here" "$work/clone"
  t0=$(now)
  (cd "$work/clone" && ./thalweg analyze --p 3 --delta-p 1 --inv-delta-2 2.3 --json) >"$work/log" 2>&1 && code=0 || code=$?
  t1=$(now)
  value "exit code" "$code" 0 code
  value "first use, building included" "$(awk -v a="$t0" -v b="$t1" 'BEGIN { printf "%.9f", b - a }')" 300 s
  grep -q '"value": "surfing"' "$work/log" && regime=0 || regime=1
  value "regime is surfing" "$regime" 0 flag
  end
fi
# outcome FILE PATH: a number of a JSON result, by the names on its way.
outcome() { python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); [d := d[int(k) if k.isdigit() else k] for k in sys.argv[2].split("/")]; print(repr(d) if isinstance(d, (int, float)) else d)' "$1" "$2" 2>/dev/null || echo null; }
# dynamics OPTIONS...: a run whose JSON is kept; its wall time in $seconds.
dynamics() {
  t0=$(now)
  ./thalweg dynamics "$@" --json --out "$work/dynamics" >"$work/result" 2>"$work/log" || true
  t1=$(now)
  rm -rf "$work/dynamics"
  seconds=$(awk -v a="$t0" -v b="$t1" 'BEGIN { printf "%.9f", b - a }')
}

full() { THALWEG_FULL=1 tests -method "Thalweg.Tests.TwoTime.FullSizeTests.$1"; }

if begin 3.1 "the matrix alone against Bessel functions, t to 1e4, planted and not, local tolerance 1e-10" "THALWEG_FULL=1 Thalweg.Tests -method ...The_matrix_alone_against_its_exact_solution"; then
  full The_matrix_alone_against_its_exact_solution
  value "failed tests, the fall of the error with the tolerance included" "$(cat "$work/status")" 0 count
  value "largest error of C, R, mu, energy, m" "$(figure matrix_error)" 1e-9 absolute
  value "the same at local tolerance 1e-5" "$(figure matrix_error_1E-005)" 1e-4 absolute
  end
fi
if begin 3.2 "uniform grid against the solver in ln t, t <= 100, 1/Delta_2 = 1.5, 1.9, 2.3, 2.7, m(0) = 1e-4" "THALWEG_FULL=1 Thalweg.Tests -method ...Both_solvers_agree"; then
  full Both_solvers_agree
  value "failed tests" "$(cat "$work/status")" 0 count
  value "largest difference of m, energy, mu" "$(figure solvers_difference)" 1e-7 absolute
  value "error that the uniform grid reports" "$(figure uniform_reported)" 1e-6 absolute
  end
fi
if begin 3.3 "end of escape at twelve points, p = 3 and 4" "THALWEG_FULL=1 Thalweg.Tests -method ...Escapes_end_in_the_fixed_point_of_the_signal"; then
  full Escapes_end_in_the_fixed_point_of_the_signal
  value "failed tests" "$(cat "$work/status")" 0 count
  value "largest distance from m_ML and e_ML" "$(figure escape_error)" 1e-8 absolute
  value "points, short of twelve" "$(figure escape_points | awk '{ print 12 - $1 }')" 0 count
  end
fi
if begin 3.4 "unplanted 2+3 at 1/Delta_2 = 1.5 to t = 1e7" "./thalweg dynamics --no-planted --inv-delta-2 1.5 --t 1e7"; then
  dynamics --no-planted --inv-delta-2 1.5 --t 1e7
  value "wall time" "$seconds" 20 s
  value "error of the energy" "$(outcome "$work/result" result/final/energy/error)" 1e-6 absolute
  value "memory" "$(outcome "$work/result" peak_mb)" 2048 MB
  value "did not converge" "$([ "$(outcome "$work/result" status)" = converged ] && echo 0 || echo 1)" 0 flag
  end
fi
if begin 3.5 "the same to t = 1e9 at --tol 1e-5, against t = 1e6" "./thalweg dynamics --no-planted --inv-delta-2 1.5 --t 1e9 --tol 1e-5"; then
  dynamics --no-planted --inv-delta-2 1.5 --t 1e6 --tol 1e-5
  short_s=$seconds
  short_n=$(outcome "$work/result" result/steps)
  dynamics --no-planted --inv-delta-2 1.5 --t 1e9 --tol 1e-5
  value "wall time" "$seconds" 120 s
  value "wall time over that to 1e6" "$(awk -v a="$seconds" -v b="$short_s" 'BEGIN { printf "%.9f", a / b }')" 6 ratio
  value "steps over those to 1e6" "$(awk -v a="$(outcome "$work/result" result/steps)" -v b="$short_n" 'BEGIN { printf "%.9f", a / b }')" 3 ratio
  value "error of the energy" "$(outcome "$work/result" result/final/energy/error)" 1e-6 absolute
  value "short of t = 1e9" "$(outcome "$work/result" result/final/t | awk '{ print 1e9 - $1 }')" 0 absolute
  end
fi
if begin 3.6 "t = 100 at 1e-6, planted, as a whole command" "./thalweg dynamics --t 100"; then
  value "median wall time" "$(median_seconds ./thalweg dynamics --t 100 --json --out "$work/median")" 1.5 s
  end
fi
if begin 3.7 "growth at late times, planted, five points above threshold" "THALWEG_FULL=1 Thalweg.Tests -method ...Overlaps_grow_at_the_predicted_rate"; then
  full Overlaps_grow_at_the_predicted_rate
  value "failed tests" "$(cat "$work/status")" 0 count
  value "distance from k + Q''(1)/k - mu(t)" "$(figure growth_prediction)" 0.01 relative
  value "distance from (k - sqrt(Q''(1)))^2/k at t = 1e5" "$(figure growth_limit)" 0.05 relative
  end
fi
if begin 3.8 "the gradient-flow threshold from the dynamics at 20 points" "./thalweg threshold --p P --delta-p NOISE"; then
  # quantity KEY FIELD: a number of the result in the log.
  quantity() { awk -v key="\"$1\": {" -v field="\"$2\":" 'index($0, key) { hit = 1 } hit && index($0, field) { gsub(/[^-+.0-9eE]/, "", $2); print $2; exit }' "$work/log"; }
  : >"$work/points"
  for point in 3,0.1 3,0.25 3,0.5 3,1 3,1.5 3,2 3,3 3,4 4,0.1 4,0.25 4,0.5 4,1 4,2 4,4 5,0.1 5,0.25 5,0.5 5,1 5,2 5,4; do
    t0=$(now)
    ./thalweg threshold --p "${point%,*}" --delta-p "${point#*,}" --json --out "$work/threshold-$point" >"$work/log" 2>&1 || echo "unconverged 1 1 1" >>"$work/points"
    t1=$(now)
    value "p = ${point%,*}, Delta_p = ${point#*,}" "$(awk -v a="$t0" -v b="$t1" 'BEGIN { printf "%.9f", b - a }')" 60 s
    echo "point $(quantity delta2_gf_dynamics value) $(quantity delta2_gf_dynamics error) $(quantity delta2_gf value) $(quantity delta2_gf_with_mu value) $(quantity delta2_gf_with_mu error)" >>"$work/points"
  done
  # Without all six numbers of a point there is no worst one.
  worst() { awk -v e="$1" '$1 == "point" { if (NF != 6) { print "none"; bad = 1; exit } d = e == "error" ? $3 / $2 : e == "own" ? ($2 - $4) / $3 : e == "deviation" ? $2 / $4 - 1 : ($5 - $4) / $6; d = d < 0 ? -d : d; if (d > m) m = d } END { if (!bad) printf "%.17g", m }' "$work/points"; }
  value "points that did not converge" "$(grep -c unconverged "$work/points" || true)" 0 count
  value "largest reported error" "$(worst error)" 1e-3 relative
  value "largest distance from eq. (5) over the reported error" "$(worst own)" 1 ratio
  value "largest distance from eq. (5)" "$(worst deviation)" 1e-3 relative
  value "the same over the reported error, with the limit of mu" "$(worst limit)" 1 ratio
  end
fi

if begin 3.9 "honesty: 100 random models, t = 1e3, 1e-6 against 1e-8" "THALWEG_HONEST=100 Thalweg.Tests -method ...Reported_errors_hold_for_random_models"; then
  THALWEG_HONEST=100 tests -method Thalweg.Tests.TwoTime.RandomModelTests.Reported_errors_hold_for_random_models
  value "models, short of 100" "$(figure honesty_models | awk '{ print 100 - $1 }')" 0 count
  value "models whose error lies outside what is reported" "$(figure honesty_outside)" 1 count
  value "models without a reference, or whose run did not reach the end" "$(figure honesty_unfinished)" 0 count
  end
fi
if begin 3.11 "every one of 500 random models ends converged or with a named status" "THALWEG_SWEEP=500 Thalweg.Tests -method ...Every_random_model_ends_with_a_status"; then
  THALWEG_SWEEP=500 tests -method Thalweg.Tests.TwoTime.RandomModelTests.Every_random_model_ends_with_a_status
  value "models, short of 500" "$(figure sweep_models | awk '{ print 500 - $1 }')" 0 count
  value "models that end otherwise, $(figure sweep_converged) converged and $(figure sweep_named) named" "$(figure sweep_other)" 0 count
  end
fi
if begin 3.12 "allocation: bytes of a step after warm-up" "Thalweg.Tests -class Thalweg.Tests.TwoTime.AllocationTests"; then
  tests -class Thalweg.Tests.TwoTime.AllocationTests
  value "failed tests, each of which allows no byte" "$(cat "$work/status")" 0 count
  end
fi
if begin 3.10 "kill -9 at 200 random moments of a run, of its checkpoint writing and of its folder writing" "THALWEG_KILLS=200 Thalweg.Tests -class Thalweg.Tests.Cli.KillTests"; then
  THALWEG_KILLS=200 tests -class Thalweg.Tests.Cli.KillTests
  [ "$(cat "$work/status")" = 0 ] || cat "$work/log"
  value "failed tests" "$(cat "$work/status")" 0 count
  value "kills, short of 200" "$(figure kill_count | awk '{ printf "%.17g", 200 - $1 }')" 0 count
  value "kills that left a half-written checkpoint, $(figure kill_in_checkpoint), short of 40" "$(figure kill_in_checkpoint | awk '{ print ($1 < 40) ? 40 - $1 : 0 }')" 0 count
  value "kills that left a half-written folder, $(figure kill_in_folder), short of 20" "$(figure kill_in_folder | awk '{ print ($1 < 20) ? 20 - $1 : 0 }')" 0 count
  value "runs, of $(figure kill_runs), that ended with other bits" "$(figure kill_different)" 0 count
  end
fi

# command_json COMMAND OPTIONS...: a command whose JSON is kept; its wall time in $seconds.
command_json() {
  t0=$(now)
  ./thalweg "$@" --json --out "$work/command" >"$work/result" 2>"$work/log" || true
  t1=$(now)
  rm -rf "$work/command"
  seconds=$(awk -v a="$t0" -v b="$t1" 'BEGIN { printf "%.9f", b - a }')
}
# census FILE: the largest deviation of a line of counts, in standard errors.
census() { python3 -c 'import json, sys; print(repr(max(abs(line["deviation"]["value"]) for line in json.load(open(sys.argv[1]))["result"]["rows"][0]["counts"]["lines"])))' "$1" 2>/dev/null || echo null; }
if begin 4.1 "noise covariance of the sampler, 1e5 draws" "THALWEG_FULL=1 Thalweg.Tests -method ...Noise_has_covariance_Q_of_the_overlap_at_finite_N"; then
  THALWEG_FULL=1 tests -method Thalweg.Tests.Instances.PackedInstanceTests.Noise_has_covariance_Q_of_the_overlap_at_finite_N
  value "failed tests" "$(cat "$work/status")" 0 count
  end
fi
if begin 4.2 "derivatives of drawn landscapes: slope tests over five decades" "Thalweg.Tests -class ...LandscapeTests"; then
  tests -class Thalweg.Tests.Instances.LandscapeTests
  value "failed tests" "$(cat "$work/status")" 0 count
  end
fi
if begin 4.3 "integrators: order, a loss that never rises, the sphere" "Thalweg.Tests -class ...StepperTests -class ...GradientFlowTests"; then
  tests -class Thalweg.Tests.Numerics.StepperTests -class Thalweg.Tests.Descent.GradientFlowTests
  value "failed tests" "$(cat "$work/status")" 0 count
  end
fi
if begin 4.4 "gradient of a dense landscape, p = 3, N = 1,000, two threads" "bench: InstanceBenchmarks"; then
  # The speed of the memory drifts from minute to minute: three rounds, and of each figure the middle one.
  for _ in 1 2 3; do
    bench InstanceBenchmarks
    double=$(mean GradientDouble)
    awk -v a="$double" 'BEGIN { printf "%.9f\n", a / 1e6 }' >>"$work/gradient"
    for other in Bandwidth PlainPackedLoop FullLoop; do over "$double" "$(mean "$other")" >>"$work/$other"; done
    over "$(mean GradientSingle)" "$double" >>"$work/single"
  done
  value "time of a gradient" "$(middle gradient)" 84 ms
  value "over the time to read the entries" "$(middle Bandwidth)" 1.25 ratio
  value "over the plain packed loop" "$(middle PlainPackedLoop)" 0.2 ratio
  value "over the full loop" "$(middle FullLoop)" 0.033333 ratio
  value "in single precision over double" "$(middle single)" 0.5 ratio
  end
fi
if begin 4.5 "diluted landscape, N = 65,536, c = 60" "bench: DilutedBenchmarks; ./thalweg simulate --n 65536 --diluted 60 and 240 --trials 2 --t 100 --method chebyshev --tol 1e-5"; then
  bench DilutedBenchmarks
  value "time of a gradient" "$(mean Gradient | awk '{ printf "%.9f", $1 / 1e6 }')" 25 ms
  for edges in 60 240; do
    command_json simulate --n 65536 --diluted "$edges" --trials 2 --t 100 --method chebyshev --tol 1e-5
    value "c = $edges: a run to t = 100, half of two" "$(awk -v a="$seconds" 'BEGIN { printf "%.9f", a / 2 }')" 60 s
  done
  value "c = 240: trials that condensed" "$([ "$(outcome "$work/result" status)" = converged ] && echo 0 || echo 1)" 0 count
  end
fi
if begin 4.6 "simulation against two-time curves, t <= 50, dense and diluted" "./thalweg simulate --n 500 --trend 125,250 and --n 8192 --diluted 480 --trend 120,240, from m(0) = 0.3"; then
  at=$(awk 'BEGIN { for (i = 0; i < 20; i++) printf "%s%.4g", i ? "," : "", 0.5 * 100 ^ (i / 19) }')
  for strength in 1.5 1.9 2.3 2.7; do
    for size in "--n 500 --trend 125,250 --trials 40 --precision float" "--n 8192 --diluted 480 --trend 120,240 --trials 12"; do
      # shellcheck disable=SC2086
      command_json simulate --inv-delta-2 "$strength" --m0 0.3 --t 50 --at "$at" --method chebyshev --tol 1e-5 $size
      name="1/Delta_2 = $strength, $(case "$size" in *diluted*) echo diluted ;; *) echo dense ;; esac)"
      value "$name: outside 3 standard errors, of $(outcome "$work/result" result/trend/compared)" "$(over "$(outcome "$work/result" result/trend/outside_3)" "$(outcome "$work/result" result/trend/compared)")" 0.01 share
      value "$name: outside 5" "$(outcome "$work/result" result/trend/outside_5)" 0 count
      value "$name: largest deviation" "$(outcome "$work/result" result/trend/largest_deviation/value)" 5 errors
    done
  done
  end
fi
if begin 4.7 "spectra at minima of zero overlap, N = 1,000, 20 instances" "./thalweg hessian --n 1000 --trials 20 --precision float --inv-delta-2 2.7 and 4"; then
  for strength in 2.7 4; do
    command_json hessian --n 1000 --trials 20 --precision float --inv-delta-2 "$strength"
    value "1/Delta_2 = $strength: instances that reached no minimum" "$(awk -v a="$(outcome "$work/result" result/measured/converged)" 'BEGIN { print 20 - a }')" 0 count
    value "1/Delta_2 = $strength: gradient, mean" "$(outcome "$work/result" result/measured/gradient_norm/value)" 1e-10 absolute
    value "1/Delta_2 = $strength: Kolmogorov distance, mean" "$(outcome "$work/result" result/measured/semicircle_distance/value)" 0.005 absolute
    value "1/Delta_2 = $strength: the same, largest" "$(outcome "$work/result" result/measured/semicircle_distance_largest/value)" 0.005 absolute
    value "1/Delta_2 = $strength: outlier against theory" "$(over "$(outcome "$work/result" result/measured/outlier_difference/value | tr -d -)" "$(outcome "$work/result" result/measured/outlier_difference/error)")" 3 deviations
  done
  end
fi
if begin 4.8 "message passing against state evolution, N = 2,000, 20 instances" "./thalweg amp --n 2000 --precision float --trials 20 --inv-delta-2 2.7 --m0 0.1 --kind ml and bayes"; then
  for kind in ml bayes; do
    command_json amp --n 2000 --precision float --trials 20 --inv-delta-2 2.7 --m0 0.1 --kind "$kind"
    value "$kind: iterates outside 3 standard errors, of $(outcome "$work/result" result/compared)" "$(over "$(outcome "$work/result" result/outside_3)" "$(outcome "$work/result" result/compared)")" 0.01 share
    value "$kind: outside 5" "$(outcome "$work/result" result/outside_5)" 0 count
    value "$kind: trials that did not converge" "$(awk -v a="$(outcome "$work/result" result/converged)" 'BEGIN { print 20 - a }')" 0 count
  done
  end
fi
if begin 4.9 "census: all stationary points by index against the exact counts, N = 4 to 7" "./thalweg complexity --n 4 to 7 --trials 2000"; then
  for n in 4 5 6 7; do
    command_json complexity --n "$n" --trials 2000
    value "N = $n: largest deviation of a count by index" "$(census "$work/result")" 3 errors
    value "N = $n: instances left out" "$(outcome "$work/result" result/rows/0/counts/left_out)" 0 count
  done
  end
fi
if begin 4.10 "same seed, threads 1, 2, 3, 4, 8: data.npz" "./thalweg simulate, amp and hessian with --threads"; then
  different=0
  for call in "simulate --n 300 --trials 4 --t 20" "simulate --n 4096 --diluted 30 --trials 2 --t 20" "amp --n 300 --trials 4 --iterations 10" "hessian --n 200 --trials 2"; do
    first=
    for threads in 1 2 3 4 8; do
      ./thalweg $call --threads "$threads" --out "$work/bits" --quiet >/dev/null 2>&1 || true
      sum=$(sha256sum "$work/bits/data.npz" | cut -d' ' -f1)
      first=${first:-$sum}
      [ -n "$sum" ] && [ "$sum" = "$first" ] || different=$((different + 1))
      rm -rf "$work/bits"
    done
  done
  value "calls, of 20, with other bits" "$different" 0 count
  end
fi
if begin 4.11 "bad input at finite N" "./thalweg simulate --n 5000 --p 4, --n 0 to 3, --diluted beyond N - 1; Thalweg.Tests -class ...FiniteSizeTests"; then
  wrong=0
  # Both costs are said, nothing is allocated and nothing is left behind.
  ./thalweg simulate --n 5000 --p 4 --out "$work/refused" >"$work/log" 2>&1 && wrong=$((wrong + 1))
  grep -q 'stored .* of memory and about .* a gradient, on the fly no memory and about' "$work/log" || wrong=$((wrong + 1))
  [ ! -e "$work/refused" ] || wrong=$((wrong + 1))
  for call in "--n 0" "--n 1" "--n 2" "--n 3" "--n 20 --diluted 20" "--n 100 --diluted 100"; do
    # shellcheck disable=SC2086
    ./thalweg simulate $call >"$work/log" 2>&1 && code=0 || code=$?
    [ "$code" = 2 ] && [ "$(wc -l <"$work/log")" = 1 ] || wrong=$((wrong + 1))
  done
  value "calls that were not refused with one line" "$wrong" 0 count
  # Among these: an interrupted run keeps every finished trial.
  tests -class Thalweg.Tests.Cli.FiniteSizeTests
  value "failed tests of the commands, interruptions included" "$(cat "$work/status")" 0 count
  end
fi

if begin 5.1 "the zoo: derivatives, known critical points, descent to the global value" "Thalweg.Tests -class ...ProblemContractTests and the classes of methods"; then
  tests -class Thalweg.Tests.Problems.ProblemContractTests -class Thalweg.Tests.Descent.SecondOrderMethodTests -class Thalweg.Tests.Descent.CubicNewtonTests -class Thalweg.Tests.Descent.FirstOrderTests -class Thalweg.Tests.Certificates.PointCertificateTests
  value "failed tests" "$(cat "$work/status")" 0 count
  end
fi
if begin 5.2 "escape from the saddles of the tube" "./thalweg escape --problem tube --dim 5 and 10 --l 1 to 3 --trials 1000 --iterations 1e12"; then
  : >"$work/seconds"
  for stiffness in 1 1.5 2 3; do
    for dimension in 10 5; do
      t0=$(now)
      ./thalweg escape --problem tube --dim "$dimension" --l "$stiffness" --trials 1000 --iterations 1000000000000 --json --out "$work/tube" >"$work/result" 2>"$work/log" || true
      t1=$(now)
      [ "$dimension" = 5 ] || awk -v a="$t0" -v b="$t1" 'BEGIN { printf "%.9f\n", b - a }' >>"$work/seconds"
      # Ratios of the times at successive saddles, from the fifth on and at the last; steps between the times of perturbed descent.
      kappa=$(outcome "$work/result" result/kappa/value)
      from=$([ "$dimension" = 10 ] && echo 5 || echo 4)
      limit=$([ "$dimension" = 10 ] && echo 0.01 || echo 0.05)
      value "L = $stiffness, d = $dimension: ratios from $from on against kappa" "$(awk -F, -v k="$kappa" -v from="$from" '$1 == "gd" && $2 >= from && $4 != "" { d = $4 / k - 1; d = d < 0 ? -d : d; if (d > w) w = d; n++ } END { if (n && k > 0) printf "%.9f", w; else print "null" }' "$work/tube/data-saddles.csv")" "$limit" relative
      value "L = $stiffness, d = $dimension: perturbed descent off a straight line" "$(awk -F, '$1 == "pgd" { if ($2 >= 2) { s[$2] = $3 - last; sum += s[$2]; n++ } last = $3 } END { for (k in s) { d = s[k] * n / sum - 1; d = d < 0 ? -d : d; if (d > w) w = d } if (n) printf "%.9f", w; else print "null" }' "$work/tube/data-saddles.csv")" 0.15 relative
      rm -rf "$work/tube"
    done
  done
  value "d = 10, every L, both methods" "$(awk '{ s += $1 } END { printf "%.9f", s }' "$work/seconds")" 10 s
  end
fi
if begin 5.3 "critical points of the spherical 3-spin in bands by index, N = 60" "./thalweg reproduce index-bands"; then
  ./thalweg reproduce index-bands --json --out "$work/bands" >"$work/result" 2>"$work/log" && reproduced=0 || reproduced=1
  value "figures that are not reproduced (300 points, correlation 0.99)" "$reproduced" 0 count
  value "distance of the correlation from 1" "$(outcome "$work/result" result/rows/0/deviation/value)" 0.01 absolute
  ./thalweg complexity --mixture "x^3" --points 5 --json --out "$work/levels" >"$work/result" 2>"$work/log" || true
  level=0
  for known in 1.656998 1.652873 1.650253 1.648399; do
    value "E_$level against $known" "$(awk -v a="$(outcome "$work/result" "result/rows/0/levels/$level/value")" -v b="$known" 'BEGIN { d = -a - b; print (a == "null") ? "null" : (d < 0 ? -d : d) }')" 5e-7 absolute
    level=$((level + 1))
  done
  ./thalweg reproduce energy-levels --json --out "$work/levels-found" >"$work/result" 2>"$work/log" && reproduced=0 || reproduced=1
  value "levels found, and extrapolated from finite N, that are not E_k within their errors" "$reproduced" 0 count
  end
fi
if begin 5.4 "phase retrieval at a random start: the transition, and 20 instances at N = 500, 1,000, 2,000 extrapolated in N" "./thalweg probe --model phase-retrieval --n 500,1000,2000 --trials 20; Thalweg.Tests -method ...The_transition_follows_from_averages_over_the_plane"; then
  tests -method Thalweg.Tests.Thresholds.InitialInformativeDirectionTests.The_transition_follows_from_averages_over_the_plane
  for a in 0.001 0.01 0.1 1 10; do
    value "a = $a: alpha_c against a second method" "$(figure "initial_transition_$a")" 1e-8 absolute
  done
  command_json probe --model phase-retrieval --n 500,1000,2000 --trials 20
  for line in 0 1; do
    multiple=$([ "$line" = 0 ] && echo 2.5 || echo 4)
    value "$multiple alpha_c: lowest eigenvalue at infinite N against theory" "$(outcome "$work/result" "result/rows/$line/lowest_deviation/value" | sed 's/^-//')" 3 errors
    value "$multiple alpha_c: its squared overlap against theory" "$(outcome "$work/result" "result/rows/$line/overlap2_deviation/value" | sed 's/^-//')" 3 errors
  done
  value "wall time" "$seconds" 720 s
  end
fi
if begin 5.5 "where a negative direction opens at states of the flow held at zero overlap, against eq. (5), Delta_p = 0.5, 1, 2" "./thalweg probe --model spiked --delta-p 0.5,1,2 --n 200,400,700,1000 --trials 8 --precision float and --n 2048,4096 --diluted 240,480 --trials 4"; then
  for size in "--n 200,400,700,1000 --trials 8 --precision float" "--n 2048,4096 --diluted 240,480 --trials 4"; do
    # shellcheck disable=SC2086
    command_json probe --model spiked --delta-p 0.5,1,2 $size
    kind=$(case "$size" in *diluted*) echo diluted ;; *) echo dense ;; esac)
    for line in 0 1 2; do
      name="Delta_p = $(outcome "$work/result" "result/rows/$line/delta_p"), $kind"
      # One standard error holds two times in three; three of them are asked for, with an error that is small itself.
      value "$name: opening at infinite N against eq. (5)" "$(outcome "$work/result" "result/rows/$line/inv_delta2_deviation/value" | sed 's/^-//')" 3 errors
      value "$name: its error" "$(over "$(outcome "$work/result" "result/rows/$line/inv_delta2_limit/error")" "$(outcome "$work/result" "result/rows/$line/inv_delta2_opening/value")")" 0.05 relative
      value "$name: along the signal's own direction" "$(outcome "$work/result" "result/rows/$line/opening_direct_deviation/value" | sed 's/^-//')" 3 errors
    done
  done
  end
fi
if begin 5.6 "certificate of a factorisation, n = 2,000, r = 5" "./thalweg certify --problem psd-factorization --dim 2000 --rank 5 --point {1,2,3,4,5}"; then
  value "median wall time" "$(median_seconds ./thalweg certify --problem psd-factorization --dim 2000 --rank 5 --point '{1,2,3,4,5}' --json --out "$work/certificate")" 2 s
  command_json certify --problem psd-factorization --dim 2000 --rank 5 --point '{1,2,3,4,5}'
  value "certificates that are no second-order point" "$([ "$(outcome "$work/result" result/kind)" = second_order ] && echo 0 || echo 1)" 0 count
  end
fi
if begin 5.7 "critical points, kicks, cubic steps, noise, degenerate points: exact outcomes" "./thalweg reproduce toolkit, stable-manifold, escape-iterations, tube, strict-saddles, strict-saddle-methods, lojasiewicz"; then
  for figure in toolkit stable-manifold escape-iterations tube strict-saddles strict-saddle-methods lojasiewicz; do
    ./thalweg reproduce "$figure" --json --out "$work/reproduced" >"$work/result" 2>"$work/log" && reproduced=0 || reproduced=1
    rm -rf "$work/reproduced"
    value "$figure: not reproduced, of $(outcome "$work/result" result/rows/0/checks) checks" "$reproduced" 0 count
    # The check that came nearest to failing.
    value "$figure: $(outcome "$work/result" result/rows/0/worst)" "$(outcome "$work/result" result/rows/0/deviation/value)" "$(outcome "$work/result" result/rows/0/tolerance/value)" deviation
    value "$figure: wall time" "$(outcome "$work/result" result/rows/0/wall_s)" 120 s
  done
  end
fi
if begin 5.8 "perturbed descent on a diagonal saddle in a million dimensions" "bench: DescentBenchmarks"; then
  # The speed of the memory drifts from minute to minute: three rounds, and of each figure the middle one.
  for _ in 1 2 3; do
    bench DescentBenchmarks
    step=$(mean PerturbedStep)
    awk -v a="$step" 'BEGIN { printf "%.9f\n", a / 1e6 }' >>"$work/step"
    over "$step" "$(mean Passes)" >>"$work/passes"
  done
  value "time of a step over the two passes that it needs" "$(middle passes)" 1.3 ratio
  value "time of a step" "$(middle step)" 10 ms
  end
fi
if begin 5.9 "no gradient, no curvature, no numbers, starts on saddles, one dimension" "Thalweg.Tests -class ...RobustnessTests -class ...PointCertificateTests"; then
  tests -class Thalweg.Tests.Descent.RobustnessTests -class Thalweg.Tests.Certificates.PointCertificateTests
  value "failed tests: an end without a name" "$(cat "$work/status")" 0 count
  end
fi
if begin 5.10 "the spin glass in numbers, and rates of descent against theorems" "./thalweg reproduce minima-share, descent-floor, linear-field, first-order-bound, noise-dimension, langevin-gap"; then
  for figure in minima-share descent-floor linear-field first-order-bound noise-dimension langevin-gap; do
    t0=$(now)
    ./thalweg reproduce "$figure" --json --out "$work/$figure" >"$work/result" 2>"$work/log" && reproduced=0 || reproduced=1
    t1=$(now)
    value "$figure: not reproduced" "$reproduced" 0 count
    value "$figure: wall time" "$(awk -v a="$t0" -v b="$t1" 'BEGIN { printf "%.9f", b - a }')" 120 s
  done
  ./thalweg rates first-order --json --out "$work/bound" >"$work/result" 2>"$work/log" || true
  value "largest share of the bound 2 l Df/eps^2, any accuracy, any problem" "$(outcome "$work/result" result/largest_share/value)" 1 ratio
  end
fi

[ "$failures" = 0 ] || {
  printf '%s figures fall short\n' "$failures"
  exit 1
}
