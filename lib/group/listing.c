#include "group/listing.h"

#include "base/text_sort.h"
#include "group/cell_order.h"

#include <stdlib.h>

static enum ddg_error add_name(struct ddg_listing *listing, struct ddg_text name,
                               struct ddg_context *context)
{
    if (ddg_list_has(&listing->name, name))
        return ddg_fail(context, DDG_USAGE, "two columns of the table would be called '%.*s'",
                        (int)name.length, name.at);
    return ddg_list_push(&listing->name, name, context);
}

static enum ddg_error add_dimension(struct ddg_listing *listing, struct ddg_text name,
                                    struct ddg_context *context)
{
    if (ddg_text_is(name, "count") || ddg_text_is(name, "persons"))
        return ddg_fail(context, DDG_USAGE,
                        "a dimension called '%.*s' would be read as the count (-g NAME=COLUMN "
                        "gives it another name)",
                        (int)name.length, name.at);
    return add_name(listing, name, context);
}

static enum ddg_error add_sum(struct ddg_listing *listing, struct ddg_text column,
                              struct ddg_context *context)
{
    static const char behind[] = "_sum";
    char *name = ddg_arena_allocate(&listing->arena, column.length + sizeof behind, context);

    if (!name)
        return DDG_MEMORY;
    memcpy(name, column.at, column.length);
    memcpy(name + column.length, behind, sizeof behind);
    return add_name(listing, ddg_text_of(name), context);
}

enum ddg_error ddg_listing_init(struct ddg_listing *listing, const struct ddg_spec *spec,
                                const struct ddg_list *sums, bool by_person,
                                struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < spec->count; i++)
        error = add_dimension(listing, spec->dimension[i].name, context);
    if (!error)
        error = add_name(listing, ddg_text_of(by_person ? "persons" : "count"), context);
    if (!error && by_person)
        error = add_name(listing, ddg_text_of("events"), context);
    for (size_t i = 0; !error && i < sums->count; i++)
        error = add_sum(listing, sums->item[i], context);
    return error;
}

/* Makes (*rank)[code] the place of the label in order. */
static enum ddg_error rank_labels(const struct ddg_names *label, uint32_t **rank,
                                  struct ddg_context *context)
{
    uint32_t *order;
    enum ddg_error error = ddg_allocate(&order, label->count, sizeof *order, context);

    if (!error)
        error = ddg_allocate(rank, label->count, sizeof **rank, context);
    for (uint32_t code = 0; !error && code < label->count; code++)
        order[code] = code;
    if (!error)
        error = ddg_text_sort(label->text, order, label->count, context);
    for (uint32_t place = 0; !error && place < label->count; place++)
        (*rank)[order[place]] = place;
    free(order);
    return error;
}

/* Makes *order the cells in the order of the table. */
static enum ddg_error sort_cells(const struct ddg_cube *cube, uint32_t **order,
                                 struct ddg_context *context)
{
    uint32_t *rank[DDG_DIMENSIONS_MOST] = {0}, ranks[DDG_DIMENSIONS_MOST];
    enum ddg_error error = ddg_allocate(order, cube->groups.count, sizeof **order, context);

    for (size_t d = 0; !error && d < cube->dims; d++) {
        ranks[d] = cube->label[d].label.count;
        error = rank_labels(&cube->label[d].label, &rank[d], context);
    }
    if (!error)
        error = ddg_cell_order(&cube->groups, cube->groups.count, rank, ranks, *order, context);
    for (size_t d = 0; d < cube->dims; d++)
        free(rank[d]);
    return error;
}

static void write_count(struct ddg_output *output, uint64_t count)
{
    char room[DDG_UNSIGNED_ROOM];

    ddg_output_field(output, ddg_format_unsigned(count, room));
}

static enum ddg_error write_cell(const struct ddg_cube *cube, uint32_t cell,
                                 struct ddg_output *output, struct ddg_context *context)
{
    const struct ddg_tally *tally = &cube->tally;

    for (size_t i = 0; i < cube->dims; i++) {
        uint32_t code = cube->groups.key[cell * cube->dims + i];
        const struct ddg_labels *labels = &cube->label[i];

        ddg_output_field(output, code == DDG_ALL_LABELS ? labels->total : labels->label.text[code]);
    }
    if (cube->by_person)
        write_count(output, tally->persons[cell]);
    write_count(output, tally->events[cell]);
    for (size_t i = 0; i < tally->sums; i++) {
        char room[DDG_DECIMAL_ROOM];
        struct ddg_decimal sum;
        enum ddg_error error = ddg_tally_sum(tally, cell, i, &sum, context);

        if (error)
            return error;
        ddg_output_field(output, ddg_decimal_format(sum, room));
    }
    return ddg_output_end(output);
}

/* Asks for what will be read of cells that are written soon: their keys, then the labels that the
 * keys name, then the bytes of these.  Cells in order stand anywhere in memory. */
static void fetch_cells(const struct ddg_cube *cube, const uint32_t *order, uint32_t left)
{
    enum { AHEAD = 8 };
    const struct ddg_groups *groups = &cube->groups;

    if (left > 3 * AHEAD) {
        __builtin_prefetch(&groups->key[order[3 * AHEAD] * cube->dims]);
        __builtin_prefetch(&cube->tally.events[order[3 * AHEAD]]);
    }
    for (size_t i = 0; left > 2 * AHEAD && i < cube->dims; i++) {
        const struct ddg_text *text = cube->label[i].label.text;
        uint32_t code = groups->key[order[2 * AHEAD] * cube->dims + i];
        uint32_t nearer = groups->key[order[AHEAD] * cube->dims + i];

        if (code != DDG_ALL_LABELS)
            __builtin_prefetch(&text[code]);
        if (nearer != DDG_ALL_LABELS)
            __builtin_prefetch(text[nearer].at);
    }
}

enum ddg_error ddg_listing_write(const struct ddg_listing *listing, const struct ddg_cube *cube,
                                 struct ddg_output *output, struct ddg_context *context)
{
    uint32_t *order = NULL;
    enum ddg_error error = sort_cells(cube, &order, context);

    if (!error) {
        for (size_t i = 0; i < listing->name.count; i++)
            ddg_output_field(output, listing->name.item[i]);
        error = ddg_output_end(output);
    }
    for (uint32_t i = 0; !error && i < cube->groups.count; i++) {
        fetch_cells(cube, order + i, cube->groups.count - i);
        error = write_cell(cube, order[i], output, context);
    }
    free(order);
    return error;
}

void ddg_listing_free(struct ddg_listing *listing)
{
    free(listing->name.item);
    ddg_arena_free(&listing->arena);
    *listing = (struct ddg_listing){0};
}
