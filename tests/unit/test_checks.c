/*
 * The rules that a table can be seen to break without an attack (R-SUP-1, 3 to 6, 8, 10, 11 and
 * R-SAFE-1), and the guesses at what a column holds that they rest on.
 */
#include "small_table.h"

#include "rules/age_label.h"
#include "rules/checks.h"
#include "rules/date_label.h"
#include "rules/identifiers.h"
#include "rules/words.h"

#define KEEP " stands beside a hidden count (--keep if it tells nothing of it)\n"
#define COUNTY                                                                                     \
    "R-SAFE-1 note: column 'county': places smaller than a state: no Safe Harbor, so an expert "   \
    "has to sign\n"

/* One line per notice: "RULE, finding or note, the line of its row (and +N rows more): text". */
static void write_notices(const struct small_table *t, const struct ddg_notices *notices,
                          char *room, size_t size)
{
    size_t used = 0;

    room[0] = '\0';
    for (size_t i = 0; i < notices->count; i++) {
        const struct ddg_notice *n = &notices->item[i];
        char where[64] = "";

        CHECK((n->row == DDG_WHOLE_TABLE) == (n->rows == 0));
        CHECK(n->column < t->table.columns);
        if (n->rows == 1)
            snprintf(where, sizeof where, " %u", (unsigned)t->table.line[n->row]);
        else if (n->rows > 1)
            snprintf(where, sizeof where, " %u+%zu", (unsigned)t->table.line[n->row], n->rows - 1);
        used += (size_t)snprintf(room + used, size - used, "%s %s%s: %s\n", n->rule,
                                 n->finding ? "finding" : "note", where, n->text);
        if (used >= size)
            abort();
    }
}

static void check_with(const char *text, const char *options, const struct ddg_check_options *how,
                       const char *wanted)
{
    struct small_table t;
    struct ddg_notices notices = {0};
    char got[4096];

    CHECK(!small_table_read(&t, DDG_AUDIT, text, options));
    CHECK(!ddg_checks_run(&notices, &t.model, &t.description, how, &t.context));
    write_notices(&t, &notices, got, sizeof got);
    CHECK_TEXT(got, wanted);
    ddg_notices_free(&notices);
    small_table_free(&t);
}

static void check_table(const char *text, const char *options, const char *wanted)
{
    const struct ddg_check_options usual = {.group_rule = true};

    check_with(text, options, &usual, wanted);
}

/* Counts and annotations --------------------------------------------------------------------- */

static void check_small_counts(void)
{
    const struct ddg_check_options nearest = {.below = 2, .above = 2},
                                   random = {.below = 4, .above = 4};
    static const char rounded[] = "g,count\na,0\nb,5\nc,10\nd,15\n";

    check_table("g,count\na,0\nb,1\nc,10\nd,11\n", "",
                "R-SUP-1 finding 3: a small count is shown\n"
                "R-SUP-1 finding 4: a small count is shown\n");
    check_table("g,count\na,0\nb,1\nc,4\nd,5\n", "threshold 5",
                "R-SUP-1 finding 3: a small count is shown\n"
                "R-SUP-1 finding 4: a small count is shown\n");
    check_table("g,count\na,\" 7 \"\nb,\"1,007\"\n", "loose",
                "R-SUP-1 finding 2: a small count is shown\n");
    check_table("g,count\na,18446744073709551615\n", "", "");
    /* 5 is 3 to 7, 10 is 8 to 12 */
    check_with(rounded, "", &nearest, "R-SUP-1 finding 3: a small count is shown\n");
    /* 5 is 1 to 9 */
    check_with(rounded, "", &random, "R-SUP-1 finding 3: a small count is shown\n");
    check_with(rounded, "threshold 9", &random, "");
}

