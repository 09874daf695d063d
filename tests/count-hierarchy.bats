#!/usr/bin/env bats
# ddg-count --hierarchy: categories above the values of records, and who is in them.

bats_require_minimum_version 1.5.0

setup() {
    DDG_BUILD=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    load count
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%s\n' id,county,sex p1,Alpine,F p1,Inyo,F p2,Inyo,M p3,Butte,F p3,Alpine,F p4,Yolo,M >records.csv
    # Yolo has no region, and the state is of one depth with the regions of others
    printf '%s\n' child,parent Alpine,Sierra Inyo,Sierra Sierra,East Butte,North Yolo,Total >regions.csv
}

@test "hierarchy: every category above a value has a row, and a person counts once in it" {
    gives -g county --id id --hierarchy county=regions.csv --totals records.csv <<'END'
county,persons,events
Alpine,2,2
Butte,1,1
East,3,4
Inyo,2,2
North,1,1
Sierra,3,4
Yolo,1,1
Total,4,6
END
}

@test "hierarchy: categories above stand wherever their dimension is kept, and nowhere else" {
    gives -g county,sex --rows --hierarchy county=regions.csv --margins 'sex;' records.csv <<'END'
county,sex,count
Alpine,F,2
Butte,F,1
East,F,3
East,M,1
Inyo,F,1
Inyo,M,1
North,F,1
Sierra,F,3
Sierra,M,1
Yolo,M,1
Total,F,4
Total,M,2
Total,Total,6
END
}

@test "hierarchy: --complete adds the zero cells of the categories above, too" {
    gives -g county,sex --rows --hierarchy county=regions.csv --complete records.csv <<'END'
county,sex,count
Alpine,F,2
Alpine,M,0
Butte,F,1
Butte,M,0
East,F,3
East,M,1
Inyo,F,1
Inyo,M,1
North,F,1
North,M,0
Sierra,F,3
Sierra,M,1
Yolo,F,0
Yolo,M,1
END
}

@test "hierarchy: the categories are those that recodings make" {
    printf 'a\n3\n17\n40\n' >ages.csv
    printf '0-17,young\n0-4,Total\n5-17,Total\n18-44,grown\n' >bands.csv
    gives -g 'age=a:bands(0,5,18,45)' --rows --hierarchy age=bands.csv ages.csv <<'END'
age,count
0-4,1
5-17,1
18-44,1
grown,1
END
}

@test "hierarchy: what it cannot mean is an error" {
    what=(-g "county,sex" --rows)
    fails "--hierarchy: no dimension is called 'conty' (try --help)" "${what[@]}" --hierarchy conty=regions.csv records.csv
    fails "records.csv:3: column 'county': a value that has parts in the hierarchy: which of them is meant?" \
        "${what[@]}" --hierarchy county=<(echo Yolo,Inyo) records.csv
    printf 'child,parent\nInyo,East\nEast,East\n' >loop.csv
    fails "loop.csv:3: a category is its own parent" "${what[@]}" --hierarchy county=loop.csv records.csv
    printf 'Inyo,East\nEast,West\nWest,East\n' >loop.csv
    fails "the hierarchy of 'county' has a category below itself" "${what[@]}" --hierarchy county=loop.csv records.csv
    printf 'Inyo,East\nInyo,West\n' >two.csv
    fails "two.csv:2: a category with two different parents: another hierarchy is a dimension of its own" \
        "${what[@]}" --hierarchy county=two.csv records.csv
    printf 'Total,East\n' >total.csv
    fails "total.csv:1: the total has no parent" "${what[@]}" --hierarchy county=total.csv records.csv
    printf 'Inyo\n' >one.csv
    fails "one.csv:1: two columns are wanted: child,parent" "${what[@]}" --hierarchy county=one.csv records.csv
    printf 'Inyo,East,State\n' >three.csv
    fails "three.csv:1: two columns are wanted: child,parent; of more levels the pairs of each with the next stand below each other" \
        "${what[@]}" --hierarchy county=three.csv records.csv
    for header in county,region County,Region; do
        printf '%s\nInyo,East\n' "$header" >header.csv
        fails "header.csv:1: the first line reads like a header, which is 'child,parent' or is left out" \
            "${what[@]}" --hierarchy county=header.csv records.csv
    done
    printf 'Kern,South\n' >other.csv
    fails "none of the labels of the hierarchy file of 'county' occurs" "${what[@]}" --hierarchy county=other.csv records.csv
}

# Counts every record in every cell of the product of its paths, from a value up to the total.
by_paths() {
    awk -F, -v OFS=, '
        FILENAME ~ /^of-/ { parent[FILENAME, $1] = $2; next }
        FNR == 1 { next }
        function path(file, value, into, n) {
            for (n = 1; ; value = parent[file, value]) {
                into[n] = value
                if (!((file, value) in parent)) break
                n++
            }
            into[++n] = "Total"
            return n
        }
        {
            n = path("of-a", $2, a); m = path("of-b", $3, b)
            for (i = 1; i <= n; i++) for (j = 1; j <= m; j++) for (k = 0; k < 2; k++) {
                key = a[i] OFS b[j] OFS (k ? "Total" : $4)
                events[key]++
                if (!((key, $1) in seen)) { seen[key, $1]; persons[key]++ }
            }
        }
        END { for (key in events) print key, persons[key], events[key] }' of-a of-b "$@" | LC_ALL=C sort
}

