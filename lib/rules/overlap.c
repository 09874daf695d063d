#include "rules/overlap.h"

#include "base/prose.h"
#include "rules/words.h"

#include <stdlib.h>

/* Messages ------------------------------------------------------------------------------------ */

enum ddg_error ddg_overlap_fail(const struct ddg_banded_pair *pair,
                                const struct ddg_overlap_place *longer,
                                const struct ddg_overlap_place *shorter, const char *column,
                                bool total, struct ddg_context *context)
{
    static const char *const verb[] = {
        [DDG_OVERLAP_REST] = " overlaps ",
        [DDG_OVERLAP_PARTS] = " is ",
        [DDG_OVERLAP_SAME] = " is the same as ",
    };
    static const char *const then[] = {
        [DDG_OVERLAP_REST] = ", and one less the other is a count that nothing protects: publish "
                             "one of them, or a row of the rest as well, with --hierarchy",
        [DDG_OVERLAP_PARTS] = " and others together: --hierarchy has to say so",
        [DDG_OVERLAP_SAME] = ": publish one of them, or --alias has to say so",
    };
    struct ddg_prose prose = {.context = context};
    enum ddg_error error;

    ddg_prose_quote(&prose, longer->label);
    ddg_prose_say(&prose, verb[pair->kind]);
    ddg_prose_quote(&prose, shorter->label);
    ddg_prose_print(&prose, " of line %llu", (unsigned long long)shorter->line);
    if (strcmp(shorter->file, longer->file) != 0)
        ddg_prose_print(&prose, " of %s", shorter->file);
    ddg_prose_say(&prose, then[pair->kind]);
    if (total && pair->all && pair->kind == DDG_OVERLAP_PARTS)
        ddg_prose_say(&prose, ", or --total if it is the total");
    error = context->error;
    if (!error)
        error = ddg_fail_at(context, DDG_INPUT, longer->file, longer->line, column, "%s",
                            ddg_prose_string(&prose));
    ddg_prose_free(&prose);
    return error;
}

/* Whole tables -------------------------------------------------------------------------------- */

/* A category, and the run of labels that it is one of. */
struct grouped {
    uint32_t group, category;
};

/* A dimension column, and the labels in it that are looked at together. */
struct looking {
    const struct ddg_model *model;
    const struct ddg_description *description;
    size_t dim; /* the column, an index of table->dim */
    size_t dimension, level;
    const struct ddg_dimension *d;
    struct grouped *grouped;
    struct ddg_banded *label;
    struct ddg_banded *here; /* those of rows that have the same labels elsewhere */
    bool *banded;            /* of each category */
    struct ddg_context *context;
};

static int by_group(const void *a, const void *b)
{
    const struct grouped *one = a, *other = b;

    if (one->group != other->group)
        return one->group < other->group ? -1 : 1;
    return (one->category > other->category) - (one->category < other->category);
}

/* Finds the categories of the column.  Below another of nested columns those of one label there are
 * a run by themselves: ages of mothers are no ages of fathers. */
static enum ddg_error find_groups(struct looking *l, size_t *count)
{
    struct ddg_names top;
    enum ddg_error error = DDG_OK;

    *count = 0;
    ddg_names_init(&top);
    for (uint32_t c = 0; !error && c < l->d->category.count; c++) {
        struct grouped *g = &l->grouped[*count];

        if (c == l->d->total || ddg_dimension_level_of(l->d, c) != l->level)
            continue;
        *g = (struct grouped){0, c};
        if (l->level > 0)
            error = ddg_names_add(&top, ddg_dimension_label(l->d, c, 0), &g->group, l->context);
        ++*count;
    }
    ddg_names_free(&top);
    if (!error && l->level > 0)
        qsort(l->grouped, *count, sizeof *l->grouped, by_group);
    return error;
}

static bool is_hierarchy(const void *data, uint32_t id, uint32_t other)
{
    const struct looking *l = data;

    return ddg_dimension_is_above(l->d, id, other) || ddg_dimension_is_above(l->d, other, id);
}

/* Puts together the bands of the rows that have the labels of `cell` elsewhere, whose categories
 * the banded labels are; none where an earlier row has them. */
static size_t gather(const struct looking *l, uint32_t cell, size_t bands)
{
    size_t count = 0;

    for (size_t i = 0; i < bands; i++) {
        uint32_t other = ddg_model_neighbour(l->model, cell, l->dimension, l->label[i].id);

        if (other >= l->model->printed)
            continue;
        if (other < cell)
            return 0;
        l->here[count++] = l->label[i];
    }
    return count;
}

static struct ddg_overlap_place place_of(const struct looking *l, uint32_t cell,
                                         const struct ddg_banded *band)
{
    const struct ddg_table *t = l->model->table;
    uint32_t row = ddg_model_neighbour(l->model, cell, l->dimension, band->id);

    return (struct ddg_overlap_place){ddg_table_file(t, row), t->line[row], band->label};
}

static bool has_total(const struct looking *l)
{
    for (uint32_t cell = 0; cell < l->model->printed; cell++)
        if (ddg_model_category(l->model, cell, l->dimension) == l->d->total)
            return true;
    return false;
}

/* The column that a category has its own label in. */
static const char *column_of(const struct looking *l, uint32_t category)
{
    return l->model->table->name[l->d->level[ddg_dimension_level_of(l->d, category)].column].at;
}