static void check_annotations(void)
{
    check_table("g,count,annotation\na,0,1\nb,0,\nc,5,2\nd,50,1\ne,50,4\nf,,1\nh,,2\ni,,3\n", "",
                "R-SUP-3 finding 2: the annotation of a zero says that it is suppressed\n"
                "R-SUP-1 finding 4: a small count is shown, and its annotation says that it is "
                "suppressed\n"
                "R-SUP-10 finding 5: a count is shown, and its annotation says that it is "
                "suppressed\n");
    check_table("g,count,annotation\na,,0\nb,,\nc,,1\n", "",
                "R-SUP-10 finding 2+1: no annotation says why counts are blank\n");
    check_table("g,count\na,\nb,20\n", "",
                "R-SUP-10 finding 2: counts are blank, and no annotation column says why\n");
    check_table("g,count,annotation\na,,7\nb,20,x\nc,,1\n", "",
                "R-SUP-10 finding 2+1: annotations are no codes (0 to 5)\n");
    check_table("g,count,annotation\na,20,None\nb,,1\n", "unannotated None", "");
    /* each measure for itself */
    check_table("g,n,m,n_annotation\na,,,1\nb,30,20,\n", "count n,m",
                "R-SUP-10 finding 2: counts are blank, and no annotation column says why\n");
}

static void check_symbols(void)
{
    static const char wanted[] =
        "R-SUP-11 note 2+2: symbols stand for hidden counts, and no column describes them: the "
        "publication needs a footnote\n";

    check_table("g,count\na,S\nb,*\nc,<11\nd,50\n", "hidden S,*,<11", wanted);
    /* also where nobody said what they mean */
    check_table("g,count\na,S\nb,**\nc,<5\nd,50\n", "", wanted);
    check_table("g,count,annotation_description\na,S,small number\nb,50,\n", "hidden S", "");
    /* a text of no known meaning is neither hidden nor shown */
    check_table("g,count,paid\na,1000+,5.00\nb,50,7.00\n", "", "");
}

/* What stands beside ------------------------------------------------------------------------- */

static void check_amounts(void)
{
    check_table("g,count,annotation,rate,paid\na,,1,0.0,12.50\nb,,1,,\nc,50,,2.1,99.10\n", "",
                "R-SUP-5 finding 2: the value in column 'rate'" KEEP
                "R-SUP-4 finding 2: the amount in column 'paid'" KEEP);
    check_table("g,count,annotation,x,y\na,,1,12.50,$1\nb,50,,1.00,$2\n", "",
                "R-SUP-4 finding 2: the amount in column 'x'" KEEP
                "R-SUP-4 finding 2: the amount in column 'y'" KEEP);
    /* a mean of money is a statistic; there is no data, and so nothing is hidden */
    check_table("g,count,annotation,mean_cost\na,,1,12.50\nb,,3,1.00\n", "",
                "R-SUP-5 finding 2: the value in column 'mean_cost'" KEEP);
    /* what only looks filled */
    check_table("g,count,annotation,rate\na,,1,S\nb,,2,*\nc,,1,<11\nd,,1,N/A\ne,,1, \nf,,1,q\n",
                "hidden q", "");
    check_table("g,count,annotation,rate\na,,1,<1%\nb,,1,1.2 to 3.4\nc,,1,\"(0.1, 2)\"\n", "",
                "R-SUP-5 finding 2: the value in column 'rate'" KEEP
                "R-SUP-5 finding 3: the value in column 'rate'" KEEP
                "R-SUP-5 finding 4: the value in column 'rate'" KEEP);
}

static void check_columns_that_stay(void)
{
    struct ddg_text people = ddg_text_of("people");
    const struct ddg_list list = {&people, 1, 1};
    const struct ddg_check_options with_people = {.populations = &list};
    static const char table[] = "g,count,annotation,people\na,,1,500\nb,50,,700\n";

    check_table(table, "", "R-SUP-5 finding 2: the value in column 'people'" KEEP);
    check_table(table, "keep people", "");
    check_with(table, "", &with_people, "");
    check_table("g,count,annotation,Population,pop 2020,rate per population\na,,1,500,500,2\n", "",
                "R-SUP-5 finding 2: the value in column 'rate per population'" KEEP);
    check_table("g,count,annotation,code,year,date,footnote\na,,1,1,2020,5/4/2023,3\n", "", "");
    check_table("g,count,annotation,paid to date\na,,1,1\n", "",
                "R-SUP-4 finding 2: the amount in column 'paid to date'" KEEP);
    check_table("g,count,annotation,level\na,,1,low\nb,,1,high\nc,50,,low\n", "",
                "R-SUP-5 note 2+1: texts in column 'level' stand beside hidden counts: do they "
                "tell anything of them?\n");
}

