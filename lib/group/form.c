#include "group/form.h"

#include "group/words.h"

#include <stdlib.h>

static enum ddg_error add_dimension(struct ddg_form *form, struct ddg_text name,
                                    struct ddg_text how, struct ddg_context *context)
{
    struct ddg_grouping dimension = {.name = ddg_arena_copy(&form->arena, name, context)};
    enum ddg_error error;

    dimension.column = dimension.name;
    how = ddg_arena_copy(&form->arena, how, context);
    if (!dimension.name.at || !how.at)
        return DDG_MEMORY;
    if ((error = ddg_list_push(&form->how, how, context)) ||
        (error = ddg_grow(&form->spec.dimension, &form->spec.capacity, form->spec.count + 1,
                          sizeof dimension, context)))
        return error;
    form->spec.dimension[form->spec.count++] = dimension;
    return DDG_OK;
}

/* Says how the labels of a dimension are made, as it is written. */
static enum ddg_error describe(struct ddg_form *form, const struct ddg_grouping *dimension,
                               struct ddg_context *context)
{
    struct ddg_sink words = {.context = context};
    enum ddg_error error;

    ddg_word_add(&words, dimension->column);
    for (size_t i = 0; i < dimension->steps; i++)
        ddg_word_add(&words, dimension->step[i].text);
    error = context->error;
    if (!error) /* without the space in front */
        error = add_dimension(form, dimension->name,
                              (struct ddg_text){words.buffer + 1, words.used - 1}, context);
    free(words.buffer);
    return error;
}

enum ddg_error ddg_form_make(struct ddg_form *form, const struct ddg_spec *spec,
                             struct ddg_text missing, bool by_person, struct ddg_text identifier,
                             const struct ddg_list *sums, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    *form = (struct ddg_form){.missing = missing.at ? missing : ddg_text_of(""),
                              .by_person = by_person,
                              .rows = !by_person,
                              .identifier = identifier};
    for (size_t i = 0; !error && i < spec->count; i++)
        error = describe(form, &spec->dimension[i], context);
    for (size_t i = 0; !error && i < sums->count; i++)
        error = ddg_list_push(&form->sums, sums->item[i], context);
    return error;
}

static void write_line(struct ddg_sink *sink, const char *kind, struct ddg_text text)
{
    ddg_sink_say(sink, kind);
    ddg_word_add(sink, text);
    ddg_sink_add(sink, "\n", 1);
}

void ddg_form_write(const struct ddg_form *form, struct ddg_sink *sink)
{
    for (size_t i = 0; i < form->spec.count; i++) {
        ddg_sink_say(sink, "dimension");
        ddg_word_add(sink, form->spec.dimension[i].name);
        ddg_sink_add(sink, " ", 1);
        ddg_sink_add(sink, form->how.item[i].at, form->how.item[i].length);
        ddg_sink_add(sink, "\n", 1);
    }
    write_line(sink, "missing", form->missing);
    if (form->by_person)
        write_line(sink, "id", form->identifier);
    else
        ddg_sink_say(sink, "rows\n");
    for (size_t i = 0; i < form->sums.count; i++)
        write_line(sink, "sum", form->sums.item[i]);
}

/* "NAME COLUMN RECODING...": all but the name is only ever compared. */
static enum ddg_error read_dimension(struct ddg_form *form, struct ddg_text line, bool *taken,
                                     struct ddg_context *context)
{
    struct ddg_text word, name;

    *taken = !form->missing.at && form->spec.count < DDG_DIMENSIONS_MOST &&
             ddg_word_next(&line, &word) && ddg_word_read(word, &name) && line.length > 0 &&
             ddg_spec_find(&form->spec, name) == form->spec.count;
    return *taken ? add_dimension(form, name, line, context) : DDG_OK;
}

/* Reads the only word of a line into *text, a copy. */
static enum ddg_error read_text(struct ddg_form *form, struct ddg_text line, struct ddg_text *text,
                                bool *taken, struct ddg_context *context)
{
    struct ddg_text word, read;

    *taken = ddg_word_next(&line, &word) && line.length == 0 && ddg_word_read(word, &read);
    if (!*taken)
        return DDG_OK;
    *text = ddg_arena_copy(&form->arena, read, context);
    return text->at ? DDG_OK : DDG_MEMORY;
}

enum ddg_error ddg_form_read(struct ddg_form *form, struct ddg_text line, bool *taken,
                             struct ddg_context *context)
{
    bool person_known = form->by_person || form->rows;
    struct ddg_text kind, sum;
    enum ddg_error error;

    *taken = ddg_word_next(&line, &kind);
    if (!*taken)
        return DDG_OK;
    if (ddg_text_is(kind, "dimension"))
        return read_dimension(form, line, taken, context);
    if (ddg_text_is(kind, "missing") && form->spec.count > 0 && !form->missing.at)
        return read_text(form, line, &form->missing, taken, context);
    if (ddg_text_is(kind, "id") && form->missing.at && !person_known) {
        error = read_text(form, line, &form->identifier, taken, context);
        form->by_person = *taken;
        return error;
    }
    if (ddg_text_is(kind, "rows") && form->missing.at && !person_known) {
        *taken = form->rows = line.length == 0;
        return DDG_OK;
    }
    *taken = false;
    if (!ddg_text_is(kind, "sum") || !person_known)
        return DDG_OK;
    error = read_text(form, line, &sum, taken, context);
    return error || !*taken ? error : ddg_list_push(&form->sums, sum, context);
}

bool ddg_form_is_whole(const struct ddg_form *form)
{
    return form->by_person || form->rows;
}

static bool same_texts(const struct ddg_list *a, const struct ddg_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!ddg_text_equal(a->item[i], b->item[i]))
            return false;
    return true;
}

const char *ddg_form_difference(const struct ddg_form *a, const struct ddg_form *b)
{
    bool names = a->spec.count == b->spec.count;

    for (size_t i = 0; names && i < a->spec.count; i++)
        names = ddg_text_equal(a->spec.dimension[i].name, b->spec.dimension[i].name);
    if (!names || !same_texts(&a->how, &b->how))
        return "other dimensions or recodings (--group)";
    if (a->by_person != b->by_person || !ddg_text_equal(a->identifier, b->identifier))
        return "another --id";
    if (!same_texts(&a->sums, &b->sums))
        return "another --sum";
    if (!ddg_text_equal(a->missing, b->missing))
        return "another --missing";
    return NULL;
}

void ddg_form_free(struct ddg_form *form)
{
    ddg_spec_free(&form->spec);
    free(form->how.item);
    free(form->sums.item);
    ddg_arena_free(&form->arena);
    *form = (struct ddg_form){0};
}
