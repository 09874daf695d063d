#!/usr/bin/env bats
# The commands that ddg-count(1) gives for many machines, run as they stand there.  What takes the
# place of Slurm and Hadoop does to programs what those do; Spark has a test of its own.

# shellcheck disable=SC2154 # count.bash sets count

bats_require_minimum_version 1.5.0

setup() {
    load count
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin
    PATH=$PWD/bin:${count%/*}:$PATH
    awk 'BEGIN {
        srand(7)
        print "client_id,county,sex"
        for (i = 0; i < 900; i++)
            printf "p%d,%s,%s\n", rand() * 250, substr("ABCDE", rand() * 5 + 1, 1),
                substr("FM", rand() * 3 + 1, 1)
    }' >visits.csv
    "$count" -g county,sex --id client_id --totals visits.csv >wanted
}

# commands_for NAME: the commands that the manual gives for it.
commands_for() {
    sed -n "/^\\.It $1\$/,/^\\.Ed\$/p" "$BATS_TEST_DIRNAME/../man/ddg-count.1" |
        sed -n '/^\.Bd/,/^\.Ed/{/^\./d; s/\\e/\\/g; p;}' >commands
    [ -s commands ]
}

# has NAME: makes a program of standard input.
has() {
    { echo '#!/usr/bin/env bash' && echo 'set -eu' && cat; } >"bin/$1"
    chmod +x "bin/$1"
}

@test "clusters: the manual's command for GNU parallel gives the table of one run" {
    commands_for 'GNU parallel'
    sed -i 's/--block -1/--block 2k/' commands # more parts than one
    bash commands >out
    [ "$(grep -c '^end ' states)" -gt 1 ]
    [ "$(stat -c %a states)" = 600 ]
    cmp out wanted
}

@test "clusters: the manual's commands for Slurm give the table of one run, or none" {
    # a job is a script of the shell; of an array each task is run with its number
    has sbatch <<'END'
parsable= array=0 after=
while [ $# -gt 0 ]; do
    case $1 in
    --parsable) parsable=1 ;;
    --array=*) array=$(seq "$(sed 's/-/ /' <<<"${1#--array=}" | cut -d ' ' -f 1)" "${1##*-}") ;;
    --dependency=afterok:*) after=${1##*:} ;;
    --wrap) printf '#!/bin/sh\n%s\n' "$2" >script && shift ;;
    *) exit 2 ;;
    esac
    shift
done
job=4711
[ -z "$after" ] || [ ! -e "failed.$after" ] || exit 0
for task in $array; do
    SLURM_ARRAY_TASK_ID=$task sh script >>log 2>&1 || touch "failed.$job"
done
[ -z "$parsable" ] || echo "$job"
END
    for i in {1..100}; do
        awk -v part="$i" 'NR == 1 || NR % 100 == part % 100' visits.csv >"$i.csv"
    done
    commands_for Slurm
    bash commands
    [ ! -s log ]
    cmp table.csv wanted
    rm table.csv ./*.state
    echo p1,A >>7.csv
    bash commands
    [ -e failed.4711 ]
    [ ! -e table.csv ]
}

@test "clusters: the manual's command for Hadoop Streaming gives the table of one run" {
    # without a shell, each mapper reads the lines of a part; a line it writes is a key and, behind
    # a tab, a value, which is nothing where the line has no tab
    has hadoop <<'END'
[ "$1" = jar ] && [ "$3 $4" = '-D mapreduce.job.reduces=0' ]
shift 4
while [ $# -gt 0 ]; do
    declare "${1#-}=$2"
    shift 2
done
mkdir "$output"
cat "$input"/* | split -n r/4 -d - "$output/split-"
eval "mapper=($mapper)"
for part in "$output"/split-*; do
    "${mapper[@]}" <"$part" | sed '/\t/!s/$/\t/' >"$output/part-000${part##*-}"
    rm "$part"
done
touch "$output/_SUCCESS"
END
    has hdfs <<'END'
[ "$1 $2" = 'dfs -cat' ]
eval "cat $3"
END
    mkdir visits
    sed 1d visits.csv | split -l 500 - visits/
    commands_for 'Hadoop Streaming'
    bash commands >out
    [ "$(find states -name 'part-*' | wc -l)" = 4 ]
    grep -q $'\t$' states/part-00001
    cmp out wanted
}
