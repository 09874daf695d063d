/*
 * States of any bytes: refused, or added up to what the same state gives when it is written anew.
 * An odd first byte makes a state of the others that is damaged only where they are: with its first
 * line and its digest.
 */
#include "input.h"

#include "base/digest.h"
#include "group/listing.h"
#include "group/margin.h"
#include "group/state.h"

static const char *file_of(const uint8_t *bytes, size_t length)
{
    size_t first = strlen(ddg_state_first);
    char digest[DDG_DIGEST_ROOM], *state = malloc(first + length + 128);
    struct ddg_digest of_lines;
    const char *path;

    if (!state)
        abort();
    memcpy(state, ddg_state_first, first);
    memcpy(state + first, bytes, length);
    length += first;
    ddg_digest_init(&of_lines);
    ddg_digest_add(&of_lines, state, length);
    ddg_digest_text(&of_lines, digest);
    length += (size_t)sprintf(state + length, "end %s\n", digest);
    path = fuzz_file((const uint8_t *)state, length);
    free(state);
    return path;
}

/* Writes the table with all its totals into table->sink.buffer; its columns can have names that no
 * table may have. */
static void write_table(struct ddg_cube *cube, const struct ddg_form *form,
                        struct ddg_output *table, struct ddg_context *context)
{
    struct ddg_listing listing = {0};
    struct ddg_margins margins = {0};

    *table = (struct ddg_output){.delimiter = ',', .sink = {.context = context}};
    if (!ddg_margins_add_all(&margins, form->spec.count > 3 ? 3 : form->spec.count, context) &&
        !ddg_margins_fill(&margins, cube, context) &&
        !ddg_listing_init(&listing, &form->spec, &form->sums, form->by_person, context))
        ddg_listing_write(&listing, cube, table, context);
    ddg_listing_free(&listing);
    free(margins.kept);
}

/* Reads the states at `path`.  Puts them together into one in `state` where that is not NULL, and
 * the table into `table`. */
static void add_up(const char *path, struct ddg_sink *state, struct ddg_output *table,
                   struct ddg_context *context)
{
    struct ddg_text total[DDG_DIMENSIONS_MOST];
    struct ddg_states states;
    struct ddg_cube cube = {0};
    const struct ddg_form *form = &states.form;

    for (size_t i = 0; i < DDG_DIMENSIONS_MOST; i++)
        total[i] = ddg_text_of("Total");
    if (!ddg_states_open(&states, &path, 1, context) &&
        !ddg_cube_init(&cube, &form->spec, form->missing, total, form->sums.count, form->by_person,
                       context) &&
        !ddg_states_add(&states, &cube, context)) {
        *state = (struct ddg_sink){.context = context};
        if (!ddg_state_write(form, &cube, state, context))
            write_table(&cube, form, table, context);
    }
    ddg_cube_free(&cube);
    ddg_states_free(&states);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ddg_context context = {0};
    struct ddg_sink state = {0}, second_state = {0};
    struct ddg_output table = {0}, second_table = {0};
    const char *path;

    if (length == 0)
        return 0;
    path = bytes[0] % 2 ? file_of(bytes + 1, length - 1) : fuzz_file(bytes + 1, length - 1);
    add_up(path, &state, &table, &context);
    FUZZ_REQUIRE(context.error == DDG_OK || context.message[0]);
    if (!context.error) {
        path = fuzz_file((const uint8_t *)state.buffer, state.used);
        add_up(path, &second_state, &second_table, &context);
        FUZZ_REQUIRE(context.error == DDG_OK && table.sink.used == second_table.sink.used);
        FUZZ_REQUIRE(memcmp(table.sink.buffer, second_table.sink.buffer, table.sink.used) == 0);
    }
    free(state.buffer);
    free(second_state.buffer);
    free(table.sink.buffer);
    free(second_table.sink.buffer);
    return 0;
}
