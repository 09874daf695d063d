#include "protect/published.h"

#include <stdlib.h>

/* Reading -------------------------------------------------------------------------------------- */

static enum ddg_error check_file(const struct ddg_table *file, const struct ddg_table *table,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    bool any = false;

    for (size_t i = 0; i < table->measures; i++)
        any = any ||
              ddg_table_find_measure(file, table->name[table->measure[i].count]) != DDG_NO_MEASURE;
    if (!any)
        return ddg_fail(context, DDG_USAGE,
                        "%s: no count column is called '%s', as the one that is to be masked",
                        file->file, table->name[table->measure[0].count].at);
    for (size_t d = 0; d < table->dims; d++) {
        struct ddg_text name = table->name[table->dim[d]];

        if (ddg_list_has(&description->by, name) && ddg_table_find_dim(file, name) == DDG_NO_COLUMN)
            return ddg_fail(context, DDG_USAGE,
                            "%s: no column is called '%s', which has no total (--by)", file->file,
                            name.at);
    }
    return DDG_OK;
}

enum ddg_error ddg_published_read(struct ddg_published *p, const struct ddg_table *table,
                                  const bool *apart, const struct ddg_description *description,
                                  const struct ddg_list *paths, struct ddg_context *context)
{
    struct ddg_description several = *description;
    enum ddg_error error = DDG_OK;

    *p = (struct ddg_published){.table = table, .apart = apart};
    /* a file may have fewer columns than the options name */
    several.several = true;
    several.symbols = true;
    for (size_t i = 0; !error && i < paths->count; i++) {
        const char *path = paths->item[i].at;
        struct ddg_table *file;

        if ((error = ddg_grow(&p->file, &p->room, p->files + 1, sizeof *p->file, context)))
            return error;
        file = &p->file[p->files++];
        if (!(error = ddg_table_read(file, &several, &path, 1, context)))
            error = check_file(file, table, description, context);
    }
    return error;
}

void ddg_published_free(struct ddg_published *p)
{
    for (size_t i = 0; i < p->files; i++)
        ddg_table_free(&p->file[i]);
    free(p->file);
    *p = (struct ddg_published){0};
}

/* Entries -------------------------------------------------------------------------------------- */

/* True when the text holds "complement", in any case: the code that it describes is no sign of a
 * small count. */
static bool is_of_complements(struct ddg_text text)
{
    static const char stem[] = "complement";

    for (size_t from = 0; from + sizeof stem - 1 <= text.length; from++) {
        size_t i = 0;

        while (stem[i] &&
               (text.at[from + i] == stem[i] || text.at[from + i] == stem[i] - 'a' + 'A'))
            i++;
        if (!stem[i])
            return true;
    }
    return false;
}

static void set_range(struct ddg_entry *entry, bool merged, uint64_t threshold)
{
    entry->least = entry->said_least;
    entry->most = entry->said_most;
    if (!merged && entry->code == DDG_CODE_SMALL && entry->most >= threshold)
        entry->most = threshold - 1;
    if (!merged && entry->code == DDG_CODE_COMPLEMENTARY && entry->least < threshold)
        entry->least = threshold;
}

/* `entry` has the place in it. */
static enum ddg_error add_entry(struct ddg_entries *entries, const struct ddg_entry *place,
                                const struct ddg_count *count, bool text,
                                struct ddg_context *context)
{
    struct ddg_entry *entry;
    enum ddg_error error = ddg_grow(&entries->item, &entries->room, entries->count + 1,
                                    sizeof *entries->item, context);

    if (error)
        return error;
    entry = &entries->item[entries->count++];
    *entry = *place;
    entry->code = count->code;
    entry->shown = count->state == DDG_SHOWN;
    entry->text = text && !entry->shown;
    entry->least = entry->most = count->value;
    entry->said_least = count->range ? count->range->low : 1;
    entry->said_most = count->range ? count->range->high : UINT64_MAX;
    return DDG_OK;
}

