#include "table/misnamed.h"

#include "table/total_name.h"

#include <stdlib.h>

/* So many lines do not add up like this by chance. */
enum { SURE_LINES = 3 };

/* What a total may count beyond its parts, where some are left out: one in so many, and these. */
enum { MORE_OF = 20, MORE_AT_LEAST = 10 };

/* What is known of the labels of a column. */
struct looking {
    const struct ddg_model *model;
    const struct ddg_figures *figures;
    size_t place, level; /* the dimension of the model, and the level of the column */
    struct ddg_names label;
    struct candidate {
        uint32_t cell;      /* that has it */
        uint32_t lines;     /* in which it can be what the others add up to, */
        uint32_t confirmed; /* and in which it is: all of them are known */
        uint32_t nearly;    /* and in which it is a few more, */
        uint32_t more;      /* which the first such cell is */
        bool several;       /* of which some has two others that count something */
    } * candidate;
    size_t room;
    uint32_t lines; /* that count something */
    bool loose;     /* parts may overlap in one of them */
};

/* Lines --------------------------------------------------------------------------------------- */

static struct ddg_text label_of(const struct looking *l, uint32_t cell)
{
    return ddg_dimension_label(&l->model->dimension[l->place],
                               ddg_model_category(l->model, cell, l->place), l->level);
}

static bool is_total(const struct looking *l, uint32_t cell)
{
    return ddg_text_equal(label_of(l, cell), l->model->dimension[l->place].level[l->level].total);
}

/* True for a line whose parts, several, are told apart by the column. */
static bool concerns(const struct looking *l, uint32_t line)
{
    const struct ddg_model *m = l->model;
    size_t start = m->line_start[line];

    if (m->line_dimension[line] != l->place || m->line_start[line + 1] - start < 3 ||
        !is_total(l, m->line_cell[start]))
        return false;
    for (size_t i = start + 1; i < m->line_start[line + 1]; i++)
        if (is_total(l, m->line_cell[i]))
            return false;
    return true;
}

/* What the parts of a line count, all together, and how many count something for certain. */
struct sums {
    unsigned __int128 low, high;
    uint64_t largest, second; /* of the parts, at the least */
    uint32_t counting;
    bool known; /* all of them are */
};

static struct sums add_parts(const struct looking *l, uint32_t line)
{
    const struct ddg_model *m = l->model;
    struct sums sums = {.known = true};

    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        uint64_t low = l->figures->low[m->line_cell[i]], high = l->figures->high[m->line_cell[i]];

        sums.low += low;
        sums.high += high;
        sums.known = sums.known && low == high;
        sums.counting += low > 0;
        if (low > sums.largest) {
            sums.second = sums.largest;
            sums.largest = low;
        } else if (low > sums.second) {
            sums.second = low;
        }
    }
    return sums;
}

/* Where parts may overlap their total is less than they add up to, and not less than one. */
static bool may_be_total(const struct looking *l, uint32_t cell, const struct sums *sums,
                         bool loose)
{
    uint64_t low = l->figures->low[cell], high = l->figures->high[cell];
    uint64_t largest = low == sums->largest ? sums->second : sums->largest;

    if (loose)
        return high >= largest && low <= sums->high - high;
    return high >= sums->low - low && low <= sums->high - high;
}

/* A few more than all others, which then are not all that there are. */
static bool is_nearly_total(const struct looking *l, uint32_t cell, const struct sums *sums)
{
    uint64_t low = l->figures->low[cell], high = l->figures->high[cell];
    unsigned __int128 others = sums->high - high;

    return sums->counting > 2 && low > others && others > 0 &&
           low - others <= others / MORE_OF + MORE_AT_LEAST;
}

static enum ddg_error add_candidate(struct looking *l, uint32_t cell, const struct sums *sums,
                                    bool nearly, struct ddg_context *context)
{
    uint32_t known = l->label.count, number;
    struct candidate *candidate;
    enum ddg_error error = ddg_names_add(&l->label, label_of(l, cell), &number, context);

    if (!error)
        error = ddg_grow(&l->candidate, &l->room, l->label.count, sizeof *l->candidate, context);
    if (error)
        return error;
    candidate = &l->candidate[number];
    if (number == known)
        *candidate = (struct candidate){.cell = cell, .more = DDG_NO_CELL};
    if (nearly) {
        candidate->nearly++;
        candidate->more = cell < candidate->more ? cell : candidate->more;
        return DDG_OK;
    }
    candidate->lines++;
    candidate->confirmed += sums->known;
    candidate->several = candidate->several || (sums->known && sums->counting > 2);
    return DDG_OK;
}

