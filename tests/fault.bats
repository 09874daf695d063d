#!/usr/bin/env bats
# Every program when memory runs out at any allocation, and when reading or writing fails anywhere:
# status 2, one line on stderr, and nothing on stdout that could pass for a table.

# shellcheck disable=SC2154 # command_of sets input

bats_require_minimum_version 1.5.0

setup() {
    DDG_BUILD=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    load all-tools
    cd "$BATS_TEST_TMPDIR" || return
    make_inputs
}

# Runs `command` with the preloaded library $1 and the setting $2, which ends up in `status`; false
# when nothing was made to fail.  Thousands of times: a mark of its own for each run, and no process
# but the program, take less than half of the time.
run_with_fault() {
    local mark=$PWD/mark.$((marks = ${marks:-0} + 1))
    status=0
    (
        export "${2?}" LD_PRELOAD="$DDG_BUILD/tests/fault/$1.so" DDG_FAIL_IN=ddg- DDG_FAIL_MARK="$mark"
        exec "${command[@]}" "$input" >out 2>err </dev/null
    ) || status=$?
    [ -e "$mark" ]
}

# survives_lack_of_memory PROGRAM OPTION...
survives_lack_of_memory() {
    command_of "$1"
    command+=("${@:2}")
    command_survives_lack_of_memory
}

command_survives_lack_of_memory() {
    local n=1 later
    # a doubt makes 2 of the status, behind a whole table
    run_reference reference || [ -s reference ]
    for later in '' +; do
        n=1
        while run_with_fault fail_memory "DDG_FAIL_AT=$n$later"; do
            fails_safely "$status" reference || {
                echo "allocation $n$later: ${command[*]} $input"
                return 1
            }
            # all of the first hundred, then ever fewer
            n=$((n < 100 ? n + 1 : n + n / 20))
        done
        [ "$n" -gt 10 ]
    done
}

survives_io_errors() {
    local fault n size
    command_of "$1"
    run_reference reference
    size=$(stat -c %s reference)
    for fault in write:ENOSPC write:EIO read:EIO; do
        for n in 0 1 2 3 5 8 13 21 34 55 89 144 233 377 $((size - 1)); do
            run_with_fault fail_io "DDG_FAIL_CALL=$fault:$n" || continue
            # what could not be written cannot be poisoned either: then the file is cut back
            if [ "$status" != 2 ] || ! fails_safely "$status" reference; then
                echo "$fault after $n bytes: status $status of ${command[*]} $input"
                return 1
            fi
        done
    done
    run_with_fault fail_io DDG_FAIL_CALL=write:ENOSPC:0
    [ "$status" = 2 ]
    run_with_fault fail_io DDG_FAIL_CALL=read:EIO:0
    [ "$status" = 2 ]
    # short and interrupted calls are no errors
    for fault in read:short:1 read:short:7 write:short:1 write:short:7 read:EINTR:0 write:EINTR:0; do
        run_with_fault fail_io "DDG_FAIL_CALL=$fault"
        [ "$status" = "$(cat reference.status)" ]
        cmp out reference
    done
}

keeps_the_old_file() {
    local fault
    command_of "$1"
    run_reference reference
    command+=(-o "$PWD/kept/table.csv")
    mkdir kept
    for fault in write:ENOSPC:0 write:ENOSPC:20 write:EIO:1 fchmod:EACCES rename:EACCES \
        linkat:EACCES close:EIO read:EIO:10; do
        echo 'old' >kept/table.csv
        run_with_fault fail_io "DDG_FAIL_CALL=$fault" || {
            echo "$fault never happened"
            return 1
        }
        [ "$status" = 2 ] || {
            echo "$fault: status $status"
            return 1
        }
        [ ! -s out ]
        [ "$(wc -l <err)" = 1 ]
        [ "$(cat kept/table.csv)" = old ] || {
            echo "$fault: the old file changed"
            return 1
        }
        [ "$(ls -A kept)" = table.csv ] || {
            echo "$fault: left behind: $(ls -A kept)"
            return 1
        }
    done
}

@test "ddg-count: out of memory at any allocation is an error, never a table" {
    survives_lack_of_memory ddg-count
}

@test "ddg-count: an error while reading or writing is an error, never a table" {
    survives_io_errors ddg-count
}

@test "ddg-count: -o keeps the old file when anything fails" {
    keeps_the_old_file ddg-count
}

@test "ddg-threshold: out of memory at any allocation is an error, never a table" {
    survives_lack_of_memory ddg-threshold
}

@test "ddg-threshold: an error while reading or writing is an error, never a table" {
    survives_io_errors ddg-threshold
}

@test "ddg-threshold: -o keeps the old file when anything fails" {
    keeps_the_old_file ddg-threshold
}

@test "ddg-suppress: out of memory at any allocation is an error, never a table" {
    survives_lack_of_memory ddg-suppress
    survives_lack_of_memory ddg-suppress --explain why.csv --certificate certificate.csv
    command_of ddg-suppress
    "${command[@]}" --cost cells -o published.csv "$input"
    survives_lack_of_memory ddg-suppress --published published.csv
}