static void check_columns_of_a_dimension(void)
{
    static const char table[] = "area,sex,count,annotation,size,kind,rate\n"
                                "A,F,,1,500,x,1\nA,M,20,,500,x,1\nA,T,30,,500,x,2\n"
                                "B,F,30,,700,y,1\nB,M,30,,700,y,1\nB,T,60,,700,y,2\n"
                                "C,F,30,,900,y,1\nC,M,30,,900,y,1\nC,T,60,,900,y,2.5\n";

    /* six repetitions confirm that size depends on the area; rate depends on nothing */
    check_table(table, "total T",
                "R-SUP-5 note 2: column 'size' is taken to tell nothing of hidden counts, since it "
                "depends on 'area' alone\n"
                "R-SUP-5 finding 2: the value in column 'rate'" KEEP);
    /* the counts depend on the area as well, so that size may be a rate of them */
    check_table("area,kind,count,annotation,size\nA,F,,1,5\nA,M,,1,5\nA,T,,1,5\n"
                "B,F,30,,7\nB,M,30,,7\nB,T,30,,7\nC,F,40,,9\nC,M,40,,9\nC,T,40,,9\n",
                "by kind",
                "R-SUP-5 finding 2: the value in column 'size'" KEEP
                "R-SUP-5 finding 3: the value in column 'size'" KEEP
                "R-SUP-5 finding 4: the value in column 'size'" KEEP);
    /* too few to tell */
    check_table("area,sex,count,annotation,size\nA,F,,1,500\nA,M,20,,500\nB,F,30,,700\n"
                "B,M,30,,700\n",
                "", "R-SUP-5 finding 2: the value in column 'size'" KEEP);
    /* the same everywhere, and so of no cell */
    check_table("g,count,annotation,n\na,,1,7\nb,30,,7\nc,40,,7\nd,30,,7\ne,30,,7\nf,30,,7\n", "",
                "");
}

static void check_measures(void)
{
    static const char table[] = "g,women,men,women_annotation,men_annotation,women_rate,rate\n"
                                "a,,,1,1,1,2\nb,,30,1,,1,2\nc,30,,,1,3,\nd,30,30,,,3,4\n";

    check_table(table, "count women,men",
                "R-SUP-5 finding 2: the value in column 'women_rate'" KEEP
                "R-SUP-5 finding 3: the value in column 'women_rate'" KEEP
                "R-SUP-5 finding 2: the value in column 'rate'" KEEP
                "R-SUP-5 note 3: column 'rate' stands beside hidden and shown counts: it may tell "
                "something of the hidden ones\n");
}

static void check_verdicts(void)
{
    static const char left[] = " is a verdict that was left in: it tells the small counts from the "
                               "others\n";
    char wanted[1024];

    snprintf(wanted, sizeof wanted,
             "R-SUP-8 finding: column 'numerator_ok'%s"
             "R-SUP-8 finding: column 'denominator_ok'%s"
             "R-SUP-8 finding: column 'score'%sR-SUP-8 finding: column 'mask'%s",
             left, left, left, left);
    check_table("g,count,annotation,numerator_ok,denominator_ok,score,mask\na,,1,0,1,14,1\n"
                "b,50,,1,1,14,0\n",
                "", wanted);
    /* other scores and masks than ours */
    check_table("g,count,score,mask\na,20,14,N95\nb,50,3,none\n", "", "");
}

/* Lines -------------------------------------------------------------------------------------- */

