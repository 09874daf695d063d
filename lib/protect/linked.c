#include "protect/linked.h"

/* Columns that are tried: of more, pairs take longer than they are worth. */
enum { MEASURES_MOST = 24 };

struct linking {
    struct ddg_prose *prose;
    const struct ddg_model *model;
    const struct ddg_truth *truth;
};

/* True where the columns `parts`, a bit for each, add up to another wherever all are known, and
 * two of them count something somewhere: a column beside zeros is its own sum. */
static bool adds_up(const struct linking *l, uint32_t parts, size_t sum)
{
    uint32_t counting = 0;

    for (uint32_t row = 0; row < l->model->printed; row++) {
        unsigned __int128 all = 0;
        bool known = l->truth[sum].low[row] == l->truth[sum].high[row];

        for (size_t i = 0; i < l->model->table->measures; i++) {
            if (!(parts >> i & 1))
                continue;
            known = known && l->truth[i].low[row] == l->truth[i].high[row];
            all += l->truth[i].low[row];
        }
        if (known && all != l->truth[sum].low[row])
            return false;
        for (size_t i = 0; known && i < l->model->table->measures; i++)
            if (parts >> i & 1 && l->truth[i].low[row] > 0)
                counting |= 1U << i;
    }
    return counting == parts;
}

static void say(const struct linking *l, uint32_t parts, size_t sum)
{
    const struct ddg_table *t = l->model->table;
    const char *before = "' is, in every row, the sum of '";

    ddg_prose_say(l->prose, "ddg-suppress: note: '");
    ddg_prose_add(l->prose, t->name[t->measure[sum].count]);
    for (size_t i = 0; i < t->measures; i++) {
        if (!(parts >> i & 1))
            continue;
        ddg_prose_say(l->prose, before);
        ddg_prose_add(l->prose, t->name[t->measure[i].count]);
        before = "' and '";
    }
    ddg_prose_say(l->prose,
                  "': each column is protected by itself, and these give each other away; put them "
                  "into one column, and a dimension that says which, with the sum as its total\n");
}

void ddg_linked_note(struct ddg_prose *prose, const struct ddg_model *model,
                     const struct ddg_truth *truth)
{
    const struct linking l = {prose, model, truth};
    size_t measures = model->table->measures;

    if (measures < 3 || measures > MEASURES_MOST)
        return;
    for (size_t sum = 0; sum < measures; sum++) {
        uint32_t others = ((1U << measures) - 1) & ~(1U << sum);

        for (size_t i = 0; i < measures; i++)
            for (size_t j = i + 1; j < measures; j++)
                if (i != sum && j != sum && adds_up(&l, 1U << i | 1U << j, sum))
                    say(&l, 1U << i | 1U << j, sum);
        if (measures > 3 && adds_up(&l, others, sum))
            say(&l, others, sum);
    }
}
