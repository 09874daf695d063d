#include "protect/known_parts.h"

#include "protect/left_out.h"
#include "protect/rounded.h"
#include "table/equate.h"

#include <stdlib.h>
#include <string.h>

/* Starting ------------------------------------------------------------------------------------- */

static enum ddg_error allocate(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;
    size_t cells = k->model.cells;
    enum ddg_error error;

    if ((error = ddg_allocate(&k->standing, cells, 1, f->context)) ||
        (error = ddg_allocate(&k->least, cells, sizeof *k->least, f->context)) ||
        (error = ddg_allocate(&k->most, cells, sizeof *k->most, f->context)) ||
        (error = ddg_allocate(&k->before, k->model.own, 1, f->context)) ||
        (error = ddg_allocate(&f->near, k->model.own, sizeof *f->near, f->context)) ||
        (error = ddg_allocate(&k->told, f->matter->measures, sizeof *k->told, f->context)) ||
        (error = ddg_allocate(&f->mark, cells, sizeof *f->mark, f->context)))
        return error;
    k->tolds = f->matter->measures;
    return ddg_allocate(&f->loose, k->model.lines, sizeof *f->loose, f->context);
}

static enum ddg_error allocate_truth(struct ddg_finding *f)
{
    struct ddg_truth *t = &f->known->truth;
    size_t cells = f->known->model.cells;
    enum ddg_error error;

    ddg_truth_free(t);
    if ((error = ddg_allocate(&t->low, cells, sizeof *t->low, f->context)))
        return error;
    return ddg_allocate(&t->high, cells, sizeof *t->high, f->context);
}

/* Adds all rows that show by what is left out. */
static enum ddg_error add_left_out(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;
    enum ddg_error error = DDG_OK;
    bool any = true;

    while (!error && any) {
        ddg_model_free(&k->model);
        if ((error = ddg_model_build(&k->model, &k->table, f->description, f->context)) ||
            (error = allocate_truth(f)))
            return error;
        for (uint32_t cell = 0; cell < k->model.cells; cell++)
            k->truth.high[cell] = UINT64_MAX;
        for (size_t i = 0; i < f->entries.count; i++) {
            k->truth.low[k->model.beyond[i]] = f->entries.item[i].least;
            k->truth.high[k->model.beyond[i]] = f->entries.item[i].most;
        }
        error = ddg_left_out_add(&k->table, &k->model, &k->truth, &any, f->context);
    }
    return error;
}

/* Adds the equations to the tables. */
static enum ddg_error equate(struct ddg_finding *f)
{
    enum ddg_error error;

    if (f->matter->measures == 1)
        return DDG_OK;
    error = ddg_model_equate(&f->known->model, f->matter->sums, f->context);
    return error ? error : allocate_truth(f);
}

/* A table in which a cell stands twice has been described wrongly. */
static enum ddg_error check_repeats(struct ddg_finding *f)
{
    const struct ddg_model *m = &f->known->model;
    uint32_t *first;
    enum ddg_error error = ddg_allocate(&first, m->cells, sizeof *first, f->context);

    for (uint32_t i = 0; !error && i < f->entries.count; i++) {
        const struct ddg_entry *entry = &f->entries.item[i];
        const struct ddg_table *file = &f->published->file[entry->file];
        uint32_t *before = &first[m->beyond[i]];

        if (*before > 0)
            error = ddg_fail_at(f->context, DDG_INPUT, file->file, file->line[entry->row], NULL,
                                "the same cell stands in line %llu already",
                                (unsigned long long)file->line[f->entries.item[*before - 1].row]);
        *before = i + 1;
    }
    free(first);
    return error;
}

/* The own cell with the labels of an entry; DDG_NO_CELL where there is none. */
static uint32_t own_cell(const struct ddg_finding *f, size_t entry)
{
    return ddg_twins_of(&f->twins, f->known->model.beyond[entry], 0);
}

/* Codes of a file that has no code 2, and calls a cell small that is not, are merged; so are texts
 * that mean small counts, where no others hide counts.  Texts that stand for a zero stand for any.
 */
