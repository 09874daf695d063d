#include "group/state.h"
#include "group/words.h"

#include <stdlib.h>

/* What one state says: its codes and numbers are its own, those of the cube are others. */
struct reading {
    struct ddg_states *states;
    struct ddg_cube *cube;
    uint32_t *code[DDG_DIMENSIONS_MOST]; /* code[d][c]: the cube's code of label c of dimension d */
    uint32_t labels[DDG_DIMENSIONS_MOST];
    size_t code_room[DDG_DIMENSIONS_MOST];
    uint32_t *cell; /* cell[c]: the cube's cell of cell c */
    uint32_t cells;
    size_t cell_room;
    struct ddg_decimal *sum; /* of the cell that is read */
};

static enum ddg_error fail(const struct ddg_states *s, struct ddg_context *context,
                           const char *text)
{
    return ddg_fail_at(context, DDG_INPUT, s->lines.source.name, s->lines.number, NULL, "%s", text);
}

static enum ddg_error fail_damaged(const struct ddg_states *s, struct ddg_context *context)
{
    return fail(s, context, "a damaged state: this line is none that can stand here");
}

/* Reads a line; it is empty at the end of the file.  The digest is of whole lines, so that the last
 * one, which holds the digest, can be told apart before it is added. */
static enum ddg_error next_line(struct ddg_states *s, struct ddg_context *context)
{
    char *line;
    size_t length;
    enum ddg_error error = ddg_lines_next(&s->lines, &line, &length, context);

    if (error)
        return error;
    s->line = (struct ddg_text){line, length};
    s->terminated = length > 0 && line[length - 1] == '\n';
    return DDG_OK;
}

/* The line is part of a state: it counts, and has to be whole. */
static enum ddg_error take_line(struct ddg_states *s, struct ddg_context *context)
{
    if (!s->terminated)
        return fail(s, context, "a state that is cut off: its last line is missing");
    ddg_digest_add(&s->digest, s->line.at, s->line.length);
    s->line.length--;
    return DDG_OK;
}

static bool begins_with(struct ddg_text text, const char *start)
{
    size_t length = strlen(start);

    return text.length >= length && memcmp(text.at, start, length) == 0;
}

static enum ddg_error read_first(struct ddg_states *s, struct ddg_context *context)
{
    enum ddg_error error = next_line(s, context);

    if (error)
        return error;
    if (s->line.length == 0)
        return fail(s, context, "no state: the input is empty");
    if (!ddg_text_is(s->line, ddg_state_first))
        return fail(s, context,
                    begins_with(s->line, "ddg-count-state ")
                        ? "a state of a version that this ddg-count does not read"
                        : "no state: ddg-count --partial writes what --merge reads");
    return DDG_OK;
}

/* Reads the first lines of a state up to one that is not the form's, which is left in s->line. */
static enum ddg_error read_form(struct ddg_states *s, struct ddg_form *form,
                                struct ddg_context *context)
{
    enum ddg_error error;
    bool taken = true;

    ddg_digest_init(&s->digest);
    error = take_line(s, context);
    while (!error && taken) {
        if ((error = next_line(s, context)) || begins_with(s->line, "end ") ||
            (error = take_line(s, context)))
            break;
        error = ddg_form_read(form, s->line, &taken, context);
    }
    if (!error && !ddg_form_is_whole(form))
        error = fail_damaged(s, context);
    return error;
}

static enum ddg_error open_file(struct ddg_states *s, struct ddg_context *context)
{
    const char *path = s->path_count ? s->paths[s->path] : NULL;
    enum ddg_error error = ddg_lines_open(&s->lines, path, context);

    return error ? error : read_first(s, context);
}

enum ddg_error ddg_states_open(struct ddg_states *states, const char *const *paths, size_t count,
                               struct ddg_context *context)
{
    enum ddg_error error;

    *states = (struct ddg_states){.paths = paths, .path_count = count};
    error = open_file(states, context);
    return error ? error : read_form(states, &states->form, context);
}

/* "l DIMENSION LABEL" */
static enum ddg_error read_label(struct reading *r, struct ddg_text line,
                                 struct ddg_context *context)
{
    const char *problem;
    struct ddg_text word, label;
    uint64_t d;
    enum ddg_error error;

    if (r->cells > 0 || !ddg_word_next_number(&line, r->cube->dims - 1, &d) ||
        !ddg_word_next(&line, &word) || line.length > 0 || !ddg_word_read(word, &label))
        return fail_damaged(r->states, context);
    error = ddg_grow(&r->code[d], &r->code_room[d], (size_t)r->labels[d] + 1, sizeof *r->code[d],
                     context);
    if (!error)
        error = ddg_labels_code(&r->cube->label[d], label, &r->code[d][r->labels[d]++], &problem,
                                context);
    return error || !problem ? error : fail(r->states, context, problem);
}

/* "c CODE... EVENTS SUM..." */
static enum ddg_error read_cell(struct reading *r, struct ddg_text line,
                                struct ddg_context *context)
{
    uint32_t key[DDG_DIMENSIONS_MOST];
    struct ddg_text word;
    uint64_t code, events;
    enum ddg_error error;

