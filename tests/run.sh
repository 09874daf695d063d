#!/usr/bin/env bash
# Runs tests and counts them, in as many processes as there are processors.
#
#   tests/run.sh [unit|property|bats|lint|FILE]...
#
# The environment gives DDG_BUILD (the directory of the programs).  A C program is one test; a bats
# file or a script that prints TAP is as many as it says.  The last line is "N passed, N failed";
# the status is 1 when any failed, when nothing ran, or when a test was skipped in CI.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

# The name under which a job's files are kept.
log_of() {
    printf '%s/%s' "$logs" "${1//\//_}"
}

run_one() {
    local job=$1 log status begun=$SECONDS
    log=$(log_of "$job")
    case $job in
    *.bats) bats --formatter tap "$job" >"$log" 2>&1 </dev/null ;;
    *.sh) "$job" >"$log" 2>&1 </dev/null ;;
    *) "$DDG_BUILD/${job%.c}" >"$log" 2>&1 </dev/null ;;
    esac
    status=$?
    count "$job" "$log" "$status" >"$log.count"
    read -r passed failed _ <"$log.count"
    [ "$failed" = 0 ] && printf 'ok      ' || printf 'FAILED  '
    printf '%s (%s tests, %s s)\n' "$job" "$((passed + failed))" "$((SECONDS - begun))"
}

# Prints "PASSED FAILED SKIPPED" for a job that ended.
count() {
    local job=$1 log=$2 status=$3
    case $job in
    *.c)
        [ "$status" = 0 ] && echo 1 0 0 || echo 0 1 0
        ;;
    *)
        awk -v status="$status" -v strict="${CI:-}" '
            /^1\.\.[0-9]+/ { planned = substr($1, 4) + 0 }
            /^ok .*# skip/ { skipped++; next }
            /^ok / { passed++ }
            /^not ok / { failed++ }
            END {
                seen = passed + failed + skipped
                if (planned > seen)
                    failed += planned - seen
                else if ((status != 0 && !failed) || !seen)
                    failed++
                print passed + 0, failed + (strict != "" ? skipped : 0), skipped + 0
            }' "$log"
        ;;
    esac
}

# What a failed job has to say: of TAP, the tests that failed and what they wrote.
show() {
    local job=$1 log
    log=$(log_of "$job")
    printf '\n--- %s\n' "$job"
    case $job in
    *.c) tail -n 40 "$log" ;;
    *) awk '/^ok / { shown = 0 } /^not ok / || /# skip/ { shown = 1 } !/^ok / && !/^not ok / && !/^#/ { shown = 1 }
            shown' "$log" ;;
    esac
}

list() {
    local skip=$1
    shift
    for job in "$@"; do
        [ -e "$job" ] || continue
        case " $skip " in *" $job "*) ;; *) printf '%s\n' "$job" ;; esac
    done
}

if [ "${1:-}" = --one ]; then
    logs=$2
    run_one "$3"
    exit
fi

# Scrubbed: the caller's locale, preloads and settings must not decide a test.
if [ -z "${DDG_SCRUBBED:-}" ]; then
    exec env -i DDG_SCRUBBED=1 PATH="$PATH" HOME="$HOME" TMPDIR="${TMPDIR:-/tmp}" LC_ALL=C TZ=UTC \
        CI="${CI:-}" DDG_BUILD="${DDG_BUILD:-$PWD/build}" DDG_SANITIZED="${DDG_SANITIZED:-}" \
        ASAN_OPTIONS=allocator_may_return_null=1:handle_segv=0 UBSAN_OPTIONS=print_stacktrace=1 \
        DATA="${DATA:-}" DDG_PROPERTY_TABLES="${DDG_PROPERTY_TABLES:-}" \
        DDG_ATTACK_TABLES="${DDG_ATTACK_TABLES:-}" DDG_ORACLE_TABLES="${DDG_ORACLE_TABLES:-}" CC="${CC:-}" "$0" "$@"
fi
unset DDG_SCRUBBED

# check-real and check-spark run these; the shim of the last cannot be loaded before the sanitizers.
skip='tests/real.bats tests/spark.bats'
[ -n "$DDG_SANITIZED" ] && skip="$skip tests/fault.bats tests/fault-spill.bats"

jobs=()
for what in "$@"; do
    case $what in
    unit | property) mapfile -t -O "${#jobs[@]}" jobs < <(list '' tests/"$what"/*.c) ;;
    bats) mapfile -t -O "${#jobs[@]}" jobs < <(list "$skip" tests/*.bats) ;;
    lint) jobs+=(tests/lint.sh) ;;
    *)
        [ -e "$what" ] || {
            echo "run.sh: there is no $what" >&2
            exit 1
        }
        jobs+=("$what")
        ;;
    esac
done

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
[ "${#jobs[@]}" -eq 0 ] ||
    printf '%s\0' "${jobs[@]}" | xargs -0 -n 1 -P "$(nproc)" "$0" --one "$logs"

passed=0 failed=0 skipped=0
for job in "${jobs[@]}"; do
    log=$(log_of "$job")
    read -r p f s <"$log.count" || { p=0 f=1 s=0; }
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    [ "$f$s" = 00 ] || show "$job"
done
[ "$skipped" = 0 ] || printf '\n%s skipped\n' "$skipped"
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
