#include "score/coarse_sample.h"

#include "base/number.h"
#include "csv/output.h"
#include "score/coarse_people.h"

#include <math.h>
#include <stdlib.h>

/* As many as an intake looks at for more than their labels, and some. */
enum { FIRST_ROWS = 2000 };

/* Cells that cross the same dimensions. */
struct crossing {
    uint8_t *seen; /* categories, those of each dimension behind those of the one before */
    uint64_t smallest, cell;
};

struct taking {
    const struct ddg_coarse_table *table;
    uint8_t *taken; /* cells */
    struct ddg_names name;
    struct crossing *crossing;
    size_t room;
    uint64_t last; /* dimensions that are crossed in the crossing under the cursor */
    uint32_t at;
    size_t categories;
    uint64_t *most, *cell_of_most; /* people, of each category as in `seen` */
    const struct ddg_cells *of_intake;
    bool peopled;            /* a column of populations is written */
    struct ddg_names class;  /* ddg_coarse_people_class() */
    uint64_t *first, *alike; /* of each class: its first cell, and how many it has */
    size_t first_room, alike_room;
    struct ddg_arena arena;
    struct ddg_context *context;
};

/* Looking ------------------------------------------------------------------------------------ */

static enum ddg_error find_crossing(struct taking *t, uint64_t crossed)
{
    struct ddg_text name = {(const char *)&crossed, sizeof crossed};
    uint32_t before = t->name.count;
    enum ddg_error error;

    if (before > 0 && t->last == crossed)
        return DDG_OK;
    t->last = crossed;
    if ((error = ddg_names_add(&t->name, name, &t->at, t->context)) || t->at < before ||
        (error =
             ddg_grow(&t->crossing, &t->room, before + (size_t)1, sizeof *t->crossing, t->context)))
        return error;
    t->crossing[before] = (struct crossing){
        .seen = ddg_arena_allocate(&t->arena, t->categories, t->context),
        .smallest = UINT64_MAX,
    };
    return t->crossing[before].seen ? DDG_OK : DDG_MEMORY;
}

static void note_people(struct taking *t, uint64_t cell, size_t category)
{
    if (t->table->people[cell] != DDG_NO_PEOPLE && t->table->people[cell] > t->most[category]) {
        t->most[category] = t->table->people[cell];
        t->cell_of_most[category] = cell;
    }
}

static enum ddg_error look_at_categories(struct taking *t, uint64_t cell)
{
    const struct ddg_intake *in = t->table->intake;
    size_t category[DDG_DIMENSIONS_MOST], before = 0;
    uint64_t key = t->table->key[cell], crossed = 0;
    enum ddg_error error;

    for (size_t d = 0; d < in->dimensions; d++) {
        uint32_t count = in->dimension[d].category.count, own = (uint32_t)(key % count);

        key /= count;
        crossed |= (uint64_t)(own != in->dimension[d].total) << d;
        category[d] = before + own;
        before += count;
        if (t->peopled)
            note_people(t, cell, category[d]);
    }
    if ((error = find_crossing(t, crossed)))
        return error;
    for (size_t d = 0; d < in->dimensions; d++) {
        uint8_t *seen = &t->crossing[t->at].seen[category[d]];

        if (!*seen)
            *seen = t->taken[cell] = true;
    }
    return DDG_OK;
}

/* Whether a cell is small; its smallest count may be its crossing's. */
static bool look_at_counts(struct taking *t, uint64_t cell)
{
    const struct ddg_intake *in = t->table->intake;
    const uint64_t *value = t->table->value + cell * in->sample.measures;
    struct crossing *crossing = &t->crossing[t->at];
    bool small = false;

    for (size_t i = 0; i < in->sample.measures; i++) {
        if (value[i] == 0)
            continue;
        small = small || value[i] < in->description->threshold;
        if (value[i] < crossing->smallest) {
            crossing->smallest = value[i];
            crossing->cell = cell;
        }
    }
    return small;
}

/* The first cell of each class stands for the populations of all. */
static enum ddg_error look_at_people(struct taking *t, uint64_t cell)
{
    uint64_t class = ddg_coarse_people_class(t->table, t->of_intake, cell);
    struct ddg_text name = {(const char *)&class, sizeof class};
    uint32_t before = t->class.count, number;
    enum ddg_error error;

    if ((error = ddg_names_add(&t->class, name, &number, t->context)) ||
        (error =
             ddg_grow(&t->first, &t->first_room, t->class.count, sizeof *t->first, t->context)) ||
        (error = ddg_grow(&t->alike, &t->alike_room, t->class.count, sizeof *t->alike, t->context)))
        return error;
    if (t->class.count > before) {
        t->first[number] = cell;
        t->alike[number] = 0;
        t->taken[cell] = true;
    }
    t->alike[number]++;
    return DDG_OK;
}

static double part_of(double value, double sum)
{
    return value > 0 ? -value / sum * log2(value / sum) : 0;
}

double ddg_coarse_entropy(const struct ddg_coarse_table *table)
{
    double sum = 0, entropy = 0;

    for (uint64_t i = 0; i < table->cells; i++)
        sum += (double)table->inner[i];
    for (uint64_t i = 0; i < table->cells; i++)
        entropy += part_of((double)table->inner[i], sum);
    return entropy;
}

static enum ddg_error look_at_all(struct taking *t, struct ddg_coarse_sample *sample)
{
    enum ddg_error error = DDG_OK;

