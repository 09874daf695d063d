#include "protect/known.h"

#include "protect/left_out.h"
#include "protect/rounded.h"
#include "protect/settling.h"
#include "protect/twins.h"

#include <stdlib.h>

/* While it is found out. */
struct finding {
    struct ddg_known *known;
    const struct ddg_published *published;
    size_t measure;
    const struct ddg_truth *truth;
    const struct ddg_description *description;
    struct ddg_context *context;
    struct ddg_entries entries; /* entry i is row i beyond our table */
    struct ddg_twins twins;
    bool *loose; /* of each line */
    bool *mark;  /* of each cell; false between uses */
};

/* Starting ------------------------------------------------------------------------------------- */

static enum ddg_error allocate(struct finding *f)
{
    struct ddg_known *k = f->known;
    size_t cells = k->model.cells;
    enum ddg_error error;

    if ((error = ddg_allocate(&k->standing, cells, 1, f->context)) ||
        (error = ddg_allocate(&k->least, cells, sizeof *k->least, f->context)) ||
        (error = ddg_allocate(&k->most, cells, sizeof *k->most, f->context)) ||
        (error = ddg_allocate(&k->before, k->model.own, 1, f->context)) ||
        (error = ddg_allocate(&f->mark, cells, sizeof *f->mark, f->context)))
        return error;
    return ddg_allocate(&f->loose, k->model.lines, sizeof *f->loose, f->context);
}

static enum ddg_error allocate_truth(struct finding *f)
{
    struct ddg_truth *t = &f->known->truth;
    size_t cells = f->known->model.cells;
    enum ddg_error error;

    ddg_truth_free(t);
    if ((error = ddg_allocate(&t->low, cells, sizeof *t->low, f->context)))
        return error;
    return ddg_allocate(&t->high, cells, sizeof *t->high, f->context);
}

/* Builds the model, each table in it by itself, with all rows that show by what is left out. */
static enum ddg_error build(struct finding *f)
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

/* A table in which a cell stands twice has been described wrongly. */
static enum ddg_error check_repeats(struct finding *f)
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
static uint32_t own_cell(const struct finding *f, size_t entry)
{
    return ddg_twins_of(&f->twins, f->known->model.beyond[entry], 0);
}

/* Codes of a file that has no code 2, and calls a cell small that is not, are merged; so are texts
 * that mean small counts, where no others hide counts.  Texts that stand for a zero stand for any.
 */
static void find_merged(struct finding *f)
{
    for (uint32_t file = 0; file < f->published->files; file++) {
        bool settled = f->entries.merged[file], large = false, zero = false;

        for (size_t i = 0; i < f->entries.count; i++) {
            const struct ddg_entry *entry = &f->entries.item[i];
            uint32_t own;

            if (entry->file != file || entry->shown)
                continue;
            own = own_cell(f, i);
            settled = settled || entry->code == DDG_CODE_COMPLEMENTARY || ddg_entry_is_open(entry);
            large = large || (own != DDG_NO_CELL && entry->most < f->truth->low[own]);
            zero = zero || (own != DDG_NO_CELL && f->truth->high[own] == 0);
        }
        if (large && !settled)
            ddg_entries_merge(&f->entries, file);
        if (zero)
            ddg_entries_admit_zeros(&f->entries, file);
    }
}

/* A count that was printed once is no secret when it is the same today, whatever changed beside it.
 */
static void note_before(struct finding *f, const struct ddg_entry *entry, uint32_t own)
{
    uint8_t *before;

    if (own == DDG_NO_CELL)
        return;
    before = &f->known->before[own];
    if (!entry->shown && *before == DDG_BEFORE_NOT)
        *before = DDG_BEFORE_HIDDEN;
    else if (entry->shown && entry->most == f->truth->low[own])
        *before = DDG_BEFORE_EQUAL;
    else if (entry->shown && *before != DDG_BEFORE_EQUAL)
        *before = DDG_BEFORE_OTHER;
}

static enum ddg_error start(struct finding *f)
{
    struct ddg_known *k = f->known;
    enum ddg_error error;

    if ((error = ddg_published_list(f->published, f->measure, f->description, &f->entries,
                                    f->context)) ||
        (error = ddg_published_join(f->published, &f->entries, f->description, &k->table,
                                    f->context)) ||
        (error = build(f)) || (error = allocate(f)) || (error = check_repeats(f)) ||
        (error = ddg_twins_init(&f->twins, &k->model, f->context)) ||
        (error = ddg_rounded_check(f->published, &f->entries, &f->twins, f->truth, f->context)))
        return error;
    find_merged(f);
    for (size_t i = 0; i < f->entries.count; i++)
        note_before(f, &f->entries.item[i], own_cell(f, i));
    return DDG_OK;
}

/* Differences ---------------------------------------------------------------------------------- */

