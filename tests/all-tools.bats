#!/usr/bin/env bats
# What all five programs do alike: their command lines, odd and broken input, output that fails.

# shellcheck disable=SC2030,SC2031,SC2154 # command_of sets input; a change in a subshell may be lost

bats_require_minimum_version 1.5.0

tools=(ddg-count ddg-threshold ddg-suppress ddg-round ddg-audit)

setup() {
    DDG_BUILD=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    root=$BATS_TEST_DIRNAME/..
    load all-tools
    cd "$BATS_TEST_TMPDIR" || return
    make_inputs
}

# Runs a command with its streams in `out` and `err` and its status in `status`.
capture() {
    status=0
    "$@" >out 2>err || status=$?
}

# Fails the test, saying for which program, unless the last capture ended with this status.
expect_status() {
    [ "$status" = "$1" ] && return
    echo "$tool: status $status instead of $1; stderr:"
    cat err
    return 1
}

# ... ended in an error of one line that begins so, with nothing on stdout.
expect_error() {
    expect_status 2
    if [ "$(wc -l <err)" != 1 ] || [[ $(cat err) != "$tool: $1"* ]] || [ -s out ]; then
        echo "$tool: expected the error '$1', and no output; got:"
        cat err
        head -n 3 out
        return 1
    fi
}

# ... gave this status and exactly what it gives for its usual input.
expect_usual_output() {
    expect_status "$(cat "$tool.usual.status")"
    cmp out "$tool.usual"
}

# Prepares `command` and `input` for each of the programs that the arguments name.
prepare() {
    tool=$1
    command_of "$tool"
    run_reference "$tool.usual"
}

@test "all programs: --help explains every option on stdout" {
    for tool in "${tools[@]}"; do
        for option in --help -h; do
            capture "$DDG_BUILD/$tool" "$option"
            expect_status 0
            [[ $(head -n 1 out) = "usage: $tool [OPTION]... [FILE]..." ]]
            grep -q -- '--table FILE' out
            [ ! -s err ]
        done
    done
}

@test "all programs: --version prints the name and two numbers" {
    for tool in "${tools[@]}"; do
        for option in --version -V; do
            capture "$DDG_BUILD/$tool" "$option"
            expect_status 0
            [[ $(cat out) =~ ^$tool\ [0-9]+\.[0-9]+$ ]]
            [ ! -s err ]
        done
    done
}

@test "all programs: --completion completes the options in bash" {
    for tool in "${tools[@]}"; do
        capture "$DDG_BUILD/$tool" --completion
        expect_status 0
        bash -c '. ./out && complete -p "$1"' - "$tool" | grep -q -- '--output'
    done
}

@test "all programs: help that cannot be written is an error" {
    for tool in "${tools[@]}"; do
        for option in --help --version --completion; do
            status=0
            "$DDG_BUILD/$tool" "$option" 2>err >/dev/full || status=$?
            expect_status 2
            [ "$(cat err)" = "$tool: stdout: cannot write" ]
        done
    done
}

@test "all programs: an option that is not known is one line and points to --help" {
    for tool in "${tools[@]}"; do
        capture "$DDG_BUILD/$tool" --nonsense
        expect_error "unknown option '--nonsense' (try --help)"
        capture "$DDG_BUILD/$tool" -Z
        expect_error "unknown option '-Z' (try --help)"
        capture "$DDG_BUILD/$tool" --output
        expect_error "option '--output' needs an argument (try --help)"
        capture "$DDG_BUILD/$tool" --help=me
        expect_error "option '--help' takes no argument (try --help)"
    done
}

# The options of --help, one "--name" or "-x" a line.
options_in_help() {
    "$DDG_BUILD/$1" --help | sed -nE 's/^  (-[a-zA-Z]), --([a-z-]+).*/\1\n--\2/p; s/^      --([a-z-]+).*/--\1/p'
}

# The options that a manual page has an entry for.
options_in_manual() {
    grep '^\.It Fl' "$1" | grep -oE 'Fl -?[a-zA-Z][a-z-]*' | sed 's/^Fl /-/'
    # and those that it names as explained in ddg(7)
    grep '^\.Fl -dims ,' "$1" | grep -oE ' -[a-z-]+' | sed 's/^ /-/'
}

@test "all programs: --help and the manual have the same options" {
    everybody=$(for tool in "${tools[@]}"; do options_in_help "$tool"; done)
    for tool in "${tools[@]}"; do
        help=$(options_in_help "$tool")
        manual=$(options_in_manual "$root/man/$tool.1")
        shared=$(options_in_manual "$root/man/ddg.7")
        while read -r option; do
            grep -qxe "$option" <<<"$manual"$'\n'"$shared" || {
                echo "$tool $option is in no manual page"
                return 1
            }
        done <<<"$help"
        while read -r option; do
            grep -qxe "$option" <<<"$help" || {
                echo "$tool.1 has an option $option that the program has not"
                return 1
            }
        done <<<"$manual"
    done
    while read -r option; do
        grep -qxe "$option" <<<"$everybody" || {
            echo "ddg.7 has an option $option that no program has"
            return 1
        }
    done <<<"$shared"
}

