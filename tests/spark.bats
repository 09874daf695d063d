#!/usr/bin/env bats
# examples/spark.py on a local cluster of Apache Spark.  `make check-spark` runs this, with PySpark
# in the build directory.

bats_require_minimum_version 1.5.0

setup() {
    build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    PATH="$build/spark/bin:$build:$build/examples:$PATH"
    export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return
    make-encounters 20000 >visits.csv
    ddg-count -g county,sex --id client_id --totals visits.csv >one-run.csv
}

# spark MASTER ARGUMENT...: what the driver and its machines say is shown when a test fails.
spark() {
    local master=$1
    shift
    spark-submit --master "$master" --conf spark.executor.memory=512m --conf spark.ui.enabled=false \
        "$BATS_TEST_DIRNAME/../examples/spark.py" "$@"
}

@test "spark: the lines of a file, shared out to two machines, count as in one run" {
    spark 'local-cluster[2,1,512]' table.csv lines visits.csv
    cmp table.csv one-run.csv
}

@test "spark: files whose fields hold newlines count as in one run" {
    awk -v OFS=, 'NR == 1 { print $0, "note" }
        NR > 1 { print $0, "\"seen,\nsaid \"\"better\"\"\n\"" }' visits.csv >notes.csv
    record-ranges 3 notes.csv | while read -r offset bytes; do
        { head -n 1 notes.csv && tail -c +$((offset + 1)) notes.csv | head -c "$bytes"; } >"part-$offset.csv"
    done
    [ "$(find . -name 'part-*.csv' | wc -l)" = 3 ]
    spark 'local[2]' table.csv files "$PWD"/part-*.csv
    cmp table.csv one-run.csv
}

@test "spark: a record that is refused on some machine fails the run, and there is no table" {
    sed -i '15000s/,.*//' visits.csv
    run ! spark 'local[2]' table.csv lines visits.csv
    [[ $output = *'exited with error code 2'* ]]
    [ ! -e table.csv ]
}
