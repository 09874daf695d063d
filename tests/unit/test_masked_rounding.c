/*
 * Rounding a masked table narrows nothing that was masked: by going through all tables.
 */
#include "small_table.h"

#include "round/controlled.h"
#include "round/rounding.h"

enum { INNER = 4, CELLS = 9, VALUES = 8, METHODS = 5, CONTROLLED = METHODS - 1 };

/* A table of two by two, then the totals of its lines and of all. */
struct masked {
    uint64_t count[CELLS], rounded[CELLS];
    bool hidden[CELLS];
};

static void add_up(uint64_t count[CELLS])
{
    count[4] = count[0] + count[1];
    count[5] = count[2] + count[3];
    count[6] = count[0] + count[2];
    count[7] = count[1] + count[3];
    count[8] = count[4] + count[5];
}

static void make_masked(struct masked *m, uint64_t *random)
{
    for (size_t i = 0; i < INNER; i++)
        m->count[i] = 1 + check_random(random) % (VALUES - 1);
    add_up(m->count);
    for (size_t i = 0; i < CELLS; i++)
        m->hidden[i] = check_random(random) % 4 < (i < INNER ? 3 : 1);
}

static void write_masked(const struct masked *m, char *text)
{
    static const char *const labels[CELLS] = {
        "a,x", "a,y", "b,x", "b,y", "a,Total", "b,Total", "Total,x", "Total,y", "Total,Total"};

    text += sprintf(text, "g,h,count,annotation\n");
    for (size_t i = 0; i < CELLS; i++)
        text += m->hidden[i]
                    ? sprintf(text, "%s,,1\n", labels[i])
                    : sprintf(text, "%s,%llu,\n", labels[i], (unsigned long long)m->count[i]);
}

static void round_controlled(struct masked *m, uint64_t base)
{
    char text[512];
    struct small_table small;
    struct ddg_shown shown = {0};
    struct ddg_strays strays = {0};
    enum ddg_error error;

    write_masked(m, text);
    error = small_table_read(&small, DDG_ROUND, text, "");
    if (!error)
        error = ddg_shown_read(&shown, &small.model, 0, &small.description, &small.context);
    if (!error)
        error = ddg_round_controlled(&shown, base, 0, NULL, m->rounded, &strays, &small.context);
    CHECK(!error && strays.counts == 0);
    ddg_shown_free(&shown);
    small_table_free(&small);
}

static void round_by(struct masked *m, int method, uint64_t base, uint64_t *random)
{
    if (method == CONTROLLED) {
        round_controlled(m, base);
        return;
    }
    for (size_t i = 0; i < CELLS; i++)
        CHECK(ddg_round((enum ddg_method)method, m->count[i], base, check_random(random) % base,
                        &m->rounded[i]));
}

/* Could a count have been rounded to this? */
static bool rounds_to(int method, uint64_t base, uint64_t count, uint64_t rounded)
{
    switch (method) {
    case DDG_METHOD_NEAREST:
        return (2 * count + base) / (2 * base) * base == rounded;
    case DDG_METHOD_UP:
        return count <= rounded && rounded < count + base;
    case DDG_METHOD_DOWN:
        return rounded <= count && count < rounded + base;
    default:
        return count < rounded + base && rounded < count + base;
    }
}

/* Values that each cell has in tables that fit: what is masked, and what is rounded then. */
struct seen {
    bool masked[CELLS][4 * VALUES], rounded[CELLS][4 * VALUES];
};

static void see(struct seen *seen, const struct masked *m, int method, uint64_t base,
                const uint64_t count[CELLS])
{
    bool fits_masked = true, fits_rounded = true;

    for (size_t i = 0; i < CELLS; i++) {
        fits_masked = fits_masked && (m->hidden[i] ? count[i] > 0 : count[i] == m->count[i]);
        fits_rounded =
            fits_rounded &&
            (m->hidden[i] ? count[i] > 0 : rounds_to(method, base, count[i], m->rounded[i]));
    }
    for (size_t i = 0; i < CELLS; i++) {
        seen->masked[i][count[i]] = seen->masked[i][count[i]] || fits_masked;
        seen->rounded[i][count[i]] = seen->rounded[i][count[i]] || fits_rounded;
    }
}

static void check_not_narrowed(const struct masked *m, int method, uint64_t base)
{
    struct seen seen = {0};
    uint64_t count[CELLS];

    for (uint32_t n = 0; n < VALUES * VALUES * VALUES * VALUES; n++) {
        uint32_t rest = n;

        for (size_t i = 0; i < INNER; i++, rest /= VALUES)
            count[i] = rest % VALUES;
        add_up(count);
        see(&seen, m, method, base, count);
    }
    for (size_t i = 0; i < CELLS; i++) {
        CHECK(seen.masked[i][m->count[i]]);
        for (size_t value = 0; value < 4 * VALUES; value++)
            CHECK(!m->hidden[i] || !seen.masked[i][value] || seen.rounded[i][value]);
    }
}

int main(void)
{
    int tables = check_quickly() ? 2 : 60;
    uint64_t random = 21;

    for (int i = 0; i < tables; i++) {
        uint64_t base = 2 + check_random(&random) % 6;
        struct masked m;

        make_masked(&m, &random);
        for (int method = 0; method < METHODS; method++) {
            round_by(&m, method, base, &random);
            check_not_narrowed(&m, method, base);
        }
    }
    return check_result();
}