static void check_groups(void)
{
    const struct ddg_check_options off = {0};
    const struct ddg_check_options random = {.group_rule = true, .below = 4, .above = 4};
    static const char ten[] = "g,count,annotation\na,,1\nb,,1\nc,20,\nTotal,30,\n";

    check_table(ten, "",
                "R-SUP-6 finding 5: hidden counts add up to a small number: hide one more or the "
                "total (parts by g)\n");
    check_with(ten, "", &off, "");
    /* may be 18 in truth */
    check_with(ten, "", &random, "");
    check_table("g,count,annotation\na,,1\nb,,1\nc,20,\nTotal,31,\n", "", "");
    /* of a single hidden part the attack speaks */
    check_table("g,count,annotation\na,,1\nb,22,\nc,20,\nTotal,50,\n", "", "");
    check_table("g,count,annotation\na,,1\nb,,1\nc,20,\nTotal,,2\n", "", "");
    /* nothing is suppressed: there is no data */
    check_table("g,count,annotation\na,,3\nb,,3\nc,20,\nTotal,30,\n", "", "");
    /* nine parts of 11 in all: none can be more than 3 */
    check_table("g,count,annotation\na,,1\nb,,1\nc,,1\nd,,1\ne,,1\nf,,1\nh,,1\ni,,1\nj,,1\n"
                "Total,11,\n",
                "",
                "R-SUP-6 finding 11: hidden counts can only be 3 or less each: hide a larger one "
                "or the total (parts by g)\n");
    check_table("g,count,annotation\na,,1\nb,,1\nc,,1\nd,,1\ne,,1\nf,,1\nh,,1\ni,,1\nj,,1\n"
                "Total,12,\n",
                "", "");
    check_table("g,count,annotation\na,,1\nb,,2\nc,20,\nTotal,20,\n", "",
                "R-SUP-3 finding 5: suppressed counts can only be zeros (parts by g)\n");
}

static void check_groups_that_overlap(void)
{
    static const char note[] = "R-SUP-6 note 5: hidden counts under these totals would add up to a "
                               "small number if nobody counted twice: g=Total\n";

    check_table("g,persons,annotation\na,,1\nb,,1\nc,20,\nTotal,25,\n", "", note);
    check_table("g,count,annotation\na,,1\nb,,1\nc,20,\nTotal,25,\n", "overlapping g", note);
    check_table("g,persons,annotation\na,,1\nb,,1\nc,20,\nTotal,20,\n", "", "");
    /* parts along each dimension */
    check_table("r,c,count,annotation\na,x,,1\na,y,,1\na,Total,15,\nb,x,,1\nb,y,,1\nb,Total,90,\n"
                "Total,x,50,\nTotal,y,9,\nTotal,Total,105,\n",
                "",
                "R-SUP-1 finding 9: a small count is shown\n"
                "R-SUP-6 finding 9: hidden counts add up to a small number: hide one more or the "
                "total (parts by r)\n");
}

/* Safe Harbor -------------------------------------------------------------------------------- */

static void check_ages(void)
{
    static const char note[] = "R-SAFE-1 note 3+1: column 'Age Group': ages over 89 are not in one "
                               "category of 90 and more\n";

    check_table("Age Group,count\n85-89,20\n90-94,20\n95+,20\n", "", note);
    check_table("age,count\n0-89,20\n90+,20\nTotal,40\n", "", "");
    check_table("age,count\n[80-90),20\n[90-100),20\n", "", "");
    check_table("age,count\n88,20\n89,20\n90,20\n", "", "");
    check_table("age,count\n90,20\n91,20\n", "",
                "R-SAFE-1 note 2+1: column 'age': ages over 89 are not in one category of 90 and "
                "more\n");
    check_table("type,value,count\nage,90-94 years,20\nscore,90-94,20\n", "by type",
                "R-SAFE-1 note 2: column 'value': ages over 89 are not in one category of 90 and "
                "more\n");
    check_table("agency,percentage,count\n95,92,20\n", "", "");
}

static void check_dates(void)
{
    check_table("month,count\n2024-01,20\n2024-02,20\nTotal,40\n", "",
                "R-SAFE-1 note 2+1: column 'month': dates finer than a year\n");
    check_table("when,count\n2024Q1,20\n2024Q2,20\n", "",
                "R-SAFE-1 note 2+1: column 'when': dates finer than a year\n");
    check_table("Quarter,count\nQ1,20\nQ2,20\n", "",
                "R-SAFE-1 note 2+1: column 'Quarter': dates finer than a year\n");
    check_table("income quartile,count\nQ1,20\nQ2,20\n", "", "");
    check_table("year,count\n2010-11,20\n2011-12,20\nFY2021,20\n2021,30\n", "", "");
    check_table("year,count\n2010-10,20\n2010-11,20\n", "",
                "R-SAFE-1 note 2+1: column 'year': dates finer than a year\n");
    check_table("data as of,End Date,g,count\n9/27/2023,9/23/2023,a,20\n9/27/2023,9/23/2023,b,20\n",
                "", "");
    check_table("End Date,g,count\n9/23/2023,a,20\n9/30/2023,b,20\n", "",
                "R-SAFE-1 note 2+1: column 'End Date': dates finer than a year\n");
    check_table("g,count,Date_of_Data\na,20,5/4/2023\nb,20,5/5/2023\n", "", "");
}

