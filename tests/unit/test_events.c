/*
 * Persons and their events in one table (--events): what ddg-audit finds is what going through all
 * numbers finds.
 */
#include "small_table.h"

#include "attack/audit.h"

enum { ROWS = 4, MEASURES = 2, MOST = 14, TEXT_ROOM = 1024 };

/* Three categories and their total, of persons and of their events; what is hidden has code 1 and
 * is 1 or more. */
struct sample {
    uint64_t value[MEASURES][ROWS];
    bool hidden[MEASURES][ROWS];
    bool seen[MEASURES][ROWS][3 * MOST + 1]; /* values in tables that fit */
    char text[TEXT_ROOM];
};

static void write_sample(struct sample *s)
{
    static const char *const label[ROWS] = {"a", "b", "c", "Total"};
    char *at =
        s->text + sprintf(s->text, "g,clients,visits,clients_annotation,visits_annotation\n");

    for (int row = 0; row < ROWS; row++) {
        at += sprintf(at, "%s", label[row]);
        for (int m = 0; m < MEASURES; m++)
            at += s->hidden[m][row] ? sprintf(at, ",") : sprintf(at, ",%d", (int)s->value[m][row]);
        for (int m = 0; m < MEASURES; m++)
            at += sprintf(at, s->hidden[m][row] ? ",1" : ",");
        at += sprintf(at, "\n");
    }
}

static void make_sample(struct sample *s, uint64_t *random)
{
    *s = (struct sample){0};
    for (int row = 0; row + 1 < ROWS; row++) {
        uint64_t persons = check_random(random) % 6;

        s->value[0][row] = persons;
        s->value[1][row] = persons == 0 ? 0 : persons + check_random(random) % 3;
    }
    for (int m = 0; m < MEASURES; m++)
        for (int row = 0; row < ROWS; row++) {
            if (row + 1 < ROWS)
                s->value[m][ROWS - 1] += s->value[m][row];
            s->hidden[m][row] = s->value[m][row] > 0 && check_random(random) % 5 < 3;
        }
    write_sample(s);
}

static bool fits(const struct sample *s, int m, const uint64_t *value)
{
    if (value[0] + value[1] + value[2] != value[3])
        return false;
    for (int row = 0; row < ROWS; row++)
        if (s->hidden[m][row] ? value[row] == 0 : value[row] != s->value[m][row])
            return false;
    return true;
}

/* The parts of one measure that fit what is shown of it, one list for each. */
static size_t list(const struct sample *s, int m, uint64_t (*value)[ROWS])
{
    size_t count = 0;

    for (uint64_t a = 0; a <= MOST; a++)
        for (uint64_t b = 0; b <= MOST; b++)
            for (uint64_t c = 0; c <= MOST; c++) {
                const uint64_t here[ROWS] = {a, b, c, a + b + c};

                if (fits(s, m, here))
                    memcpy(value[count++], here, sizeof here);
            }
    return count;
}

static bool belong(const uint64_t *persons, const uint64_t *events)
{
    for (int row = 0; row < ROWS; row++)
        if (persons[row] > events[row] || (persons[row] == 0) != (events[row] == 0))
            return false;
    return true;
}

static void enumerate(struct sample *s)
{
    static uint64_t value[MEASURES][(MOST + 1) * (MOST + 1) * (MOST + 1)][ROWS];
    size_t count[MEASURES];

    for (int m = 0; m < MEASURES; m++)
        count[m] = list(s, m, value[m]);
    for (size_t i = 0; i < count[0]; i++)
        for (size_t j = 0; j < count[1]; j++)
            for (int row = 0; belong(value[0][i], value[1][j]) && row < ROWS; row++) {
                s->seen[0][row][value[0][i][row]] = true;
                s->seen[1][row][value[1][j][row]] = true;
            }
}

/* Values that the audit leaves are those that were seen; tables that go beyond what was gone
 * through have no largest one. */
static void compare(const struct sample *s, const struct ddg_audit *audit, int *narrow)
{
    for (size_t i = 0; i < audit->findings; i++) {
        const struct ddg_finding *f = &audit->finding[i];
        const bool *seen = s->seen[f->measure][f->cell];
        int low = 0, high = 3 * MOST, values = 0;

        if (f->cell >= ROWS)
            continue;
        while (low < high && !seen[low])
            low++;
        while (high > low && !seen[high])
            high--;
        for (int value = low; value <= high; value++)
            values += seen[value];
        if (high < MOST) {
            CHECK(f->answer.low == low && f->answer.high == high);
            CHECK((f->answer.verdict == DDG_VERDICT_RECOVERED) == (values == 1));
            *narrow += values < 3;
        } else {
            CHECK(f->answer.low == low);
        }
    }
}

static bool audit_sample(const struct sample *s, const char *said, struct ddg_audit *audit,
                         void (*then)(const struct sample *, const struct ddg_audit *, int *),
                         int *narrow)
{
    struct small_table t = {0};
    struct ddg_knowledge knowledge;
    struct ddg_releases releases = {0};
    const struct ddg_audit_options options = {.knowledge = &knowledge,
                                              .decide = {.threads = 1, .intervals = true}};
    const char *paths[] = {t.path};
    enum ddg_error error;

    ddg_description_init(&t.description, DDG_AUDIT);
    ddg_knowledge_init(&knowledge);
    small_file(t.path, s->text);
    CHECK(!small_options(&t, "count clients,visits"));
    for (int i = 0; i < 2; i++) {
        const char *const option[] = {"knows", "events"}, *const value[] = {"zeros", said};

        if (value[i])
            CHECK(!ddg_knowledge_set(&knowledge, small_option(ddg_knowledge_options, option[i]),
                                     value[i], &t.context));
    }
    error = ddg_releases_read(&releases, &t.description, paths, 1, &knowledge, &t.context);
    if (!error)
        error = ddg_audit_run(audit, &releases, &options, &t.context);
    if (!error && then)
        then(s, audit, narrow);
    ddg_audit_free(audit);
    ddg_releases_free(&releases);
    ddg_knowledge_free(&knowledge);
    ddg_description_free(&t.description);
    unlink(t.path);
    return !error;
}

static void check_all_tables(void)
{
    uint64_t random = 7;
    int tables = check_quickly() ? 60 : 400, narrow = 0;

    for (int i = 0; i < tables; i++) {
        struct ddg_audit audit = {0};
        struct sample s;

        make_sample(&s, &random);
        enumerate(&s);
        if (!CHECK(audit_sample(&s, "clients:visits", &audit, compare, &narrow)))
            printf("%s", s.text);
    }
    /* the tables are no easy ones */
    CHECK(narrow > tables / 4);
}

static void check_contradictions(void)
{
    static const char hidden[] = "g,clients,visits,clients_annotation,visits_annotation\n"
                                 "a,,11,1,\nb,20,,,1\nTotal,32,30,,\n";
    static const char *const texts[] = {"g,clients,visits\na,12,11\n", "g,clients,visits\na,0,11\n",
                                        hidden};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ddg_audit audit = {0};
        struct sample s = {0};

        snprintf(s.text, sizeof s.text, "%s", texts[i]);
        CHECK(!audit_sample(&s, "clients:visits", &audit, NULL, NULL));
        CHECK(!audit_sample(&s, "clients:stays", &audit, NULL, NULL));
    }
}

int main(void)
{
    check_all_tables();
    check_contradictions();
    return check_result();
}
