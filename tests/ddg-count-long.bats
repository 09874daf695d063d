#!/usr/bin/env bats
# ddg-count in long runs: progress, signals that ask for it, and the log.

# shellcheck disable=SC2154 # run sets stderr

bats_require_minimum_version 1.5.0

setup() {
    count="${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}/ddg-count"
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%s\n' id,a,secret 1,x,s 2,x,s 3,y,s >records.csv
    mkfifo in
}

# The log without what differs from run to run.
plain() {
    sed -E 's/"time":"[0-9TZ:-]{20}"/T/; s/"pid":[0-9]+/P/; s/"seconds":[0-9.]+/S/' "$1"
}

@test "long: --log adds a line of JSON for the start and one for the end, in every run" {
    cp records.csv second.csv
    "$count" -g a --id id --log log records.csv - <second.csv >out
    status=0
    "$count" -g a:year --id id --log log records.csv 2>err >out || status=$?
    [ "$status" = 2 ]
    plain log | sed -E 's/"version":"[0-9.]+"/V/' >got
    cmp got - <<'END'
{"event":"start",T,P,"tool":"ddg-count",V,"options":["-g","a","--id","id","--log","log","records.csv","-"],"inputs":[{"name":"records.csv","bytes":30},{"name":"stdin","bytes":30}]}
{"event":"end",T,P,S,"status":0,"bytes":60,"records":6,"groups":2,"rejects":0,"error":null}
{"event":"start",T,P,"tool":"ddg-count",V,"options":["-g","a:year","--id","id","--log","log","records.csv"],"inputs":[{"name":"records.csv","bytes":30}]}
{"event":"end",T,P,S,"status":2,"bytes":30,"records":0,"groups":0,"rejects":0,"error":"records.csv:2: column 'a': not a date (YYYY-MM-DD or MM/DD/YYYY)"}
END
    python3 -c 'import json
for line in open("log"):
    json.loads(line)'
}

@test "long: a log that cannot be written is an error before anything is read" {
    run -2 --separate-stderr "$count" -g a --rows --log none/log records.csv
    [ "$stderr" = 'ddg-count: none/log: No such file or directory' ]
    [ -z "$output" ]
    run -2 --separate-stderr "$count" -g a --rows --log /dev/full records.csv
    [ "$stderr" = 'ddg-count: /dev/full: No space left on device' ]
    run -2 --separate-stderr "$count" -g a --rows --log records.csv records.csv
    [ "$stderr" = "ddg-count: --log wants a file of its own, not 'records.csv' (try --help)" ]
}

@test "long: a run that a signal ends says so in its log, once" {
    for signal in INT TERM XCPU; do
        rm -f log
        env --default-signal "$count" -g a --id id --log log --rejects bad <in >out 2>err &
        pid=$!
        exec 4>in
        cat records.csv >&4
        echo 5,too,many,fields >&4
        for _ in {1..200}; do
            ! grep -q start log || break
            sleep 0.02
        done
        sleep 0.1
        kill -"$signal" "$pid"
        status=0
        wait "$pid" || status=$?
        exec 4>&-
        number=$(kill -l "$signal")
        [ "$status" = $((128 + number)) ]
        plain log | tail -n +2 | sed 's/"bytes":[0-9]*,"records":[0-9]*,"groups":[0-9]*,"rejects":[0-9]*/N/' >got
        cmp got - <<<"{\"event\":\"end\",T,P,S,\"status\":$status,N,\"error\":\"ended by signal $number\"}"
        [ ! -e bad ]
        python3 -c 'import datetime, json
first, last = [json.loads(line) for line in open("log")]
form = "%Y-%m-%dT%H:%M:%SZ"
apart = datetime.datetime.strptime(last["time"], form) - datetime.datetime.strptime(first["time"], form)
assert 0 <= apart.total_seconds() < 60'
    done
}

# listens PID: waits until the program runs and has a handler for SIGUSR1, which would end it before;
# fails where that takes ten seconds.
listens() {
    for _ in {1..500}; do
        [ "$(cat "/proc/$1/comm")" = ddg-count ] &&
            ((0x$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status") & 0x200)) && return
        sleep 0.02
    done
    echo "no handler for SIGUSR1 in process $1"
    return 1
}

@test "long: SIGUSR1 has the state written to standard error, and the run goes on" {
    "$count" -g a --rows <in >out 2>err &
    pid=$!
    exec 4>in
    cat records.csv >&4
    listens "$pid"
    for _ in {1..100}; do
        sleep 0.02
        kill -USR1 "$pid"
        ! grep -q '^ddg-count: 30 B read in 0:0' err || break
    done
    printf '4,x,s\n' >&4
    exec 4>&-
    wait "$pid"
    grep -qE '^ddg-count: 30 B read in 0:0[0-9], [0-9.]+ k?B/s, [0-9]+ records, [0-9]+ groups$' err
    [ "$(cat out)" = $'a,count\nx,3\ny,1' ]
}

@test "long: a terminal sees how far the run is, and nobody else does" {
    timeout 5 script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
        skip 'script(1) opens no terminal here (/dev/pts, /dev/ptmx)'
    slowly() { cat records.csv && sleep 1.2 && echo 4,x,s && sleep 0.1 && echo 5,x,s; }
    mkfifo quiet # a terminal would show what script(1) reads, and its end
    exec 5<>quiet
    script -qec "$count -g a --rows - 2>&1 >out <in" /dev/null >shown <&5 &
    slowly >in
    wait
    exec 5<&-
    grep -q $'\rddg-count: 36 B read in 0:01, ' shown
    [ "$(tail -c 4 shown)" = $'\r\033[K' ]
    slowly | "$count" -g a --rows >out 2>err
    cmp err /dev/null
}

@test "long: more labels than there is memory for are a clean error" {
    [ -z "${DDG_SANITIZED:-}" ] || return 0 # which need more memory themselves
    "$count" -g a --rows <in >out &
    pid=$!
    exec 4>in
    cat records.csv >&4
    listens "$pid"
    # no more than what the machine has, lest the system ends the run without a word
    read -r most < <(sed -n 's/^Max data size *//p' "/proc/$pid/limits")
    read -r _ machine _ < <(grep MemTotal /proc/meminfo)
    exec 4>&-
    wait "$pid"
    [ "${most%% *}" -le $((machine * 1024)) ]
    { echo a && seq 1000000 1400000; } >unique.csv
    status=0
    (ulimit -d 60000 && exec "$count" -g a --rows -o table.csv unique.csv 2>err) || status=$?
    [ "$status" = 2 ]
    [ "$(cat err)" = 'ddg-count: out of memory' ]
    [ ! -e table.csv ]
    "$count" -g a --rows unique.csv | tail -n +2 | wc -l | grep -qx 400001
}