@test "all programs: a file of options serves them all and names the line of a mistake" {
    for tool in "${tools[@]}"; do
        printf '# for all\nthreshold = 11\nhierarchy county=regions.csv\nkeep x\nhidden S\n' >all.options
        command_of "$tool"
        capture "$DDG_BUILD/$tool" --table all.options --version
        expect_status 0
        printf 'threshold 11\nnonsense 1\n' >bad.options
        capture "$DDG_BUILD/$tool" --table bad.options "$input"
        expect_error "bad.options:2: unknown option 'nonsense'"
        capture "$DDG_BUILD/$tool" --table nowhere.options "$input"
        expect_error 'nowhere.options: No such file or directory'
    done
}

@test "all programs: a missing file, and a directory, are errors" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        capture "${command[@]}" nowhere.csv
        expect_error 'nowhere.csv: No such file or directory'
        capture "${command[@]}" .
        expect_error '.: Is a directory'
    done
}

@test "all programs: input without even a header is an error" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        for empty in '' '\n' '\xef\xbb\xbf' '\r\n\r\n'; do
            # shellcheck disable=SC2059 # the format is the input
            printf "$empty" >empty
            capture "${command[@]}" <empty
            expect_error 'stdin: no header: the input is empty'
        done
    done
}

@test "all programs: titles, notes and UTF-16 are errors that say what to do" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        { echo 'Table 1' && cat "$input"; } >titled
        capture "${command[@]}" <titled
        expect_status 2
        grep -q 'take it off: tail -n +2' err || [ "$tool" = ddg-count ] || [ "$tool" = ddg-round ]
        { cat "$input" && echo 'Source: CDPH'; } >noted
        capture "${command[@]}" <noted
        expect_error "stdin:$(wc -l <noted | tr -d ' '): 1 field where the header has "
        grep -q '(if this is a note below the records, take it off)' err
        for form in UTF-16 UTF-16LE UTF-16BE; do
            iconv -f UTF-8 -t "$form" "$input" >wide
            capture "${command[@]}" <wide
            expect_error 'stdin:1: UTF-16, where UTF-8 is wanted: iconv -f UTF-16 -t UTF-8'
        done
    done
}

@test "all programs: a header alone is a table of no cells" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        head -n 1 "$input" >header
        capture "${command[@]}" <header
        expect_status 0
        [ "$(wc -l <out)" -le 2 ]
        head -n 1 "$tool.usual" | cmp - <(head -n 1 out)
    done
}

@test "all programs: standard input, -, several files and a file read the same" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        capture "${command[@]}" <"$input"
        expect_usual_output
        capture "${command[@]}" - <"$input"
        expect_usual_output
        head -n 4 "$input" >first
        { head -n 1 "$input"; tail -n +5 "$input"; } >second
        capture "${command[@]}" first second
        # findings name lines of the file that they are in
        [ "$tool" != ddg-audit ] || cmp <(cut -d, -f2- out) <(cut -d, -f2- "$tool.usual")
        [ "$tool" = ddg-audit ] || expect_usual_output
        capture "${command[@]}" -o - "$input"
        expect_usual_output
    done
}

@test "all programs: line ends, a byte order mark and blank lines at the end change nothing" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        head -c -1 "$input" >changed
        capture "${command[@]}" <changed
        expect_usual_output
        sed 's/$/\r/' "$input" >changed
        capture "${command[@]}" <changed
        expect_usual_output
        { printf '\xef\xbb\xbf'; cat "$input"; printf '\n\n'; } >changed
        capture "${command[@]}" <changed
        expect_usual_output
    done
}

@test "all programs: another delimiter is used for reading and for writing" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        sed 's/"Los ""LA"" Angeles"/LA/; s/,/\t/g' "$input" >changed
        capture "${command[@]}" -d tab <changed
        expect_status "$(cat "$tool.usual.status")"
        [ "$(head -n 1 out | tr '\t' ,)" = "$(head -n 1 "$tool.usual")" ]
        capture "${command[@]}" --delimiter xx <changed
        expect_error 'a delimiter is one byte'
    done
}

