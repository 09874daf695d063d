#include "protect/known_parts.h"

#include "protect/rounded.h"
#include "protect/settling.h"

#include <stdlib.h>
#include <string.h>

/* Sets apart the marked cells that are the same in several tables. */
static bool take_apart(struct ddg_finding *f)
{
    bool any = false;

    for (uint32_t cell = f->known->model.own; cell < f->known->model.cells; cell++)
        if (f->twins.same[cell] != cell && f->mark[f->twins.same[cell]])
            ddg_finding_set_apart(f, cell, &any);
    return any;
}

static void mark_line(struct ddg_finding *f, uint32_t line)
{
    const struct ddg_model *m = &f->known->model;

    for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++)
        f->mark[m->line_cell[i]] = true;
}

/* Marks what stands in a line with a marked cell; false when all of that was marked. */
static bool mark_around(struct ddg_finding *f)
{
    const struct ddg_model *m = &f->known->model;
    uint32_t before = 0, after = 0;

    for (uint32_t cell = 0; cell < m->cells; cell++)
        before += f->mark[cell];
    for (uint32_t line = 0; line < m->lines; line++) {
        bool any = false;

        for (size_t i = m->line_start[line]; !any && i < m->line_start[line + 1]; i++)
            any = f->mark[m->line_cell[i]];
        if (any)
            mark_line(f, line);
    }
    for (uint32_t cell = 0; cell < m->cells; cell++)
        after += f->mark[cell];
    return after > before;
}

/* What is said of the marked cells fits no counts: then these, or the nearest that can be, are not
 * the same in all tables.  False where it is one table's own fault. */
static bool part_marked(struct ddg_finding *f)
{
    bool any = take_apart(f);

    while (!any && mark_around(f))
        any = take_apart(f);
    memset(f->mark, 0, f->known->model.cells * sizeof *f->mark);
    return any;
}

/* What to look for where files contradict themselves, or us. */
static const char *suspicion(const struct ddg_finding *f)
{
    for (uint32_t source = 0; source < f->entries.sources; source++)
        if (ddg_rounded_base(&f->entries, source) > 0)
            return "; name files that are not rounded, which ddg-round read";
    return "";
}

/* The first row of a published file that stands in a line, of its total if there is one; NULL where
 * none is. */
static const struct ddg_entry *find_entry(const struct ddg_finding *f, uint32_t line)
{
    const struct ddg_model *m = &f->known->model;

    for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++)
        for (size_t entry = 0; entry < f->entries.count; entry++) {
            uint32_t cell = m->beyond[entry];

            if (cell == m->line_cell[i] || f->twins.same[cell] == m->line_cell[i])
                return &f->entries.item[entry];
        }
    return NULL;
}

static enum ddg_error fail_line(const struct ddg_finding *f, uint32_t line)
{
    const struct ddg_entry *entry = find_entry(f, line);
    const char *file = NULL;
    uint64_t row = 0;
    char where[320];

    ddg_model_describe_line(&f->known->model, line, where, sizeof where);
    if (entry) {
        const struct ddg_table *table = &f->published->file[entry->file];

        file = ddg_table_file(table, entry->row);
        row = table->line[entry->row];
    }
    return ddg_fail_at(f->context, DDG_INPUT, file, row, NULL,
                       "what --published shows does not add up: %s%s", where, suspicion(f));
}

/* Marks the cells that our table could tell something of: its own that nobody shows yet, and all
 * that hang together with them by lines, through cells that nobody shows. */
static enum ddg_error mark_touched(struct ddg_finding *f)
{
    const struct ddg_known *k = f->known;
    const struct ddg_model *m = &k->model;
    uint32_t *queue, count = 0;
    enum ddg_error error = ddg_allocate(&queue, m->cells, sizeof *queue, f->context);

    for (uint32_t cell = 0; !error && cell < m->own; cell++)
        if (k->standing[cell] != DDG_SEEN)
            f->mark[queue[count++] = cell] = true;
    for (uint32_t at = 0; !error && at < count; at++)
        for (size_t i = m->cell_start[queue[at]]; i < m->cell_start[queue[at] + 1]; i++) {
            uint32_t line = m->cell_line[i];

            for (size_t j = m->line_start[line]; j < m->line_start[line + 1]; j++) {
                uint32_t cell = m->line_cell[j];

                if (!f->mark[cell] && k->standing[cell] != DDG_SEEN)
                    f->mark[queue[count++] = cell] = true;
            }
        }
    free(queue);
    return error;
}

/* What our table tells nothing of is as good as shown: it stays as it is, whatever that is. */
static enum ddg_error leave_untouched(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;
    enum ddg_error error = mark_touched(f);

    for (uint32_t cell = k->model.own; !error && cell < k->model.cells; cell++)
        if (!f->mark[cell]) {
            k->standing[cell] = DDG_SEEN;
            k->truth.high[cell] = k->truth.low[cell];
        }
    memset(f->mark, 0, k->model.cells * sizeof *f->mark);
    return error;
}

enum ddg_error ddg_finding_fit(struct ddg_finding *f, bool *again)
{
    struct ddg_known *k = f->known;
    struct ddg_fitting fitting;
    uint32_t bad = DDG_NO_LINE;
    bool found = true;
    enum ddg_error error;

    for (uint32_t line = 0; line < k->model.lines; line++)
        f->loose[line] = ddg_model_may_overlap(&k->model, f->matter->measure[0], line);
    error = ddg_fitting_init(&fitting, &k->model, f->loose, &k->truth, f->context);
    for (uint32_t line = 0; !error && line < k->model.lines; line++)
        if (!ddg_fitting_allows(&fitting, line))
            mark_line(f, bad = line);
    if (!error && bad == DDG_NO_LINE && !(error = ddg_fitting_narrow(&fitting, &bad, f->context)) &&
        bad != DDG_NO_LINE)
        mark_line(f, bad);
    if (!error && bad != DDG_NO_LINE && !(*again = part_marked(f)))
        error = fail_line(f, bad);
    if (!error && bad == DDG_NO_LINE && !(error = leave_untouched(f)))
        error = ddg_settle(&fitting, k->model.own, &found, f->context);
    if (!error && !found)
        error = ddg_fail(f->context, DDG_INPUT,
                         "%s: no counts were found that fit it and what --published hides%s",
                         k->table.file, suspicion(f));
    ddg_fitting_free(&fitting);
    return error;
}