static void find_merged(struct ddg_finding *f)
{
    for (uint32_t source = 0; source < f->entries.sources; source++) {
        bool settled = f->entries.merged[source], large = false, zero = false;

        for (size_t i = 0; i < f->entries.count; i++) {
            const struct ddg_entry *entry = &f->entries.item[i];
            uint32_t own;

            if (ddg_entries_source(&f->entries, i) != source || entry->shown)
                continue;
            own = own_cell(f, i);
            settled = settled || entry->code == DDG_CODE_COMPLEMENTARY || ddg_entry_is_open(entry);
            large = large || (own != DDG_NO_CELL && entry->most < f->truth.low[own]);
            zero = zero || (own != DDG_NO_CELL && f->truth.high[own] == 0);
        }
        if (large && !settled)
            ddg_entries_merge(&f->entries, source);
        if (zero)
            ddg_entries_admit_zeros(&f->entries, source);
    }
}

/* True when a count is less than the threshold from that of an own cell, if that is known. */
static bool is_near(const struct ddg_finding *f, uint64_t count, uint32_t own)
{
    uint64_t ours = f->truth.low[own];

    return ours == f->truth.high[own] &&
           (ours > count ? ours - count : count - ours) < f->description->threshold;
}

/* A count that was printed once is no secret when it is the same today, whatever changed beside it.
 */
static void note_before(struct ddg_finding *f, const struct ddg_entry *entry, uint32_t own)
{
    uint8_t *before;

    if (own == DDG_NO_CELL)
        return;
    before = &f->known->before[own];
    if (!entry->shown && *before == DDG_BEFORE_NOT)
        *before = DDG_BEFORE_HIDDEN;
    else if (entry->shown && entry->most == f->truth.low[own])
        *before = DDG_BEFORE_EQUAL;
    else if (entry->shown && *before != DDG_BEFORE_EQUAL)
        *before = DDG_BEFORE_OTHER;
    if (entry->shown && entry->most != f->truth.low[own])
        f->near[own] = f->near[own] || is_near(f, entry->most, own);
}

static enum ddg_error start(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;
    enum ddg_error error;

    if ((error = ddg_published_list(f->published, f->matter->measure, f->matter->measures,
                                    f->description, &f->entries, f->context)) ||
        (error = ddg_published_join(f->published, &f->entries, f->description, &k->table,
                                    f->context)) ||
        (error = add_left_out(f)) || (error = equate(f)) || (error = ddg_finding_place(f)) ||
        (error = allocate(f)) || (error = check_repeats(f)) ||
        (error = ddg_twins_init(&f->twins, &k->model, f->context)) ||
        (error = ddg_rounded_check(f->published, &f->entries, &f->twins, &f->truth, f->context)))
        return error;
    find_merged(f);
    for (size_t i = 0; i < f->entries.count; i++)
        note_before(f, &f->entries.item[i], own_cell(f, i));
    return ddg_finding_tell_near(f);
}

/* Differences ---------------------------------------------------------------------------------- */

/* Nothing is known of cells beyond our table, and nothing is published, until entries are taken. */
static void reset(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;

    for (uint32_t cell = 0; cell < k->model.cells; cell++) {
        k->truth.low[cell] = cell < k->model.own ? f->truth.low[cell] : 0;
        k->truth.high[cell] = cell < k->model.own ? f->truth.high[cell] : UINT64_MAX;
        if (f->twins.same[cell] != cell)
            k->truth.high[cell] = 0;
        k->standing[cell] = DDG_UNMET;
        k->least[cell] = 0;
        k->most[cell] = UINT64_MAX;
    }
}

