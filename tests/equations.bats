#!/usr/bin/env bats
# ddg-suppress --equation: count columns that add up are masked together, so that ddg-audit, which
# knows the equation, finds nothing; masked one by one they give each other away.

# shellcheck disable=SC2154 # suppress.bash sets build

bats_require_minimum_version 1.5.0

setup() {
    load suppress
    judge=$BATS_TEST_DIRNAME/oracle/equations.py
    cd "$BATS_TEST_TMPDIR" || return 1
    cat >sexes.csv <<'END'
county,women,men,all
Alpine,4,30,34
Kern,50,60,110
Inyo,20,25,45
Total,74,115,189
END
    sum='women + men = all'
}

audit() {
    run "$build/ddg-audit" "$@" out
}

@test "equation: columns that add up are masked together, and one by one they give each other away" {
    suppress -q --count women,men,all sexes.csv
    [ "$status" = 0 ]
    audit --count women,men,all --equation "$sum"
    [ "$status" = 1 ]
    suppress -q --count women,men,all --equation "$sum" sexes.csv
    [ "$status" = 0 ]
    cut -d, -f1-4 out | cmp - <(cat <<'END'
county,women,men,all
Alpine,,,34
Kern,50,60,110
Inyo,,,45
Total,74,115,189
END
)
    audit --count women,men,all --equation "$sum"
    [ "$status" = 0 ]
}

@test "equation: sums on both sides, several equations, and a column that none names" {
    cat >table.csv <<'END'
plan,resolved,referred,unresolved,grievance,exempt,visits
A,40,3,20,50,13,7
B,33,14,2,40,9,80
C,100,20,30,120,30,90
Total,173,37,52,210,52,177
END
    set -- --count resolved,referred,unresolved,grievance,exempt,visits \
        --equation 'resolved + referred + unresolved = grievance + exempt'
    suppress "$@" table.csv
    [ "$status" = 0 ]
    grep -q "'exempt': .* from the columns of --equation by adding" err
    grep -q "'visits': 2 of 4 .* from its column by adding" err
    audit "$@"
    [ "$status" = 0 ]
    printf 'g,a,b,c,d,e\nx,4,30,34,20,54\ny,50,60,110,3,113\nTotal,54,90,144,23,167\n' >table.csv
    set -- --count a,b,c,d,e --equation 'a + b = c' --equation 'c + d = e'
    for codes in merged separate auto; do
        suppress -q --codes $codes "$@" table.csv
        [ "$status" = 0 ]
        audit "$@"
        [ "$status" = 0 ]
    done
}

@test "equation: other options go with it" {
    printf 'g,women,men,all,mask,price\na,4,20,24,1,3\nb,40,3,43,0,2\nc,50,60,110,1,1\nd,30,31,61,0,5\nTotal,124,114,238,0,9\n' >table.csv
    set -- --count women,men,all --keep mask --equation "$sum"
    for options in '--never g=c' '--always g=b' '--cost cells' '--cost price' '--prefer g=d' '--totals none' \
        '--group-rule off' '--knows sums' '--neighbour g' '--min-values 5,3'; do
        # shellcheck disable=SC2086
        suppress -q $options "$@" table.csv
        [ "$status" = 0 ]
        audit --count women,men,all --equation "$sum" --group-rule off
        [ "$status" = 0 ]
    done
    # a small count whose mask is 0 stays
    suppress -q --when-masked --codes separate "$@" table.csv
    grep -q '^b,40,3,43,' out
    # totals that are added are those of all columns
    grep -v Total table.csv >inner.csv
    suppress -q --totals add "$@" inner.csv
    [ "$status" = 0 ]
    tail -n 1 out | grep -qE '^Total,([0-9]+,){3}'
    audit --count women,men,all --equation "$sum"
    [ "$status" = 0 ]
    # block by block
    { sed 's/^/year,/; 2,$d' table.csv; sed '1d; s/^/1,/' table.csv; sed '1d; s/^/2,/' table.csv; } >blocks.csv
    suppress -q --by year "$@" blocks.csv
    [ "$status" = 0 ]
    audit --by year --count women,men,all --equation "$sum"
    [ "$status" = 0 ]
}

