#!/usr/bin/env bats
# ddg-count with several threads: the same as with one.

# shellcheck disable=SC2154 # count.bash sets count, count() status

bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    "${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}/bench/make-claims" -q -e 10 8M >claims.csv
}

setup() {
    load count
    cd "$BATS_TEST_TMPDIR" || return 1
    claims=$BATS_FILE_TMPDIR/claims.csv
    keys=(-g 'county,sex,age_group,year')
}

# alike ARGUMENT...: one thread and several write the same, on both streams, with the same status.
alike() {
    count --threads 1 "$@"
    cp out one
    cp err one_err
    one=$status
    for threads in 2 3; do
        count --threads "$threads" "$@"
        [ "$status" = "$one" ] && cmp out one && diff -u one_err err || return 1
    done
}

# The threads of the program that runs as this process.
threads_of() {
    find "/proc/$1/task" -mindepth 1 -maxdepth 1 | wc -l
}

# most_threads SIZE ARGUMENT...: into $most as many as there are while so many bytes come by a pipe.
most_threads() {
    [ -p in ] || mkfifo in
    "$count" "${keys[@]}" "${@:2}" <in >out 2>err &
    pid=$!
    exec 4>in
    head -c "$1" "$claims" >&4
    most=0
    for _ in {1..100}; do
        now=$(threads_of "$pid")
        ((now > most)) && most=$now
        ((most > 1)) && break
        sleep 0.005
    done
    kill -USR1 "$pid"
    exec 4>&-
    wait "$pid" || true
}

@test "threads: one and several count the same rows, persons, amounts and states" {
    alike "${keys[@]}" --rows --sum paid --totals "$claims"
    [ "$one" = 0 ] && [ "$(wc -l <one)" -gt 1000 ]
    alike "${keys[@]}" --id client_id --totals "$claims" "$claims"
    alike "${keys[@]}" --id client_id --memory 1M "$claims"
    alike "${keys[@]}" --id client_id --partial "$claims"
    alike -g client_id,claim_id --rows "$claims"
    alike -g 'note,region=county:prefix(1)' --rows "$claims"
}

@test "threads: compressed files and pipes are counted alike" {
    gzip -1 -c "$claims" >claims.gz
    zstd -q -1 -c "$claims" >claims.zst
    count --threads 1 "${keys[@]}" --rows "$claims"
    cp out one
    for file in claims.gz claims.zst; do
        count --threads 2 "${keys[@]}" --rows "$file"
        cmp out one
    done
    for file in "$claims" claims.gz; do
        # shellcheck disable=SC2002 # a pipe is what is meant
        cat "$file" | "$count" --threads 2 "${keys[@]}" --rows | cmp - one
    done
    head -c -1000 claims.gz >cut.gz
    alike "${keys[@]}" --rows cut.gz
    [ "$one" = 2 ]
}

@test "threads: the first error is the one that is told, with its line" {
    total=$(wc -l <"$claims")
    bad=('1,2' '"x"y' '"a' $'\n')
    for i in 0 1 2 3; do
        { cat "$claims" && printf '%s\n' "${bad[i]}" && cat "$claims"; } >bad.csv
        alike "${keys[@]}" --rows bad.csv
        [ "$one" = 2 ] && [ ! -s out ]
        ((i == 2)) || grep -q "^ddg-count: bad.csv:$((total + 1)): " err
    done
    { cat "$claims" && sed 1d "$claims" && printf '1,2\n'; } >bad.csv
    alike "${keys[@]}" --rows "$claims" bad.csv
    [ "$(cat err)" = "ddg-count: bad.csv:$((2 * total)): 2 fields where the header has 13" ]
}

@test "threads: short input is counted by one, long input by as many as are asked for" {
    for size in 100000 6000000; do
        most_threads "$size" --threads 3 --rows
        [ "$most" = $((size > 1000000 ? 3 : 1)) ]
        grep -q "^ddg-count: [0-9.]* [kM]B read in 0:0[0-9], .* records, [0-9]* groups$" err
    done
}

@test "threads: persons are counted by two where there are two processors, unless more or fewer are asked for" {
    processors=$(nproc)
    most_threads 6000000 --id client_id
    [ "$most" = $((processors > 1 ? 2 : 1)) ]
    for threads in 1 2 3; do
        most_threads 6000000 --id client_id --threads "$threads"
        [ "$most" = "$threads" ]
    done
}

@test "threads: identifiers of every length are noted alike by a thread of their own" {
    {
        echo id,a
        for i in {1..40000}; do echo "p$((i % 5003))${claims:0:$((i % 40))},$((i % 3))"; done
        for i in {1..300}; do printf '%05000d,x\n%s,y\n' "$i" "$i"; done
    } >ids.csv
    cat ids.csv <(sed 1d ids.csv) <(sed 1d ids.csv) >long.csv
    [ "$(stat -c %s long.csv)" -gt 4000000 ]
    alike -g a --id id --totals long.csv
    [ "$one" = 0 ]
    alike -g a --id id --totals --memory 1M long.csv
    cat ids.csv <(sed 1d ids.csv) <(echo ,x) <(sed 1d ids.csv) >bad.csv
    alike -g a --id id bad.csv
    [ "$one" = 2 ] && grep -q "column 'id': blank" err
}

@test "threads: a number that makes no sense, and options that several cannot serve, are refused" {
    for number in 0 65 two ''; do
        count --threads "$number" -g county --rows "$claims"
        [ "$status" = 2 ] && grep -q '^ddg-count: --threads' err
    done
    fails '--threads is for records, --merge reads states (try --help)' --threads 2 --merge "$claims"
    fails '--rejects lists records in their order, by --threads 1 (try --help)' \
        --threads 2 -g county --rows --rejects rejected.csv "$claims"
    count --threads 1 -g county --rows --rejects rejected.csv "$claims"
    [ "$status" = 0 ]
}