    for (uint64_t i = 0; !error && i < t->table->cells; i++) {
        t->taken[i] = i < FIRST_ROWS;
        if (!(error = look_at_categories(t, i)))
            sample->small += look_at_counts(t, i);
        if (!error && t->table->people)
            error = look_at_people(t, i);
    }
    for (uint32_t i = 0; !error && i < t->name.count; i++)
        t->taken[t->crossing[i].cell] |= t->crossing[i].smallest < UINT64_MAX;
    for (size_t i = 0; !error && t->peopled && i < t->categories; i++)
        t->taken[t->cell_of_most[i]] |= t->most[i] > 0;
    return error;
}

/* Writing ------------------------------------------------------------------------------------ */

static size_t levels_of(const struct ddg_coarse_table *table, size_t d)
{
    size_t levels = table->intake->dimension[d].levels;

    for (size_t i = 0; i < table->choices; i++)
        if (table->choice[i]->dimension == d && table->choice[i]->levels < levels)
            levels = table->choice[i]->levels;
    return levels;
}

static struct ddg_text label_of(const struct ddg_coarse_table *table, size_t d, uint32_t category,
                                size_t level)
{
    for (size_t i = 0; i < table->choices; i++)
        if (table->choice[i]->dimension == d && table->choice[i]->label[category].length > 0)
            return table->choice[i]->label[category];
    return ddg_dimension_label(&table->intake->dimension[d], category, level);
}

static enum ddg_error write_header(const struct ddg_coarse_table *table, bool peopled,
                                   struct ddg_output *out)
{
    const struct ddg_intake *in = table->intake;
    const struct ddg_table *t = &in->sample;

    for (size_t d = 0; d < in->dimensions; d++)
        for (size_t i = 0; i < levels_of(table, d); i++)
            ddg_output_field(out, in->dimension[d].level[i].name);
    for (size_t i = 0; i < t->measures; i++)
        ddg_output_field(out, t->name[t->measure[i].count]);
    if (peopled)
        ddg_output_field(out, in->people == DDG_NO_COLUMN ? ddg_text_of(DDG_COARSE_PEOPLE)
                                                          : t->name[in->people]);
    return ddg_output_end(out);
}

static enum ddg_error write_row(const struct ddg_coarse_table *table, bool peopled, uint64_t cell,
                                struct ddg_output *out)
{
    const struct ddg_intake *in = table->intake;
    size_t measures = in->sample.measures;
    char room[DDG_UNSIGNED_ROOM];

    for (size_t d = 0; d < in->dimensions; d++)
        for (size_t level = 0; level < levels_of(table, d); level++)
            ddg_output_field(
                out, label_of(table, d, ddg_coarse_category(table, table->key[cell], d), level));
    for (size_t i = 0; i < measures; i++)
        ddg_output_field(out, ddg_format_unsigned(table->value[cell * measures + i], room));
    if (peopled)
        ddg_output_field(out, table->people[cell] == DDG_NO_PEOPLE
                                  ? ddg_text_of("")
                                  : ddg_format_unsigned(table->people[cell], room));
    return ddg_output_end(out);
}

static enum ddg_error write_taken(const struct taking *t, struct ddg_coarse_sample *sample)
{
    struct ddg_output out = {.delimiter = t->table->intake->description->delimiter};
    uint32_t class = 0; /* the next whose first cell comes */
    uint64_t rows = 0;
    enum ddg_error error = DDG_OK;

    if (t->class.count > 0)
        error = ddg_allocate(&sample->alike, t->table->cells, sizeof *sample->alike, t->context);
    ddg_sink_hold(&out.sink, t->context);
    if (!error)
        error = write_header(t->table, t->peopled, &out);
    for (uint64_t i = 0; !error && i < t->table->cells; i++) {
        if (!t->taken[i])
            continue;
        error = write_row(t->table, t->peopled, i, &out);
        if (class < t->class.count && t->first[class] == i)
            sample->alike[rows] = t->alike[class ++];
        rows++;
    }
    sample->text = out.sink.buffer;
    sample->length = out.sink.used;
    return error;
}

/* All of it ---------------------------------------------------------------------------------- */

enum ddg_error ddg_coarse_sample_take(struct ddg_coarse_sample *sample,
                                      const struct ddg_coarse_table *table,
                                      const struct ddg_cells *of_intake,
                                      struct ddg_context *context)
{
    struct taking t = {.table = table,
                       .of_intake = of_intake,
                       .peopled = ddg_coarse_people_are_of_cells(table, of_intake),
                       .context = context};
    enum ddg_error error;

    *sample = (struct ddg_coarse_sample){.entropy = ddg_coarse_entropy(table)};
    ddg_names_init(&t.name);
    ddg_names_init(&t.class);
    for (size_t d = 0; d < table->intake->dimensions; d++)
        t.categories += table->intake->dimension[d].category.count;
    if (!(error = ddg_allocate(&t.taken, table->cells, 1, context)) &&
        !(error = ddg_allocate(&t.most, t.categories, sizeof *t.most, context)) &&
        !(error = ddg_allocate(&t.cell_of_most, t.categories, sizeof *t.most, context)) &&
        !(error = look_at_all(&t, sample)))
        error = write_taken(&t, sample);
    free(t.taken);
    free(t.most);
    free(t.cell_of_most);
    free(t.crossing);
    free(t.first);
    free(t.alike);
    ddg_names_free(&t.name);
    ddg_names_free(&t.class);
    ddg_arena_free(&t.arena);
    return error;
}

void ddg_coarse_sample_free(struct ddg_coarse_sample *sample)
{
    free(sample->text);
    free(sample->alike);
    *sample = (struct ddg_coarse_sample){0};
}