@test "equation: --explain says of which column the other cell is" {
    suppress -q --count women,men,all --equation "$sum" --explain why.csv sexes.csv
    cmp why.csv - <<'END'
measure,county,rule,line,protects
women,Alpine,R-SUP-1,,
women,Inyo,R-SUP-7,county=Total ('women') (parts by county),
men,Alpine,R-SUP-7,county=Total ('men') (parts by county),
men,Inyo,R-SUP-7,county=Total ('men') (parts by county),
END
}

@test "equation: --certificate has tables of all columns, which add up over them, too" {
    checker=$BATS_TEST_DIRNAME/oracle/check_certificate.py
    set -- --count women,men,all --equation "$sum"
    suppress -q --certificate certificate.csv "$@" sexes.csv
    [ "$status" = 0 ]
    cmp certificate.csv - <<'END'
table,measure,county,change
1,women,Alpine,-1
1,women,Inyo,1
1,men,Alpine,1
1,men,Inyo,-1
2,women,Alpine,1
2,women,Inyo,-1
2,men,Alpine,-1
2,men,Inyo,1
END
    /usr/bin/python3 -B "$checker" sexes.csv out certificate.csv "$@"
    # the columns by themselves add up still
    sed '/^1,men/d' certificate.csv >tampered.csv
    run -1 /usr/bin/python3 -B "$checker" sexes.csv out tampered.csv "$@"
    [[ $output == equation:* ]]
    # beside a column that no equation names, and in blocks
    { sed 's/^/year,/; s/$/,none/; 2,$d' sexes.csv; sed '1d; s/^/1,/; s/$/,20/' sexes.csv; } | sed 's/^1,Alpine\(.*\),20$/1,Alpine\1,4/; s/^1,Total\(.*\),20$/1,Total\1,44/' >blocks.csv
    sed -n 's/^1,/2,/p' blocks.csv >more.csv
    cat more.csv >>blocks.csv
    set -- --by year --count none,women,men,all --dims year,county --equation "$sum"
    suppress -q --certificate certificate.csv "$@" blocks.csv
    [ "$status" = 0 ]
    grep -q '^[0-9]*,none,2,Alpine' certificate.csv
}

@test "equation: a release is followed in all columns, and what it hides stays hidden in each" {
    set -- --count women,men,all --equation "$sum"
    suppress -q "$@" sexes.csv
    mv out march.csv
    # the small count is gone; what March hid beside it would tell it
    printf '%s\n' county,sort,women,men,all Alpine,old,4,30,34 Alpine,Total,4,30,34 Kern,old,50,60,110 \
        Kern,Total,50,60,110 Inyo,old,20,25,45 Inyo,Total,20,25,45 Total,old,74,115,189 Total,Total,74,115,189 >april.csv
    suppress -q --cost cells --never county=Inyo "$@" april.csv
    audit "$@" --previous march.csv
    [ "$status" = 1 ]
    suppress --published march.csv "$@" april.csv
    [ "$status" = 0 ]
    audit "$@" --previous march.csv
    [ "$status" = 0 ]
    [ "$(grep -cE '^(Alpine|Inyo),Total,,,' out)" = 2 ]
    run -1 grep note err
}

@test "equation: a published file of one column and one of all are linked by the sum" {
    set -- --count women,men,all --equation "$sum"
    # men are out, in full: with them the table by all gives women away, and they give nothing by themselves
    cut -d, -f1,3 sexes.csv >men.csv
    suppress --published men.csv "$@" sexes.csv
    [ "$status" = 0 ]
    audit "$@" men.csv
    [ "$status" = 0 ]
    cut -d, -f1-4 out | cmp - <(cat <<'END'
county,women,men,all
Alpine,,30,
Kern,50,60,110
Inyo,,25,
Total,74,115,189
END
)
    # the sum tells what is left: nothing can be hidden any more, and a note says so
    cut -d, -f1,3,4 sexes.csv >rest.csv
    suppress --published rest.csv "$@" sexes.csv
    [ "$status" = 0 ]
    grep -qxF "ddg-suppress: note: 'women': 1 small count of this table can be known from --published already: suppressed none the less (R-SUP-1)" err
    grep -q '^Alpine,,30,34,' out
    grep -q '^Inyo,20,' out
}