static enum ddg_error count_line(struct looking *l, uint32_t line, struct ddg_context *context)
{
    const struct ddg_model *m = l->model;
    bool loose = ddg_model_may_overlap(m, l->figures->measure, line);
    const struct sums sums = add_parts(l, line);
    enum ddg_error error = DDG_OK;

    if (sums.high == 0)
        return DDG_OK;
    l->lines++;
    l->loose = l->loose || loose;
    for (size_t i = m->line_start[line] + 1; !error && i < m->line_start[line + 1]; i++)
        if (may_be_total(l, m->line_cell[i], &sums, loose))
            error = add_candidate(l, m->line_cell[i], &sums, false, context);
        else if (!loose && is_nearly_total(l, m->line_cell[i], &sums))
            error = add_candidate(l, m->line_cell[i], &sums, true, context);
    return error;
}

/* Columns ------------------------------------------------------------------------------------- */

/* The one label that can be the total in every line; where several can, the one that sounds like
 * it. A name alone leaves doubt where no line shows it. */
static bool choose(const struct looking *l, struct ddg_misnamed *misnamed)
{
    uint32_t count = 0;
    bool named = false;

    for (uint32_t i = 0; i < l->label.count; i++) {
        const struct candidate *c = &l->candidate[i];
        bool sounds = ddg_total_name_is_usual(l->label.text[i]);

        if (c->lines + c->nearly < l->lines ||
            (!sounds && (l->loose || !c->several || c->nearly > 0)) || (named && !sounds))
            continue;
        count = sounds && !named ? 1 : count + 1;
        named = sounds;
        misnamed->label = label_of(l, c->cell);
        misnamed->more = c->more;
        misnamed->sure = sounds ? c->confirmed > 0 || c->lines >= SURE_LINES
                                : c->confirmed >= SURE_LINES && !l->loose;
    }
    return count == 1;
}

static bool has_total(const struct looking *l)
{
    for (uint32_t cell = 0; cell < l->model->printed; cell++)
        if (is_total(l, cell))
            return true;
    return false;
}

static enum ddg_error look(struct looking *l, struct ddg_misnamed *misnamed, bool *found,
                           struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t line = 0; !error && line < l->model->lines; line++)
        if (concerns(l, line))
            error = count_line(l, line, context);
    *found = !error && choose(l, misnamed);
    return error;
}

enum ddg_error ddg_misnamed_find(struct ddg_misnamed *misnamed, const struct ddg_model *model,
                                 const struct ddg_figures *figures, size_t from,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    const struct ddg_table *t = model->table;
    enum ddg_error error = DDG_OK;
    bool found = false;

    *misnamed = (struct ddg_misnamed){.dim = DDG_NO_COLUMN, .more = DDG_NO_CELL};
    for (size_t dim = from; !error && !found && dim < t->dims; dim++) {
        struct looking l = {.model = model,
                            .figures = figures,
                            .place = model->place[2 * dim],
                            .level = model->place[2 * dim + 1]};

        if (ddg_description_total_is_usual(description, t->name[t->dim[dim]]) || has_total(&l))
            continue;
        ddg_names_init(&l.label);
        error = look(&l, misnamed, &found, context);
        if (found)
            misnamed->dim = dim;
        ddg_names_free(&l.label);
        free(l.candidate);
    }
    return error;
}

void ddg_misnamed_say(struct ddg_prose *prose, const struct ddg_misnamed *misnamed,
                      const struct ddg_model *model, const struct ddg_description *description)
{
    const struct ddg_table *t = model->table;
    struct ddg_text name, total;

    if (misnamed->dim == DDG_NO_COLUMN)
        return;
    name = t->name[t->dim[misnamed->dim]];
    total = ddg_description_total(description, name);
    ddg_prose_say(prose, "no row of '");
    ddg_prose_add(prose, name);
    ddg_prose_say(prose, "' is labelled '");
    ddg_prose_add(prose, total);
    ddg_prose_say(prose, "': is '");
    ddg_prose_add(prose, misnamed->label);
    ddg_prose_say(prose, "' the total? If it is: ");
    ddg_total_name_say(prose, name, misnamed->label);
    if (misnamed->more != DDG_NO_CELL)
        ddg_prose_print(prose, ", with a row of what it counts in line %llu beyond its parts",
                        (unsigned long long)t->line[misnamed->more]);
    if (ddg_text_is(misnamed->label, DDG_USUAL_TOTAL))
        return;
    ddg_prose_say(prose, "; if it is a category like others: ");
    ddg_total_name_say(prose, name, ddg_text_of(DDG_USUAL_TOTAL));
}