@test "all programs: malformed input stops them at its line" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        { head -n 2 "$input"; printf 'Alpine,\0,1,2\n'; } >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:3: a NUL byte'
        { head -n 2 "$input"; printf 'Alpine\n'; } >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:3: 1 field where the header has '
        { head -n 2 "$input"; printf 'Al"pine,x,1,2\n'; } >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:3: field 1: a quote where none may stand'
        { head -n 2 "$input"; printf '"Alpine,x,1,2\n'; } >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:3: field 1: a quoted field that never ends'
        { head -n 2 "$input"; printf '\n'; tail -n 2 "$input"; } >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:3: a blank line'
        { head -n 2 "$input" | tr '\n' '\r'; } >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:1: a carriage return that no line feed follows'
    done
}

@test "all programs: tables that were joined with their headers are an error" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        cat "$input" "$input" >bad
        capture "${command[@]}" <bad
        expect_error "stdin:$(($(wc -l <"$input") + 1)): the header stands here a second time"
        head -n 1 "$input" | sed 's/.*/\U&/' >other
        capture "${command[@]}" "$input" other
        # to ddg-audit it is another table, which has no count
        if [ "$tool" = ddg-audit ]; then
            expect_error "other: no column called 'count' or 'persons': name it with --count"
        else
            expect_error "other:1: a header that differs from the first file's"
        fi
    done
}

@test "all programs: output that a failed program left is no input" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        { cat "$input"; printf '%s' "$poison"; } >bad
        capture "${command[@]}" <bad
        expect_error "stdin:$(($(wc -l <"$input") + 1)): field 1: a quoted field that never ends"
    done
}

@test "all programs: a label of a megabyte is no problem" {
    mkdir huge
    cp options huge
    for file in *.csv; do
        awk -v FS=, -v OFS=, '
            BEGIN { for (huge = "x"; length(huge) < 1000000;) huge = huge huge }
            $1 == "Alpine" { $1 = huge }
            $2 == "Alpine" { $2 = huge }
            { print }' "$file" >"huge/$file"
    done
    for tool in "${tools[@]}"; do
        prepare "$tool"
        (cd huge && run_reference reference)
        # the words that explain a finding are cut where labels are as long
        sed 's/xxxxx*/Alpine/g; s/,"county=.*//' huge/reference | sort >shortened
        cmp shortened <(sed 's/,"county=.*//' "$tool.usual" | sort)
    done
}

@test "all programs: a closed standard input is an error" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        capture "${command[@]}" <&-
        expect_error 'stdin: '
    done
}

@test "all programs: a closed standard output is an error" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        status=0
        "${command[@]}" "$input" 2>err >&- || status=$?
        expect_status 2
        [ "$(cat err)" = "$tool: stdout: Bad file descriptor" ]
    done
}

@test "all programs: a full disk is an error" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        status=0
        "${command[@]}" "$input" 2>err >/dev/full || status=$?
        expect_status 2
        [ "$(cat err)" = "$tool: stdout: No space left on device" ]
        capture "${command[@]}" -o /dev/full "$input"
        expect_error '/dev/full: No space left on device'
        [ -c /dev/full ]
    done
}

@test "all programs: a reader that goes away ends them silently" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        {
            sleep 0.2
            status=0
            env --default-signal=PIPE "${command[@]}" "$input" 2>err || status=$?
            echo "$status" >status
        } | true
        [ "$(cat status)" = 141 ]
        [ ! -s err ]
    done
}

@test "all programs: -o writes the file and nothing to standard output" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        mkdir "$tool"
        (
            umask 027
            echo old >"$tool/table.csv"
            chmod 600 "$tool/table.csv"
            capture "${command[@]}" -o "$tool/table.csv" "$input"
            expect_status "$(cat "$tool.usual.status")"
            [ ! -s out ]
        )
        cmp "$tool/table.csv" "$tool.usual"
        [ "$(stat -c %a "$tool/table.csv")" = 640 ]
        [ "$(ls -A "$tool")" = table.csv ]
    done
}

@test "all programs: -o keeps the old file when the input is bad" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        mkdir "$tool"
        { cat "$input"; printf 'Alpine\n'; } >bad
        echo old >"$tool/table.csv"
        capture "${command[@]}" -o "$tool/table.csv" bad
        expect_error "bad:$(wc -l <bad): "
        [ "$(cat "$tool/table.csv")" = old ]
        [ "$(ls -A "$tool")" = table.csv ]
    done
}

@test "all programs: -o can name their own input" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        cp "$input" both.csv
        capture "${command[@]}" -o both.csv both.csv
        expect_status "$(cat "$tool.usual.status")"
        [ "$tool" = ddg-audit ] || cmp both.csv "$tool.usual"
    done
}

