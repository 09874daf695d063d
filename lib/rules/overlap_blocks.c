#include "rules/overlap_blocks.h"

#include "rules/words.h"

#include <stdlib.h>

static enum ddg_error start(struct ddg_overlap_blocks *b, size_t dims, struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(&b->of, dims, sizeof *b->of, context);

    if (error)
        return error;
    b->dims = dims;
    for (size_t i = 0; i < dims; i++)
        ddg_names_init(&b->of[i].label);
    return DDG_OK;
}

static enum ddg_error add_label(struct ddg_overlap_labels *of, const struct ddg_table *t,
                                size_t dim, struct ddg_context *context)
{
    uint32_t number, before = of->label.count;
    enum ddg_error error =
        ddg_names_add(&of->label, ddg_table_field(t, 0, t->dim[dim]), &number, context);

    if (error || number != before)
        return error;
    error = ddg_grow(&of->place, &of->room, of->label.count, sizeof *of->place, context);
    if (!error)
        of->place[number] =
            (struct ddg_overlap_place){ddg_table_file(t, 0), t->line[0], of->label.text[number]};
    return error;
}

enum ddg_error ddg_overlap_blocks_add(struct ddg_overlap_blocks *b, const struct ddg_table *t,
                                      const bool *apart, struct ddg_context *context)
{
    enum ddg_error error = b->of ? DDG_OK : start(b, t->dims, context);

    for (size_t i = 0; !error && t->rows > 0 && i < b->dims; i++)
        if (apart[i])
            error = add_label(&b->of[i], t, i, context);
    return error;
}

static enum ddg_error check_labels(const struct ddg_overlap_labels *of, struct ddg_text column,
                                   struct ddg_context *context)
{
    char words[DDG_WORDS_ROOM];
    struct ddg_banded *label;
    struct ddg_banded_pair pair = {.kind = DDG_OVERLAP_NONE};
    size_t bands;
    enum ddg_error error = ddg_allocate(&label, of->label.count, sizeof *label, context);

    if (error)
        return error;
    for (uint32_t i = 0; i < of->label.count; i++)
        label[i] = (struct ddg_banded){.label = of->label.text[i], .id = i};
    ddg_words_of(column, words);
    if (!(error = ddg_banded_read(label, of->label.count, words, &bands, context)))
        ddg_banded_overlap(&pair, label, bands, NULL, NULL);
    if (pair.kind != DDG_OVERLAP_NONE)
        error = ddg_overlap_fail(&pair, &of->place[label[pair.longer].id],
                                 &of->place[label[pair.shorter].id], column.at, false, context);
    free(label);
    return error;
}

enum ddg_error ddg_overlap_blocks_check(const struct ddg_overlap_blocks *b,
                                        const struct ddg_table *t, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < b->dims; i++)
        error = check_labels(&b->of[i], t->name[t->dim[i]], context);
    return error;
}

void ddg_overlap_blocks_free(struct ddg_overlap_blocks *b)
{
    for (size_t i = 0; i < b->dims; i++) {
        ddg_names_free(&b->of[i].label);
        free(b->of[i].place);
    }
    free(b->of);
    *b = (struct ddg_overlap_blocks){0};
}
