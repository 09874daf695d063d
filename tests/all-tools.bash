# What tests of all programs share: inputs, one command per program, and what a program that failed
# may leave behind.

poison='"ddg: this output is incomplete'

# Makes records.csv, counted.csv, scored.csv, masked.csv and regions.csv in the current directory.
make_inputs() {
    {
        echo 'client,county,sex,age,cost'
        for i in {1..60}; do
            echo "c$((i * 7 % 45)),$([ $((i % 4)) = 0 ] && echo Alpine || echo '"Los ""LA"" Angeles"'),$(
                [ $((i % 3)) = 0 ] && echo Male || echo Female),$((i % 90)),$i.50"
        done
    } >records.csv
    cat >counted.csv <<'END'
county,sex,count,cost
Alpine,Female,4,10.00
Alpine,Male,30,11.00
Alpine,Total,34,21.00
Inyo,Female,25,12.00
Inyo,Male,31,13.00
Inyo,Total,56,25.00
Sierra,Female,29,22.00
Sierra,Male,61,24.00
Sierra,Total,90,46.00
END
    printf 'child,parent\nAlpine,Sierra\nInyo,Sierra\n' >regions.csv
    printf 'county,population\nAlpine,1204\nInyo,19016\n' >populations.csv
    # a table that can be attacked, so that ddg-audit has something to write
    cat >masked.csv <<'END'
county,sex,count,annotation
Alpine,Female,,1
Alpine,Male,,1
Alpine,Total,34,
Inyo,Female,,1
Inyo,Male,31,
Inyo,Total,56,
Sierra,Female,29,
Sierra,Male,61,
Sierra,Total,90,
END
    printf 'hierarchy county=regions.csv\nthreshold 11\n' >options
}

# Puts the command line of a program, without an operand, into the array `command` and the input
# that it is made for into `input`.
command_of() {
    input=counted.csv
    case $1 in
    ddg-count)
        command=(-g 'county,sex,age=age:bands(0,18,65)' --id client --sum cost --totals --complete)
        input=records.csv
        ;;
    ddg-threshold) command=(--table options --population populations.csv) ;;
    ddg-suppress) command=(--table options) ;;
    ddg-round) command=() ;;
    ddg-audit)
        command=(--table options --codes merged)
        input=masked.csv
        ;;
    esac
    command=("$DDG_BUILD/$1" "${command[@]}")
}

# fails_safely STATUS REFERENCE: whether the files `out` and `err` are what may remain of a run with
# STATUS: all that an undisturbed run gives and says (it is in REFERENCE, REFERENCE.err and
# REFERENCE.status), or an error in one line with output that no reader can take for a whole table.
fails_safely() {
    local status=$1 reference=$2 said=

    if [ "$status" = "$(<"$reference.status")" ] && cmp -s out "$reference" && cmp -s err "$reference.err"; then
        return 0
    fi
    IFS= read -r -d '' said <err || true # up to a NUL, which no message has
    if [ "$status" != 2 ]; then
        echo "status $status"
    elif [[ $said != *$'\n' || ${said%$'\n'} == *$'\n'* ]]; then
        echo "stderr is not one line:"
        cat err
    elif [ -s out ] && [ "$(tail -c "${#poison}" out)" != "$poison" ]; then
        echo 'the output is neither empty nor poisoned, but ends so:'
        tail -n 2 out
    else
        return 0
    fi
    return 1
}

# Runs `command` over `input` undisturbed and keeps what it printed and returned.
run_reference() {
    local status=0
    "${command[@]}" "$input" >"$1" 2>"$1.err" </dev/null || status=$?
    echo "$status" >"$1.status"
    [ "$status" -lt 2 ] && [ -s "$1" ]
}