/* True for a row that belongs to the block at hand; one that adds up blocks has to be seen. */
static bool is_of_block(const struct ddg_published *p, const struct ddg_table *file, uint32_t row,
                        const struct ddg_description *description)
{
    const struct ddg_table *t = p->table;

    for (size_t d = 0; t->rows > 0 && d < t->dims; d++) {
        struct ddg_text name = t->name[t->dim[d]], label;

        if (!p->apart[d])
            continue;
        /* check_file() has seen that it is there */
        label = ddg_table_field(file, row, file->dim[ddg_table_find_dim(file, name)]);
        if (!ddg_text_equal(label, ddg_table_field(t, 0, t->dim[d])) &&
            !ddg_text_equal(label, ddg_description_total(description, name)))
            return false;
    }
    return true;
}

/* Lists the rows of a file for its count column `measure`, which is number `number` of those that
 * were asked for. */
static enum ddg_error list_file(const struct ddg_published *p, uint32_t at, uint32_t number,
                                const struct ddg_measure *measure,
                                const struct ddg_description *description,
                                struct ddg_entries *entries, struct ddg_context *context)
{
    struct ddg_description form = *description;
    const struct ddg_table *file = &p->file[at];
    bool *merged = &entries->merged[at * entries->measures + number];
    size_t first = entries->count;
    enum ddg_error error = DDG_OK;

    form.symbols = true;

    for (uint32_t row = 0; !error && row < file->rows; row++) {
        const struct ddg_entry place = {.file = at, .row = row, .measure = number};
        struct ddg_count count;

        if (!is_of_block(p, file, row, description))
            continue;
        error = ddg_table_count(file, &form, row, measure, &count, context);
        if (error || count.state == DDG_NO_DATA)
            continue;
        error = add_entry(entries, &place, &count,
                          ddg_text_trim(ddg_table_field(file, row, measure->count)).length > 0,
                          context);
        if (count.state != DDG_SHOWN && count.code == DDG_CODE_SMALL &&
            measure->text != DDG_NO_COLUMN &&
            is_of_complements(ddg_table_field(file, row, measure->text)))
            *merged = true;
    }
    for (size_t i = first; !error && i < entries->count; i++)
        if (!entries->item[i].shown)
            set_range(&entries->item[i], *merged, description->threshold);
    return error;
}

enum ddg_error ddg_published_list(const struct ddg_published *p, const uint32_t *measure,
                                  uint32_t measures, const struct ddg_description *description,
                                  struct ddg_entries *entries, struct ddg_context *context)
{
    enum ddg_error error;

    *entries = (struct ddg_entries){.measures = measures};
    entries->sources = (uint32_t)p->files * measures;
    error = ddg_allocate(&entries->merged, entries->sources, sizeof *entries->merged, context);
    for (uint32_t i = 0; !error && i < p->files; i++)
        for (uint32_t k = 0; !error && k < measures; k++) {
            struct ddg_text name = p->table->name[p->table->measure[measure[k]].count];
            size_t own = ddg_table_find_measure(&p->file[i], name);

            if (own != DDG_NO_MEASURE)
                error = list_file(p, i, k, &p->file[i].measure[own], description, entries, context);
        }
    return error;
}

void ddg_entries_merge(struct ddg_entries *entries, uint32_t source)
{
    entries->merged[source] = true;
    for (size_t i = 0; i < entries->count; i++) {
        struct ddg_entry *entry = &entries->item[i];

        if (ddg_entries_source(entries, i) != source || entry->shown)
            continue;
        entry->said_most = UINT64_MAX;
        if (entry->said_least > 1)
            entry->said_least = 1;
        set_range(entry, true, 0);
    }
}

void ddg_entries_admit_zeros(struct ddg_entries *entries, uint32_t source)
{
    for (size_t i = 0; i < entries->count; i++) {
        struct ddg_entry *entry = &entries->item[i];

        if (ddg_entries_source(entries, i) == source && ddg_entry_is_open(entry))
            entry->least = entry->said_least = 0;
    }
}

void ddg_entries_free(struct ddg_entries *entries)
{
    free(entries->item);
    free(entries->merged);
    *entries = (struct ddg_entries){0};
}