@test "equation: the codes of a published file with one of the columns are read, by its own names, too" {
    set -- --count women,men,all --equation "$sum"
    printf '%s\n' county,men,annotation Alpine,30, Kern,S,1 Inyo,C,2 Total,115, >plain.csv
    suppress "$@" --published plain.csv sexes.csv
    [ "$status" = 0 ]
    # 60 men are no small number: another count, as the code says, in a line with all others
    grep -q "note: 'men': 4 counts of --published differ" err
    cp out expected
    cp err expected_err
    sed 1s/annotation/men_annotation/ plain.csv >own.csv
    suppress "$@" --published own.csv sexes.csv
    cmp out expected
    diff -u <(sed s/plain/own/ expected_err) err
    # today's columns have names of their own, which the file has not
    sed '1s/$/,w,m,a/; 2,$s/$/,,,/' sexes.csv >noted.csv
    for file in plain own; do
        suppress "$@" --dims county --annotation w,m,a --published $file.csv noted.csv
        [ "$status" = 0 ]
        grep -q "note: 'men': 4 counts of --published differ" err
    done
    # a file that shows all needs none
    cut -d, -f1,3 sexes.csv >men.csv
    suppress "$@" --dims county --annotation w,m,a --published men.csv noted.csv
    [ "$status" = 0 ]

    suppress -q "$@" --codes separate sexes.csv
    sed 's/,[SC],/,,/' own.csv >march.csv
    sed 1s/men_// march.csv >plain.csv
    for option in '' --previous; do
        run "$build/ddg-audit" "$@" out $option march.csv
        answer=$output
        run "$build/ddg-audit" "$@" out $option plain.csv
        [ "$output" = "${answer//march/plain}" ]
        [[ $output != *R-SUP-10* ]]
    done
    run -0 "$build/ddg-audit" --count men --annotation men_annotation --previous plain.csv march.csv
    run -2 "$build/ddg-audit" --count men --annotation men_anotation --previous plain.csv march.csv
    [ "$output" = "ddg-audit: march.csv: no column is called 'men_anotation' (try --help)" ]
}

@test "equation: a corrected release is other numbers in the columns that changed, and a note for each says so" {
    set -- --count women,men,all --equation "$sum"
    suppress -q "$@" sexes.csv
    mv out march.csv
    sed 's/^Kern,50,60,110/Kern,51,60,111/; s/^Total,74,115,189/Total,75,115,190/' sexes.csv >april.csv
    suppress --published march.csv "$@" april.csv
    [ "$status" = 0 ]
    grep -q "note: 'women': 4 counts of --published differ" err
    # men did not change; what stands beside the others in a sum is not taken to be the same
    grep -q "note: 'men': 2 counts of --published differ" err
    cut -d, -f1-4 out >masked.csv
    cmp <(grep -E 'Alpine|Inyo' masked.csv) <(printf 'Alpine,,,34\nInyo,,,45\n')
    audit "$@" --previous march.csv
    [ "$status" = 0 ]
    # and once more: today beside both
    mv out april-masked.csv
    suppress --published march.csv --published april-masked.csv "$@" april.csv
    [ "$status" = 0 ]
    cmp out april-masked.csv
}

@test "equation: what is published goes with hierarchies, added totals, both kinds of codes and blocks" {
    set -- --count a,b,c,d --equation 'a + b = c + d'
    printf '%s\n' child,parent x,east y,east z,west v,west >regions.csv
    printf '%s\n' place,a,b,c,d x,4,30,14,20 y,50,60,100,10 z,70,3,33,40 v,20,80,45,55 >inner.csv
    suppress -q --totals add --hierarchy place=regions.csv "$@" inner.csv
    [ "$status" = 0 ]
    mv out march.csv
    for codes in merged separate auto; do
        # nobody prints west by itself in March
        grep -v '^west' march.csv >less.csv
        suppress -q --totals add --codes $codes --hierarchy place=regions.csv --published less.csv "$@" inner.csv
        [ "$status" = 0 ]
        audit --hierarchy place=regions.csv "$@" --previous less.csv
        [ "$status" = 0 ]
    done
    for year in 1 2; do
        sed "1d; s/^/$year,/" inner.csv
    done | cat <(echo year,place,a,b,c,d) - >blocks.csv
    suppress -q --by year --totals add "$@" blocks.csv
    mv out march.csv
    suppress -q --by year --totals add --published march.csv "$@" blocks.csv
    [ "$status" = 0 ]
    cmp out march.csv
}