    for (size_t i = 0; i < r->cube->dims; i++) {
        if (!ddg_word_next_number(&line, UINT32_MAX, &code) || code >= r->labels[i])
            return fail_damaged(r->states, context);
        key[i] = r->code[i][code];
    }
    if (!ddg_word_next_number(&line, UINT64_MAX, &events))
        return fail_damaged(r->states, context);
    for (size_t i = 0; i < r->cube->tally.sums; i++)
        if (!ddg_word_next(&line, &word) || !ddg_decimal_parse(word, &r->sum[i]))
            return fail_damaged(r->states, context);
    if (line.length > 0)
        return fail_damaged(r->states, context);
    error = ddg_grow(&r->cell, &r->cell_room, (size_t)r->cells + 1, sizeof *r->cell, context);
    if (error)
        return error;
    return ddg_cube_add_cell(r->cube, key, events, r->sum, &r->cell[r->cells++], context);
}

/* "p IDENTIFIER CELL..." */
static enum ddg_error read_person(struct reading *r, struct ddg_text line,
                                  struct ddg_context *context)
{
    struct ddg_text word, person;
    enum ddg_error error = DDG_OK;
    uint64_t cell;

    if (!r->cube->by_person || !ddg_word_next(&line, &word) || line.length == 0 ||
        !ddg_word_read(word, &person) || ddg_text_trim(person).length == 0)
        return fail_damaged(r->states, context);
    while (!error && line.length > 0) {
        if (!ddg_word_next_number(&line, UINT32_MAX, &cell) || cell >= r->cells)
            return fail_damaged(r->states, context);
        error = ddg_cube_add_person(r->cube, person, r->cell[cell], context);
    }
    return error;
}

static enum ddg_error read_line(struct reading *r, struct ddg_context *context)
{
    struct ddg_text line = r->states->line, kind;

    if (!ddg_word_next(&line, &kind))
        return fail_damaged(r->states, context);
    if (ddg_text_is(kind, "l"))
        return read_label(r, line, context);
    if (ddg_text_is(kind, "c"))
        return read_cell(r, line, context);
    if (ddg_text_is(kind, "p"))
        return read_person(r, line, context);
    return fail_damaged(r->states, context);
}

static enum ddg_error check_end(struct ddg_states *s, struct ddg_context *context)
{
    char digest[DDG_DIGEST_ROOM];
    struct ddg_text line = s->line, word;

    if (!s->terminated)
        return fail(s, context, "a state that is cut off: its last line is not whole");
    line.length--;
    ddg_digest_text(&s->digest, digest);
    if (!ddg_word_next(&line, &word) || !ddg_text_is(line, digest))
        return fail(s, context, "a damaged state: the digest of its lines is another");
    return DDG_OK;
}

/* Reads one state from the line behind its form to its end. */
static enum ddg_error read_state(struct reading *r, struct ddg_context *context)
{
    struct ddg_states *s = r->states;
    enum ddg_error error = DDG_OK;

    memset(r->labels, 0, sizeof r->labels);
    r->cells = 0;
    while (!error && !begins_with(s->line, "end ")) {
        if ((error = read_line(r, context)) || (error = next_line(s, context)) ||
            begins_with(s->line, "end "))
            break;
        error = take_line(s, context);
    }
    if (!error)
        error = check_end(s, context);
    if (!error)
        s->count++;
    return error;
}

/* Goes to the next state, in this file or the next, which has to agree with the first. */
static enum ddg_error next_state(struct ddg_states *s, bool *more, struct ddg_context *context)
{
    struct ddg_form form = {0};
    const char *difference;
    enum ddg_error error = next_line(s, context);

    if (error)
        return error;
    *more = s->line.length > 0 || ++s->path < s->path_count;
    if (!*more)
        return DDG_OK;
    if (s->line.length == 0)
        error = open_file(s, context);
    else if (!ddg_text_is(s->line, ddg_state_first))
        error = fail(s, context, "something behind the end of a state that is none");
    if (!error)
        error = read_form(s, &form, context);
    if (!error && (difference = ddg_form_difference(&s->form, &form)))
        error = ddg_fail_at(context, DDG_INPUT, s->lines.source.name, 0, NULL,
                            "a state with %s than the first", difference);
    ddg_form_free(&form);
    return error;
}

enum ddg_error ddg_states_add(struct ddg_states *states, struct ddg_cube *cube,
                              struct ddg_context *context)
{
    struct reading r = {.states = states, .cube = cube};
    enum ddg_error error = ddg_allocate(&r.sum, cube->tally.sums, sizeof *r.sum, context);
    bool more = true;

    while (!error && more)
        if (!(error = read_state(&r, context)))
            error = next_state(states, &more, context);
    for (size_t i = 0; i < cube->dims; i++)
        free(r.code[i]);
    free(r.cell);
    free(r.sum);
    return error;
}

void ddg_states_free(struct ddg_states *states)
{
    ddg_lines_free(&states->lines);
    ddg_form_free(&states->form);
    *states = (struct ddg_states){0};
}