@test "hierarchy: persons agree with a count along every path, ragged hierarchies, memory and many machines" {
    for seed in 1 2 3; do
        # parents have higher numbers, so that there is no loop, and some values have none
        for d in a b; do
            awk -v d=$d -v seed="$seed$d" 'BEGIN {
                srand(seed + (d == "b" ? 100 : 0))
                for (i = 0; i < 12; i++) if (rand() < .8) print d i "," d "p" int(rand() * 5)
                for (i = 0; i < 5; i++) if (rand() < .7) print d "p" i "," d "p" i + 1 + int(rand() * 4)
            }' >of-$d
        done
        awk -v seed="$seed" 'BEGIN {
            srand(seed)
            print "id,a,b,c"
            for (i = 0; i < 4000; i++)
                printf "person-%d,a%d,b%d,c%d\n", int(rand() ^ 2 * 900), int(rand() * 12), int(rand() ^ 2 * 12),
                    int(rand() * 3)
        }' >random.csv
        by_paths random.csv >wanted
        what=(-g "a,b,c" --id id)
        rolled=(--hierarchy a=of-a --hierarchy b=of-b --totals)
        count "${what[@]}" "${rolled[@]}" random.csv
        [ "$status" = 0 ]
        tail -n +2 out | LC_ALL=C sort | cmp - wanted
        cp out one
        { head -n 1 random.csv && sed -n '2~2p' random.csv; } >even.csv
        { head -n 1 random.csv && sed -n '3~2p' random.csv; } >odd.csv
        count "${what[@]}" --partial even.csv
        cp out even.state
        count "${what[@]}" --partial odd.csv
        mv out odd.state
        count --merge "${rolled[@]}" odd.state even.state
        cmp out one
    done
}

@test "hierarchy: the table is one that the same hierarchy describes to the next programs" {
    awk 'BEGIN {
        srand(5)
        split("Alpine Butte Inyo Yolo", county, " ")
        print "id,county,sex"
        for (i = 0; i < 300; i++)
            printf "p%d,%s,%s\n", i, county[1 + int(rand() ^ 3 * 4)], rand() < .5 ? "F" : "M"
    }' >records.csv
    count -g county,sex --rows --hierarchy county=regions.csv --totals records.csv
    [ "$status" = 0 ]
    "$DDG_BUILD/ddg-suppress" -q --hierarchy county=regions.csv out >masked.csv
    "$DDG_BUILD/ddg-audit" -q --hierarchy county=regions.csv masked.csv
}

@test "hierarchy: of persons, too, a program that was not told of it refuses the table: their events add up to more" {
    printf '%s\n' id,county,sex p1,Alpine,F p1,Alpine,F p2,Inyo,M p3,Butte,F p4,Yolo,M >records.csv
    count -g county,sex --id id --hierarchy county=regions.csv --totals records.csv
    [ "$status" = 0 ]
    status=0
    "$DDG_BUILD/ddg-suppress" out >masked.csv 2>err || status=$?
    [ "$status" = 2 ]
    cmp masked.csv /dev/null
    diff -u err - <<<"ddg-suppress: out:18: the events of a total are fewer than those of its parts (are some subtotals of others? --hierarchy): county=Total, sex=F (parts by county)"
    "$DDG_BUILD/ddg-suppress" -q --hierarchy county=regions.csv out >masked.csv
    # categories that overlap by themselves can be declared, and events that are no numbers say nothing
    "$DDG_BUILD/ddg-suppress" -q --overlapping county out >masked.csv
    sed '2s/,2$/,some/' out >words.csv
    "$DDG_BUILD/ddg-suppress" -q words.csv >masked.csv
}

@test "hierarchy: values that the file lacks are named, and one of its own that no record has" {
    printf '%s\n' child,parent Alpine,Sierra Inyoo,Sierra Butte,North >misspelt.csv
    count -g county --rows --hierarchy county=misspelt.csv records.csv
    [ "$status" = 0 ]
    echo "ddg-count: note: the hierarchy of 'county' lacks 'Inyo' and 1 more, which are in no category above; no record has its 'Inyoo'" |
        diff -u - err

    printf '%s\n' child,parent Alpine,Sierra Inyo,Sierra Butte,North Modoc,North Yolo,Total >known.csv
    count -g county --rows --hierarchy county=known.csv records.csv
    [ "$status" = 0 ]
    cmp err /dev/null
}

@test "hierarchy: blank values are in no category above, and no note says so" {
    printf '%s\n' county,sex Alpine,F ,F >blank.csv
    count -g county --rows --hierarchy county=regions.csv blank.csv
    [ "$status" = 0 ]
    cmp err /dev/null
}