@test "equation: integer programs find nothing in random tables beside what is out, in all columns or some" {
    programs=$BATS_TEST_DIRNAME/oracle/columns.py
    /usr/bin/python3 -B "$programs" "$build" --tables 40 >answer
    [ "$(grep -c '^ok (' answer)" = 40 ] || {
        grep -v '^ok (' answer
        return 1
    }
    # without what is out, or without the equations, they do
    for blind in published equation; do
        /usr/bin/python3 -B "$programs" "$build" --tables 12 --blind $blind >answer
        grep -q '^not ok' answer
    done
}

@test "equation: distinct persons, and categories that overlap" {
    sed 's/189/180/; s/,115,/,108,/; s/,74,/,72,/' sexes.csv >persons.csv
    suppress -q --distinct --count women,men,all --equation "$sum" persons.csv
    [ "$status" = 0 ]
    audit --distinct --count women,men,all --equation "$sum"
    [ "$status" = 0 ]
}

@test "equation: what does not fit is an error" {
    sed 's/45$/46/; s/189/190/' sexes.csv >wrong.csv
    fails "wrong.csv:4: the --equation 'women + men = all' does not hold here: county=Inyo" \
        --count women,men,all --equation "$sum" wrong.csv
    printf 'county,a,b,c,d\nKern,20,30,25,26\n' >four.csv
    fails "four.csv:2: the --equation 'c + d = ...' does not hold here: county=Kern" \
        --count a,b,c,d --equation 'a + b = c + d' four.csv
    fails "sexes.csv: --equation 'women + men = al': no count column is called 'al'; --count names count columns (try --help)" \
        --count women,men,all --equation 'women + men = al' sexes.csv
    fails "--equation is between count columns here: categories that add up are for --hierarchy, not 'county: a + b = c' (try --help)" \
        --count women --equation 'county: a + b = c' sexes.csv
    fails "no equals sign in 'women + men' (try --help)" --count women --equation 'women + men' sexes.csv
    # files, too, where all of their columns are there
    sed 's/^Kern,50,60,110/Kern,50,61,110/; s/115/116/' sexes.csv >wrong.csv
    fails "wrong.csv:5: what --published shows does not add up: county=Total ('all') (parts by equation)" \
        --count women,men,all --equation "$sum" --published wrong.csv sexes.csv
    fails '--certificate is about one table by itself: not with --published (try --help)' \
        --count women,men,all --equation "$sum" --published sexes.csv --certificate proof.csv sexes.csv
    # 7 is what two public totals leave
    printf 'g,women,men,all\na,7,30,37\n' >alone.csv
    fails "alone.csv: no way found to protect g=a ('women'): totals that are not printed are taken as public; --totals add prints them, so that they can be masked" \
        --count women,men,all --equation "$sum" alone.csv
}

@test "equation: a column that is no dimension is asked for where it may be the trouble" {
    local message="table.csv: no way found to protect id=1, county=a ('women'): totals that are not printed are taken as public; --totals add prints them, so that they can be masked"
    printf 'id,county,women,men,all\n1,a,4,16,20\n2,b,30,20,50\n3,c,50,30,80\n' >table.csv
    fails "$message; 'id' has another value in each row: is it a dimension? --dims" \
        --count women,men,all --equation "$sum" table.csv
    # the counties differ, too, but a table has to have a dimension
    printf 'county,women,men,all\na,4,16,20\nb,0,20,20\nc,0,30,30\n' >table.csv
    fails "${message/id=1, /}" --count women,men,all --equation "$sum" table.csv
}

@test "equation: random tables give nothing away with their equations, as their certificates say, and many do without" {
    /usr/bin/python3 -B "$judge" "$build" --tables 60 --seed 5 >judged
    ! grep 'not ok' judged || return 1
    [ "$(tail -n 1 judged | cut -d ' ' -f 1)" -gt 30 ]
}