static void check_places(void)
{
    check_table("county,count\nx,20\n", "", COUNTY);
    check_table("County Type,FIPS State,count\nrural,06,20\n", "", "");
    check_table("zip,count\n94203,20\n", "",
                "R-SAFE-1 note: column 'zip': ZIP codes of five digits\n");
    check_table("ZIP3,count\n942,20\n", "",
                "R-SAFE-1 note: column 'ZIP3': ZIP codes; those of three digits need more than "
                "20,000 people each, else 000\n");
    check_table("Geography,count\nState,90\nAlpine,20\nKern County,20\nORANGE,50\n", "",
                "R-SAFE-1 note: column 'Geography': places smaller than a state: no Safe Harbor, "
                "so an expert has to sign\n");
    check_table("fruit,count\nOrange,20\nLake,20\nPear,50\n", "", "");
}

static void check_identifiers(void)
{
    check_table("patient_nbr,count\n1,20\n", "",
                "R-SAFE-1 finding: column 'patient_nbr': named like numbers of persons or their "
                "records\n");
    check_table("g,count,Contact\na,20,123-45-6789\nb,20,\nc,30,123-45-6780\n", "",
                "R-SAFE-1 finding: column 'Contact': its values look like social security "
                "numbers\n");
    check_table("name,count\n\"Doe, Jane\",20\nJohn Q Public,20\n", "",
                "R-SAFE-1 finding: column 'name': named like names of persons\n");
    check_table("name,count\nAspirin,20\nIbuprofen,20\n", "",
                "R-SAFE-1 note: column 'name': names: of persons?\n");
    check_table("Plan Name,number of patients,count\nX,20,30\n", "", "");
    /* those of facilities are no persons', but a patient is one everywhere */
    check_table("Hospital,count,Address,Phone,Patient ID\nX,20,1 A St,555,7\n", "",
                "R-SAFE-1 note: column 'Address': named like addresses: of persons?\n"
                "R-SAFE-1 note: column 'Phone': named like telephone numbers: of persons?\n"
                "R-SAFE-1 finding: column 'Patient ID': named like numbers of persons or their "
                "records\n");
    check_table("g,count,Address\nX,20,1 A St\n", "",
                "R-SAFE-1 finding: column 'Address': named like addresses\n");
    /* a publisher's address, and columns of nothing */
    check_table("g,count,source,ssn,\na,20,https://example.org,,\nb,20,https://example.org,,\n", "",
                "");
}

