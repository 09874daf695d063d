/*
 * Teams: both members end with the same mask, whole and proven, whether there are threads or not.
 */
/* RTLD_NEXT */
#define _GNU_SOURCE

#include "masked_table.h"

#include "protect/complete.h"
#include "protect/spare.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>

static const struct ddg_efforts efforts = {
    .none = {.chains = 2, .dives = 10},
    .some = {.chains = 2, .dives = 4, .paid_dives = 4},
    .sparing = {.chains = 1, .dives = 2, .paid_dives = 2},
};

/* Threads that can be denied to the library ------------------------------------------------------
 */

static bool denied;
static unsigned long created;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *data)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");

    if (denied)
        return EAGAIN;
    created++;
    memcpy(&real, &symbol, sizeof real);
    return real(thread, attributes, run, data);
}

/* Tables ----------------------------------------------------------------------------------------
 */

enum { ROWS = 9, COLUMNS = 5, LAYERS = 3, MOST_MASK = (ROWS + 1) * (COLUMNS + 1) * (LAYERS + 1) };

static void make_mask(struct masked *m, enum ddg_knows knows, uint64_t *state)
{
    static const uint64_t most[] = {1, 8, 15, 40, 200};
    char text[8192], *at = text + sprintf(text, "r,c,l,count\n");

    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++)
            for (int l = 0; l < LAYERS; l++)
                at += sprintf(
                    at, "r%d,c%d,l%d,%llu\n", r, c, l,
                    (unsigned long long)(check_random(state) % most[check_random(state) % 5]));
    CHECK(!mask_text(m, text, "totals add", knows));
    CHECK(m->mask.model->cells <= MOST_MASK);
}

/* What became of a mask. */
struct outcome {
    enum ddg_error error;
    uint64_t completed, lost;
    uint8_t kind[MOST_MASK];
};

static void protect(struct masked *m, bool group_rule, struct outcome *outcome)
{
    struct ddg_context *context = &m->t.context;
    struct ddg_search s;
    struct ddg_team team = {0};

    CHECK(!ddg_search_init(&s, &m->mask, group_rule, context));
    outcome->error = ddg_complete(&s, &efforts);
    CHECK(!ddg_team_init(&team, &s, 2));
    outcome->completed = m->mask.lost;
    if (!outcome->error && m->mask.complementary > 0) {
        CHECK(!ddg_spare(&team, &efforts.sparing, 300000));
        CHECK(!ddg_witnesses_check(&s.witnesses, context));
        CHECK(!ddg_witnesses_check(&team.second.witnesses, context));
        CHECK(memcmp(m->mask.kind, team.mask.kind, m->mask.model->cells) == 0);
        CHECK(m->mask.lost == team.mask.lost && m->mask.complementary == team.mask.complementary);
    }
    outcome->lost = m->mask.lost;
    memcpy(outcome->kind, m->mask.kind, m->mask.model->cells);
    ddg_team_free(&team);
    ddg_search_free(&s);
}

static void check_teams(int tables)
{
    uint64_t state = 29;
    unsigned long spared = 0;

    for (int i = 0; i < tables; i++) {
        const struct ddg_mask_policy policy = usual_policy((enum ddg_knows)(i % 4));
        struct outcome one, other;
        struct masked m;

        make_mask(&m, policy.knows, &state);
        denied = false;
        protect(&m, i % 3 == 0, &one);
        denied = true;
        CHECK(!mask_again(&m, &policy));
        protect(&m, i % 3 == 0, &other);
        CHECK(one.error == other.error && one.lost == other.lost);
        CHECK(memcmp(one.kind, other.kind, m.mask.model->cells) == 0);
        spared += one.lost < one.completed;
        masked_free(&m);
    }
    printf("teams: %lu threads, less is lost in %lu of %d tables\n", created, spared, tables);
    CHECK(created > 0 && spared > 0);
}

int main(void)
{
    check_teams(check_quickly() ? 2 : 24);
    return check_result();
}