/* Takes what an entry says into what is known of a cell; false where it does not fit. */
static bool take(struct ddg_known *k, uint32_t cell, const struct ddg_entry *entry)
{
    if (entry->least > k->truth.high[cell] || entry->most < k->truth.low[cell])
        return false;
    if (entry->least > k->truth.low[cell])
        k->truth.low[cell] = entry->least;
    if (entry->most < k->truth.high[cell])
        k->truth.high[cell] = entry->most;
    if (entry->shown)
        k->standing[cell] = DDG_SEEN;
    else if (k->standing[cell] != DDG_SEEN)
        k->standing[cell] = DDG_MASKED;
    if (!entry->shown && entry->least > k->least[cell])
        k->least[cell] = entry->least;
    if (!entry->shown && entry->most < k->most[cell])
        k->most[cell] = entry->most;
    return true;
}

/* Sets apart what the release of `of` has of the cells in a line with `cell`, itself among them. */
static void set_lines_apart(struct ddg_finding *f, uint32_t cell, uint32_t of, bool *any)
{
    const struct ddg_model *m = &f->known->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        for (size_t j = m->line_start[line]; j < m->line_start[line + 1]; j++) {
            uint32_t twin = ddg_twins_of(&f->twins, m->line_cell[j], of);

            if (twin != DDG_NO_CELL)
                ddg_finding_set_apart(f, twin, any);
        }
    }
    ddg_finding_set_apart(f, of, any);
}

/* Finds out which cells are the same, until all that is said of them fits; the model's lines are
 * those of the tables, one by one. */
static void compare(struct ddg_finding *f)
{
    bool any = true;

    while (any) {
        any = false;
        ddg_twins_find(&f->twins);
        reset(f);
        for (size_t i = 0; i < f->entries.count; i++) {
            uint32_t cell = f->known->model.beyond[i], same = f->twins.same[cell];

            if (take(f->known, same, &f->entries.item[i]) || f->twins.apart[cell])
                continue;
            set_lines_apart(f, cell, cell, &any);
            set_lines_apart(f, same, cell, &any);
        }
    }
}

/* Whole ---------------------------------------------------------------------------------------- */

/* Builds the model once more, with the lines of the tables one by one. */
static enum ddg_error rebuild(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;
    enum ddg_error error;

    ddg_model_free(&k->model);
    if ((error = ddg_model_build(&k->model, &k->table, f->description, f->context)) ||
        f->matter->measures == 1)
        return error;
    return ddg_model_equate(&k->model, f->matter->sums, f->context);
}

static void tell(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;

    for (size_t i = 0; i < f->entries.count; i++) {
        const struct ddg_entry *entry = &f->entries.item[i];
        struct ddg_told *told = &k->told[entry->measure];

        told->apart += f->twins.apart[k->model.beyond[i]];
        told->texts += entry->text && entry->code == DDG_CODE_NONE;
        told->symbols += entry->text && entry->code != DDG_CODE_NONE;
    }
}

enum ddg_error ddg_known_find(struct ddg_known *known, const struct ddg_published *published,
                              const struct ddg_matter *matter,
                              const struct ddg_description *description,
                              struct ddg_context *context)
{
    struct ddg_finding f = {
        .known = known,
        .published = published,
        .matter = matter,
        .description = description,
        .context = context,
    };
    enum ddg_error error;
    bool again = true;

    *known = (struct ddg_known){0};
    error = start(&f);
    while (!error && again) {
        again = false;
        compare(&f);
        if (!(error = ddg_model_unite(&known->model, f.twins.same, context)) &&
            !(error = ddg_finding_fit(&f, &again)) && again)
            error = rebuild(&f);
    }
    if (!error)
        tell(&f);
    ddg_entries_free(&f.entries);
    ddg_twins_free(&f.twins);
    ddg_truth_free(&f.truth);
    free(f.near);
    free(f.loose);
    free(f.mark);
    return error;
}

void ddg_known_free(struct ddg_known *k)
{
    ddg_model_free(&k->model);
    ddg_truth_free(&k->truth);
    ddg_table_free(&k->table);
    free(k->standing);
    free(k->least);
    free(k->most);
    free(k->before);
    for (uint32_t i = 0; i < k->tolds; i++)
        free(k->told[i].near);
    free(k->told);
    free(k->place);
    free(k->wants);
    free(k->always);
    ddg_plan_free(&k->moves);
    *k = (struct ddg_known){0};
}