static void check_identifier_names(void)
{
    static const struct {
        const char *name, *what;
    } cases[] = {
        {"Patient ID", "numbers of persons or their records"},
        {"MemberNo", "numbers of persons or their records"},
        {"device identifier", "numbers of accounts, licenses or devices"},
        {"SSN", "social security numbers"},
        {"E-mail", "e-mail addresses"},
        {"last_name", "names of persons"},
        {"MRN", "medical record numbers"},
        {"IPAddress", "IP addresses"},
        {"Street Address", "addresses"},
        {"Date of Birth", "birth dates"},
        {"Cell phone", "telephone numbers"},
        {"County Name", NULL},
        {"persons", NULL},
        {"License Type", NULL},
        {"IP visits", NULL},
        {"Number of members", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[DDG_WORDS_ROOM];
        struct ddg_identifier found;
        bool any;

        ddg_words_of(ddg_text_of(cases[i].name), words);
        any = ddg_identifier_by_name(words, &found);
        CHECK_TEXT(any ? found.what : "", cases[i].what ? cases[i].what : "");
    }
}

static void check_identifier_values(void)
{
    static const struct {
        const char *first, *second, *what;
    } cases[] = {
        {"(916) 555-0100", "(916) 555-0101", "telephone numbers"},
        {"916-555-0100", "916-555-0101", "telephone numbers"},
        {"a@b.org", "c.d@e.org", "e-mail addresses"},
        {"https://a.org", "www.b.org", "internet addresses"},
        {"https://a.org", "https://b.org", "internet addresses"},
        {"10.0.0.1", "192.168.255.1", "IP addresses"},
        {"10.0.0.256", "10.0.0.1", NULL},
        {"1.2.3.", "1.2.3.4", NULL},
        {"1.2.3.4.5", "1.2.3.4", NULL},
        {"a @b.org", "a@b.org", NULL},
        {"916-555-0100", "none", NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_table t;
        char text[256];
        struct ddg_identifier found;
        bool any;

        snprintf(text, sizeof text, "x,count\n%s,20\n%s,20\nTotal,40\n", cases[i].first,
                 cases[i].second);
        CHECK(!small_table_read(&t, DDG_AUDIT, text, ""));
        any = ddg_identifier_by_values(&t.table, 0, ddg_text_of("Total"), &found);
        CHECK_TEXT(any ? found.what : "", cases[i].what ? cases[i].what : "");
        small_table_free(&t);
    }
}

/* Looks -------------------------------------------------------------------------------------- */

static void check_words(void)
{
    static const char *const cases[][2] = {
        {"patient_nbr", " patient nbr "},
        {"BirthDate", " birth date "},
        {"IPAddress", " ip address "},
        {"zip5", " zip 5 "},
        {"  A--b ", " a b "},
        {"", " "},
        {"Año", " año "},
        {"SSN", " ssn "},
    };
    static const char *const known[] = {"years", "to", NULL};
    char words[DDG_WORDS_ROOM], name[1000];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ddg_words_of(ddg_text_of(cases[i][0]), words);
        CHECK_TEXT(words, cases[i][1]);
    }
    CHECK(ddg_words_have(" mean age ", "age") && !ddg_words_have(" average ", "age"));
    CHECK(!ddg_words_have(" ages ", "age") && !ddg_words_have(" ", "age"));
    CHECK(ddg_words_are_all(" 18 to 44 years ", known) && ddg_words_are_all(" ", known));
    CHECK(!ddg_words_are_all(" 18 to 44 year ", known) && !ddg_words_are_all(" t ", known));
    CHECK(!ddg_words_are_all(" 18 total ", known) && !ddg_words_are_all(" to years old ", known));
    memset(name, 'x', sizeof name);
    ddg_words_of((struct ddg_text){name, sizeof name}, words);
    CHECK(strlen(words) < DDG_WORDS_ROOM && words[strlen(words) - 1] == ' ');
}

static void check_numbers(void)
{
    static const char *const numbers[] = {
        "0",          "0.0",        "-1.5",   "$1,200.00", "12%", "<1%",       "1.2-3.4",
        "(1.2, 3.4)", "1.2 to 3.4", "1.5e-3", "5 per 100", "€5",  "1000-1200", NULL};
    static const char *const texts[] = {"",   "F",          "CDO-23-0670", "5/4/2023", "2024-03-01",
                                        "Q1", "10/17/2025", "rural",       "-",        NULL};

    for (const char *const *at = numbers; *at; at++)
        if (!CHECK(ddg_text_is_number(ddg_text_of(*at))))
            printf("  %s\n", *at);
    for (const char *const *at = texts; *at; at++)
        if (!CHECK(!ddg_text_is_number(ddg_text_of(*at))))
            printf("  %s\n", *at);
    CHECK(ddg_text_is_mask(ddg_text_of("< 11"), 11) && !ddg_text_is_mask(ddg_text_of("<10"), 11));
    CHECK(ddg_text_is_mask(ddg_text_of(" Suppressed "), 11));
}

static void check_age_labels(void)
{
    static const struct {
        const char *label;
        bool is_age;
        uint32_t low, high;
        bool fine;
    } cases[] = {
        {"90-94", true, 90, 94, true},
        {"95+", true, 95, UINT32_MAX, true},
        {"92", true, 92, 92, true},
        {"90+", true, 90, UINT32_MAX, false},
        {"85 and over", true, 85, UINT32_MAX, false},
        {"over 89", true, 90, UINT32_MAX, false},
        {">= 90", true, 90, UINT32_MAX, false},
        {"> 90", true, 91, UINT32_MAX, true},
        {"85-94", true, 85, 94, true},
        {"[80-90)", true, 80, 89, false},
        {"[90-100)", true, 90, 99, false},
        {"(80,90]", true, 81, 90, true},
        {"80-<90", true, 80, 89, false},
        {"80 to under 90", true, 80, 89, false},
        {"up to 94", true, 0, 94, true},
        {"\xe2\x89\xa5 90", true, 90, UINT32_MAX, false},
        {"\xe2\x89\xa4 94", true, 0, 94, true},
        {"no more than 5", false, 0, 0, false},
        {"1-11m", false, 0, 0, false},
        {"0-<0", false, 0, 0, false},
        {"90 to 120", true, 90, 120, false},
        {"<90", true, 0, 89, false},
        {"under 18", true, 0, 17, false},
        {"Age 0 - 17", true, 0, 17, false},
        {"100 or older", true, 100, UINT32_MAX, true},
        {"Group 3: 90-94", true, 90, 94, true},
        {"0-99", true, 0, 99, false},
        {"0-11 months", false, 0, 0, false},
        {"2020", false, 0, 0, false},
        {"Unknown", false, 0, 0, false},
        {"94-90", false, 0, 0, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ddg_age_range range = {0, 0};
        bool good = ddg_age_label_read(ddg_text_of(cases[i].label), &range) == cases[i].is_age;

        if (cases[i].is_age)
            good = good && range.low == cases[i].low && range.high == cases[i].high &&
                   ddg_age_range_is_fine(&range) == cases[i].fine;
        if (!CHECK(good))
            printf("  %s: %u to %u\n", cases[i].label, range.low, range.high);
    }
}

static void check_date_labels(void)
{
    static const struct {
        const char *label;
        enum ddg_date_label date;
    } cases[] = {
        {"2024-03-15", DDG_DATE_FULL},
        {"3/5/2024", DDG_DATE_FULL},
        {"2024-03", DDG_DATE_PART},
        {"2010-11", DDG_DATE_YEARS},
        {"2020-21", DDG_DATE_YEARS},
        {"2020-30", DDG_DATE_NONE},
        {"03/2024", DDG_DATE_PART},
        {"2024Q1", DDG_DATE_PART},
        {"Q3 2024", DDG_DATE_PART},
        {"FY2021 Q2", DDG_DATE_PART},
        {"Q1", DDG_DATE_MAYBE},
        {"March", DDG_DATE_PART},
        {"Mar-24", DDG_DATE_PART},
        {"Jan - June 2024", DDG_DATE_PART},
        {"2024 H1", DDG_DATE_PART},
        {"12", DDG_DATE_MAYBE},
        {"54", DDG_DATE_NONE},
        {"202403", DDG_DATE_MAYBE},
        {"2024", DDG_DATE_NONE},
        {"FY2021", DDG_DATE_NONE},
        {"2020-2024", DDG_DATE_NONE},
        {"H1N1", DDG_DATE_NONE},
        {"March of Dimes", DDG_DATE_NONE},
        {"Marin", DDG_DATE_NONE},
        {"", DDG_DATE_NONE},
        {"1st quarter 2024", DDG_DATE_PART},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (!CHECK(ddg_date_label_read(ddg_text_of(cases[i].label)) == cases[i].date))
            printf("  %s\n", cases[i].label);
}

/* Values stay out of what is said, and names cannot drive a terminal. */
static void check_silence(void)
{
    check_table("g,count,annotation,\"ra\033te\"\nsecret,,1,47.11\nother,4711,,1\n", "",
                "R-SUP-5 finding 2: the value in column 'ra?te'" KEEP);
    check_table("g,count\n", "", "");
}

int main(void)
{
    check_small_counts();
    check_annotations();
    check_symbols();
    check_amounts();
    check_columns_that_stay();
    check_columns_of_a_dimension();
    check_measures();
    check_verdicts();
    check_groups();
    check_groups_that_overlap();
    check_ages();
    check_dates();
    check_places();
    check_identifiers();
    check_identifier_names();
    check_identifier_values();
    check_words();
    check_numbers();
    check_age_labels();
    check_date_labels();
    check_silence();
    return check_result();
}
