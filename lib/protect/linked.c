#include "protect/linked.h"

#include <stdlib.h>

/* Columns that are tried: of more, pairs take longer than they are worth. */
enum { MEASURES_MOST = 24 };

/* True where an equation has the parts on one side and the sum on the other. */
static bool is_said(const struct ddg_linked *l, uint32_t parts, size_t sum,
                    const struct ddg_equation *equation)
{
    uint32_t side[2] = {0, 0};

    for (size_t term = 0; term < equation->terms; term++)
        for (size_t i = 0; i < l->measures; i++)
            if (ddg_text_equal(equation->name[term], l->name[i]))
                side[equation->factor[term] > 0] |= 1U << i;
    return (side[0] == parts && side[1] == 1U << sum) || (side[1] == parts && side[0] == 1U << sum);
}

static void add_link(struct ddg_linked *l, uint32_t parts, size_t sum,
                     const struct ddg_equation *equation, size_t equations)
{
    for (size_t i = 0; i < equations; i++)
        if (is_said(l, parts, sum, &equation[i]))
            return;
    l->link[l->links++] = (struct ddg_link){.parts = parts, .sum = (uint32_t)sum};
}

enum ddg_error ddg_linked_init(struct ddg_linked *l, const struct ddg_table *table,
                               const struct ddg_equation *equation, size_t equations,
                               struct ddg_context *context)
{
    size_t measures = table->measures;
    enum ddg_error error;

    *l = (struct ddg_linked){.measures = measures};
    if (measures < 3 || measures > MEASURES_MOST)
        return DDG_OK;
    if ((error = ddg_allocate(&l->name, measures, sizeof *l->name, context)))
        return error;
    for (size_t i = 0; i < measures; i++)
        l->name[i] = table->name[table->measure[i].count];
    error = ddg_allocate(&l->link, measures * (measures * measures + 1), sizeof *l->link, context);
    for (size_t sum = 0; !error && sum < measures; sum++) {
        for (size_t i = 0; i < measures; i++)
            for (size_t j = i + 1; j < measures; j++)
                if (i != sum && j != sum)
                    add_link(l, 1U << i | 1U << j, sum, equation, equations);
        if (measures > 3)
            add_link(l, ((1U << measures) - 1) & ~(1U << sum), sum, equation, equations);
    }
    return error;
}

/* Compares the columns wherever all are known. */
static void look(struct ddg_link *link, const struct ddg_model *model,
                 const struct ddg_truth *truth)
{
    for (uint32_t row = 0; !link->broken && row < model->printed; row++) {
        uint64_t low = truth[link->sum].low[row];
        bool known = low == truth[link->sum].high[row];
        unsigned __int128 all = 0;

        for (size_t i = 0; i < model->table->measures; i++) {
            if (!(link->parts >> i & 1))
                continue;
            known = known && truth[i].low[row] == truth[i].high[row];
            all += truth[i].low[row];
        }
        link->broken = known && all != low;
        for (size_t i = 0; known && i < model->table->measures; i++)
            if (link->parts >> i & 1 && truth[i].low[row] > 0)
                link->counting |= 1U << i;
    }
}

void ddg_linked_add(struct ddg_linked *l, const struct ddg_model *model,
                    const struct ddg_truth *truth)
{
    for (size_t i = 0; i < l->links; i++)
        look(&l->link[i], model, truth);
}

static void say(const struct ddg_link *link, const struct ddg_text *name, size_t measures,
                struct ddg_prose *prose)
{
    const char *before = "' is, in every row, the sum of '";

    ddg_prose_say(prose, "ddg-suppress: note: '");
    ddg_prose_add(prose, name[link->sum]);
    for (size_t i = 0; i < measures; i++) {
        if (!(link->parts >> i & 1))
            continue;
        ddg_prose_say(prose, before);
        ddg_prose_add(prose, name[i]);
        before = "' and '";
    }
    ddg_prose_say(prose, "': each column is protected by itself, and these give each other away; "
                         "--equation says so, and they are protected together\n");
}

void ddg_linked_say(const struct ddg_linked *l, struct ddg_prose *prose)
{
    for (size_t i = 0; i < l->links; i++)
        if (!l->link[i].broken && l->link[i].counting == l->link[i].parts)
            say(&l->link[i], l->name, l->measures, prose);
}

void ddg_linked_free(struct ddg_linked *l)
{
    free(l->link);
    free(l->name);
    *l = (struct ddg_linked){0};
}