/* Nothing is known of cells beyond our table, and nothing is published, until entries are taken. */
static void reset(struct finding *f)
{
    struct ddg_known *k = f->known;

    for (uint32_t cell = 0; cell < k->model.cells; cell++) {
        k->truth.low[cell] = cell < k->model.own ? f->truth->low[cell] : 0;
        k->truth.high[cell] = cell < k->model.own ? f->truth->high[cell] : UINT64_MAX;
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

static void set_apart(struct finding *f, uint32_t cell, bool *any)
{
    *any = *any || !f->twins.apart[cell];
    f->twins.apart[cell] = true;
}

/* Sets apart what the release of `of` has of the cells in a line with `cell`, itself among them. */
static void set_lines_apart(struct finding *f, uint32_t cell, uint32_t of, bool *any)
{
    const struct ddg_model *m = &f->known->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        for (size_t j = m->line_start[line]; j < m->line_start[line + 1]; j++) {
            uint32_t twin = ddg_twins_of(&f->twins, m->line_cell[j], of);

            if (twin != DDG_NO_CELL)
                set_apart(f, twin, any);
        }
    }
    set_apart(f, of, any);
}

/* Finds out which cells are the same, until all that is said of them fits; the model's lines are
 * those of the tables, one by one. */
static void compare(struct finding *f)
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

/* Fitting -------------------------------------------------------------------------------------- */

/* Sets apart the marked cells that are the same in several tables. */
static bool take_apart(struct finding *f)
{
    bool any = false;

    for (uint32_t cell = f->known->model.own; cell < f->known->model.cells; cell++)
        if (f->twins.same[cell] != cell && f->mark[f->twins.same[cell]])
            set_apart(f, cell, &any);
    return any;
}

static void mark_line(struct finding *f, uint32_t line)
{
    const struct ddg_model *m = &f->known->model;

    for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++)
        f->mark[m->line_cell[i]] = true;
}

/* Marks what stands in a line with a marked cell; false when all of that was marked. */
static bool mark_around(struct finding *f)
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
static bool part_marked(struct finding *f)
{
    bool any = take_apart(f);

    while (!any && mark_around(f))
        any = take_apart(f);
    memset(f->mark, 0, f->known->model.cells * sizeof *f->mark);
    return any;
}

/* What to look for where files contradict themselves, or us. */
static const char *suspicion(const struct finding *f)
{
    for (uint32_t file = 0; file < f->published->files; file++)
        if (ddg_rounded_base(&f->entries, file) > 0)
            return "; name files that are not rounded, which ddg-round read";
    return "";
}

static enum ddg_error fail_line(const struct finding *f, uint32_t line)
{
    char where[320];

    ddg_model_describe_line(&f->known->model, line, where, sizeof where);
    return ddg_fail(f->context, DDG_INPUT, "what --published shows does not add up: %s%s", where,
                    suspicion(f));
}

/* Marks the cells that our table could tell something of: its own that nobody shows yet, and all
 * that hang together with them by lines, through cells that nobody shows. */
static enum ddg_error mark_touched(struct finding *f)
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
static enum ddg_error leave_untouched(struct finding *f)
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

/* Finds counts for all that is hidden; *again is set where something had to be set apart. */
static enum ddg_error fit(struct finding *f, bool *again)
{
    struct ddg_known *k = f->known;
    struct ddg_fitting fitting;
    uint32_t bad = DDG_NO_LINE;
    bool found = true;
    enum ddg_error error;

    for (uint32_t line = 0; line < k->model.lines; line++)
        f->loose[line] = ddg_model_may_overlap(&k->model, f->measure, line);
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

/* Builds the model once more, with the lines of the tables one by one. */
static enum ddg_error rebuild(struct finding *f)
{
    struct ddg_known *k = f->known;

    ddg_model_free(&k->model);
    return ddg_model_build(&k->model, &k->table, f->description, f->context);
}

/* Whole ---------------------------------------------------------------------------------------- */

static void count(struct finding *f)
{
    struct ddg_known *k = f->known;

    for (uint32_t cell = 0; cell < k->model.own; cell++)
        k->met += k->standing[cell] != DDG_UNMET;
    for (size_t i = 0; i < f->entries.count; i++)
        k->apart += f->twins.apart[k->model.beyond[i]];
    k->texts = f->entries.texts;
    k->symbols = f->entries.symbols;
}

enum ddg_error ddg_known_find(struct ddg_known *known, const struct ddg_published *published,
                              size_t measure, const struct ddg_truth *truth,
                              const struct ddg_description *description,
                              struct ddg_context *context)
{
    struct finding f = {
        .known = known,
        .published = published,
        .measure = measure,
        .truth = truth,
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
            !(error = fit(&f, &again)) && again)
            error = rebuild(&f);
    }
    if (!error)
        count(&f);
    ddg_entries_free(&f.entries);
    ddg_twins_free(&f.twins);
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
    free(k->wants);
    free(k->always);
    ddg_plan_free(&k->moves);
    *k = (struct ddg_known){0};
}