static enum ddg_error fail_pair(const struct looking *l, uint32_t cell,
                                const struct ddg_banded_pair *pair)
{
    struct ddg_overlap_place longer = place_of(l, cell, &l->here[pair->longer]);
    struct ddg_overlap_place shorter = place_of(l, cell, &l->here[pair->shorter]);

    return ddg_overlap_fail(pair, &longer, &shorter, column_of(l, l->here[pair->longer].id),
                            !has_total(l), l->context);
}

/* Labels that overlap are one thing, and rows that do another: each county may have its own. */
static enum ddg_error check_rows(struct looking *l, size_t bands)
{
    struct ddg_banded_pair pair = {.kind = DDG_OVERLAP_NONE};

    for (size_t i = 0; i < bands; i++)
        l->banded[l->label[i].id] = true;
    for (uint32_t cell = 0; pair.kind == DDG_OVERLAP_NONE && cell < l->model->printed; cell++) {
        if (!l->banded[ddg_model_category(l->model, cell, l->dimension)])
            continue;
        ddg_banded_overlap(&pair, l->here, gather(l, cell, bands), is_hierarchy, l);
        if (pair.kind != DDG_OVERLAP_NONE)
            return fail_pair(l, cell, &pair);
    }
    for (size_t i = 0; i < bands; i++)
        l->banded[l->label[i].id] = false;
    return DDG_OK;
}

/* Of breakdowns side by side the kind is what a column is called elsewhere. */
static void name_column(const struct looking *l, uint32_t category, char words[DDG_WORDS_ROOM])
{
    const struct ddg_list *partitions = &l->description->partitions;
    struct ddg_text name = l->d->level[l->level].name;

    for (size_t i = 0; l->level > 0 && i < partitions->count; i += 2)
        if (ddg_text_equal(partitions->item[i], l->d->level[0].name))
            name = ddg_dimension_label(l->d, category, 0);
    ddg_words_of(name, words);
}

static enum ddg_error check_group(struct looking *l, const struct grouped *g, size_t count)
{
    char words[DDG_WORDS_ROOM];
    struct ddg_banded_pair pair;
    size_t bands;
    enum ddg_error error;

    for (size_t i = 0; i < count; i++)
        l->label[i] = (struct ddg_banded){
            .label = ddg_dimension_label(l->d, g[i].category, l->level), .id = g[i].category};
    name_column(l, g->category, words);
    if ((error = ddg_banded_read(l->label, count, words, &bands, l->context)))
        return error;
    ddg_banded_overlap(&pair, l->label, bands, is_hierarchy, l);
    return pair.kind == DDG_OVERLAP_NONE ? DDG_OK : check_rows(l, bands);
}

/* Puts the labels of a level together, or those of all, each in its own. */
static size_t list_labels(struct looking *l, size_t level, bool all)
{
    size_t count = 0;

    for (uint32_t c = 0; c < l->d->category.count; c++) {
        size_t own = ddg_dimension_level_of(l->d, c);

        if (c != l->d->total && (all || own == level))
            l->label[count++] =
                (struct ddg_banded){.label = ddg_dimension_label(l->d, c, own), .id = c};
    }
    return count;
}

/* Levels of bands, each of which has some, are of the same people: 0-18 above and 18-64 below
 * another. */
static enum ddg_error check_levels(struct looking *l)
{
    char words[DDG_WORDS_ROOM];
    struct ddg_banded_pair pair;
    size_t bands = 1;
    enum ddg_error error = DDG_OK;

    for (size_t level = 0; !error && bands > 0 && level < l->d->levels; level++) {
        ddg_words_of(l->d->level[level].name, words);
        error = ddg_banded_read(l->label, list_labels(l, level, false), words, &bands, l->context);
    }
    if (error || bands == 0)
        return error;
    ddg_words_of(l->d->level[0].name, words);
    if ((error = ddg_banded_read(l->label, list_labels(l, 0, true), words, &bands, l->context)))
        return error;
    ddg_banded_overlap(&pair, l->label, bands, is_hierarchy, l);
    return pair.kind == DDG_OVERLAP_NONE ? DDG_OK : check_rows(l, bands);
}

static enum ddg_error check_column(struct looking *l)
{
    uint32_t categories = l->d->category.count;
    size_t count = 0;
    enum ddg_error error;

    if ((error = ddg_allocate(&l->grouped, categories, sizeof *l->grouped, l->context)) ||
        (error = ddg_allocate(&l->label, categories, sizeof *l->label, l->context)) ||
        (error = ddg_allocate(&l->here, categories, sizeof *l->here, l->context)) ||
        (error = ddg_allocate(&l->banded, categories, sizeof *l->banded, l->context)))
        return error;
    if (l->level == 0 && l->d->levels > 1 && (error = check_levels(l)))
        return error;
    error = find_groups(l, &count);
    for (size_t from = 0, to; !error && from < count; from = to) {
        for (to = from + 1; to < count && l->grouped[to].group == l->grouped[from].group;)
            to++;
        error = check_group(l, l->grouped + from, to - from);
    }
    return error;
}

enum ddg_error ddg_overlap_check(const struct ddg_model *m,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < m->table->dims; i++) {
        struct looking l = {
            .model = m,
            .description = description,
            .dim = i,
            .dimension = m->place[2 * i],
            .level = m->place[2 * i + 1],
            .d = &m->dimension[m->place[2 * i]],
            .context = context,
        };

        error = check_column(&l);
        free(l.grouped);
        free(l.label);
        free(l.here);
        free(l.banded);
    }
    return error;
}