@test "ddg-suppress: out of memory while looking for subtotals, or for what has no data, is an error" {
    printf '%s\n' county,count,annotation Ames,4, Bode,130, Cole,,4 Dyer,90, Total,229, \
        >blank.csv
    printf '%s\n' county,count Ames,4 Bode,130 Dyer,90 California,134 >state.csv
    command=("$DDG_BUILD/ddg-suppress")
    input=blank.csv
    command_survives_lack_of_memory
    grep -q 'without data' reference.err
    command+=(--total county=Total)
    input=state.csv
    command_survives_lack_of_memory
    grep -q "'California' counts what" reference.err
    # what is refused is so at any allocation
    local n=1
    command=("$DDG_BUILD/ddg-suppress")
    while run_with_fault fail_memory "DDG_FAIL_AT=$n"; do
        [ "$status" = 2 ]
        [ ! -s out ]
        [ "$(wc -l <err)" = 1 ]
        n=$((n + 1))
    done
    [ "$n" -gt 10 ]
}

@test "ddg-suppress: an error while reading or writing is an error, never a table" {
    survives_io_errors ddg-suppress
}

@test "ddg-suppress: -o keeps the old file when anything fails" {
    keeps_the_old_file ddg-suppress
}

@test "ddg-round: out of memory at any allocation is an error, never a table" {
    survives_lack_of_memory ddg-round
    (umask 077 && echo 'a key of nobody, made up here' >key)
    survives_lack_of_memory ddg-round -q --method random --key-file key
    survives_lack_of_memory ddg-round -q --method controlled
    survives_lack_of_memory ddg-round -q --rate-per 2 --population populations.csv
}

@test "ddg-round: an error while reading or writing is an error, never a table" {
    survives_io_errors ddg-round
}

@test "ddg-round: -o keeps the old file when anything fails" {
    keeps_the_old_file ddg-round
}

@test "ddg-audit: out of memory at any allocation is an error, never a table" {
    survives_lack_of_memory ddg-audit
}

@test "ddg-audit: out of memory while looking for doubts is an error, never none" {
    # no totals, two levels, multiples of 5, columns that add up or look like persons and events
    printf '%s\n' region,county,sex,patients,visits,all,patients_annotation,visits_annotation,all_annotation \
        N,A,x,10,20,30,,, N,A,y,15,25,40,,, N,B,x,25,35,60,,, N,B,y,,,40,1,1, \
        S,C,x,35,50,85,,, S,C,y,15,20,35,,, S,D,x,,,50,1,1, S,D,y,20,30,50,,, >doubtful.csv
    input=doubtful.csv
    command=("$DDG_BUILD/ddg-audit" --dims 'region,county,sex' --count 'patients,visits,all')
    command_survives_lack_of_memory
    # the same beside an earlier release, which is attacked alone, too
    sed 's/25,40/20,35/' doubtful.csv >earlier.csv
    command+=(--previous earlier.csv)
    command_survives_lack_of_memory
    # ages that overlap, a total by another name and a subtotal
    printf '%s\n' age,count,annotation 0-17,30, 0-18,33, 19-64,,1 65+,,1 Everybody,90, >doubtful.csv
    command=("$DDG_BUILD/ddg-audit")
    command_survives_lack_of_memory
    printf '%s\n' g,sex,count,annotation a,x,12, a,y,,1 a,Total,17, b,x,14, b,y,,2 b,Total,38, both,x,26, \
        both,y,29, both,Total,55, c,x,20, c,y,30, c,Total,50, >doubtful.csv
    command_survives_lack_of_memory
}

@test "ddg-audit: an error while reading or writing is an error, never a table" {
    survives_io_errors ddg-audit
}

@test "ddg-audit: -o keeps the old file when anything fails" {
    keeps_the_old_file ddg-audit
}

# A table of three dimensions with their totals: what is masked in it takes linear programs.
make_large() {
    awk 'BEGIN {
        print "county,age,sex,count"
        for (c = 1; c <= 9; c++)
            for (a = 1; a <= 7; a++)
                for (s = 1; s <= 5; s++) {
                    if (c < 9 && a < 7 && s < 5)
                        n[c, a, s] = substr("1358240", (c * 5 + a * 3 + s * s) % 7 + 1, 1) * (c + s > 9 ? 4 : 1)
                    for (i = c < 9 ? c : 1; i <= (c < 9 ? c : 8) && (c == 9 || a == 7 || s == 5); i++)
                        for (j = a < 7 ? a : 1; j <= (a < 7 ? a : 6); j++)
                            for (k = s < 5 ? s : 1; k <= (s < 5 ? s : 4); k++)
                                n[c, a, s] += n[i, j, k]
                    print (c < 9 ? "C" c : "Total") "," (a < 7 ? "A" a : "Total") "," \
                        (s < 5 ? "S" s : "Total") "," n[c, a, s]
                }
    }'
}

@test "ddg-suppress, ddg-audit: out of memory inside the solver is an error in one line" {
    local tool n
    make_large >large.csv
    "$DDG_BUILD/ddg-suppress" -q large.csv >large_masked.csv
    for tool in ddg-suppress ddg-audit; do
        command=("$DDG_BUILD/$tool")
        input=large.csv
        if [ "$tool" = ddg-audit ]; then
            command+=(--intervals --min-values '9,9')
            input=large_masked.csv
        fi
        run_reference reference
        n=200
        while run_with_fault fail_memory "DDG_FAIL_AT=$n"; do
            fails_safely "$status" reference || {
                echo "allocation $n: ${command[*]} $input"
                return 1
            }
            n=$((n + n / 10))
        done
        [ "$n" -gt 1000 ]
    done
}