@test "all programs: -o works without privileges" {
    [ "$(id -u)" = 0 ] && as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups) || as_nobody=()
    for tool in "${tools[@]}"; do
        prepare "$tool"
        mkdir "$tool"
        [ "$(id -u)" != 0 ] || chown 65534 "$tool"
        cp "$DDG_BUILD/$tool" regions.csv populations.csv options "$input" "$tool/"
        chmod -R a+rX "$tool"
        (
            cd "$tool"
            command[0]=./$tool
            # the directories above may be closed to others: the way in is the one that is open
            capture "${as_nobody[@]}" "${command[@]}" -o table.csv "$input"
            expect_status "$(cat "../$tool.usual.status")"
        ) >log 2>&1 || { cat log; return 1; }
        cmp "$tool/table.csv" "$tool.usual"
        [ "$(id -u)" != 0 ] || [ "$(stat -c %u "$tool/table.csv")" = 65534 ]
    done
}

@test "all programs: -o into a directory that is not there, and onto a directory, are errors" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        capture "${command[@]}" -o nowhere/table.csv "$input"
        expect_error 'nowhere/table.csv: No such file or directory'
        capture "${command[@]}" -o . "$input"
        expect_error '.: Is a directory'
    done
}

@test "all programs: -o into a pipe writes through it" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        mkfifo "$tool.pipe"
        cat "$tool.pipe" >through &
        capture "${command[@]}" -o "$tool.pipe" "$input"
        wait
        expect_status "$(cat "$tool.usual.status")"
        cmp through "$tool.usual"
        [ -p "$tool.pipe" ]
    done
}

@test "table programs: what publishers put into a count is not taken for a number" {
    for tool in ddg-threshold ddg-suppress ddg-round ddg-audit; do
        prepare "$tool"
        for value in S '*' '<11' None n/a '"1,234"' 12.5 -3 ' 12' 1e3 0x1f 18446744073709551616; do
            awk -v FS=, -v OFS=, -v value="$value" 'NR == 4 { $3 = value } { print }' counted.csv >bad
            capture "${command[@]}" <bad
            expect_error "stdin:4: column 'count': "
        done
    done
}

@test "ddg-suppress, ddg-threshold: a count that is blank without an annotation is an error" {
    for tool in ddg-threshold ddg-suppress; do
        prepare "$tool"
        awk -v FS=, -v OFS=, 'NR == 4 { $3 = "" } { print }' counted.csv >bad
        capture "${command[@]}" <bad
        expect_error "stdin:4: column 'count': "
    done
}

@test "table programs: a cell that stands twice is an error" {
    for tool in ddg-threshold ddg-suppress ddg-audit; do
        prepare "$tool"
        { cat counted.csv; sed -n 2p counted.csv; } >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:'
    done
}

@test "table programs: a total that is not the sum of its parts is an error" {
    for tool in ddg-suppress ddg-audit; do
        prepare "$tool"
        sed 's/^Inyo,Total,56/Inyo,Total,57/' counted.csv >bad
        capture "${command[@]}" <bad
        expect_error 'stdin:'
    done
}

@test "all programs: no message holds a value of a record or a count" {
    secret=4718293
    for tool in "${tools[@]}"; do
        prepare "$tool"
        for column in 1 2 3 4 5; do
            for form in "$secret" "\"$secret" "$secret\"" "$secret," "$secret\\r" "-$secret" \
                "$secret.5x" "\"1,$secret\"" "$secret\\0"; do
                # %b: \r and \0 are meant as the bytes
                {
                    head -n 2 "$input"
                    sed -n 3p "$input" | awk -F, -v column="$column" '{
                        for (i = 1; i <= NF; i++)
                            printf "%s%s", (i > 1 ? "," : ""), (i == column ? "@" : $i)
                        print "" }' |
                        { IFS=@ read -r before behind; printf '%s%b%s\n' "$before" "$form" "$behind"; }
                    tail -n +4 "$input"
                } >bad
                capture "${command[@]}" <bad
                if grep -q "$secret" err; then
                    echo "$tool tells: $(cat err)"
                    return 1
                fi
            done
        done
    done
}

@test "all programs: killed, they leave no core behind" {
    for tool in "${tools[@]}"; do
        prepare "$tool"
        mkdir "$tool"
        mkfifo "$tool.input"
        cp regions.csv populations.csv options "$tool"
        (
            cd "$tool"
            ulimit -c unlimited
            exec "${command[@]}" <"../$tool.input" >/dev/null 2>&1
        ) &
        pid=$!
        exec 7>"$tool.input"
        head -n 2 "$input" >&7
        sleep 0.2
        kill -SEGV "$pid"
        status=0
        wait "$pid" || status=$?
        exec 7>&-
        [ "$status" = 139 ]
        [ -z "$(find "$tool" . -maxdepth 1 -name 'core*')" ]
    done
}
