#include "rules/overlap_between.h"

#include "rules/banded.h"
#include "rules/words.h"

#include <stdlib.h>

/* The labels of one table are numbered before those of the other. */
struct sides {
    const struct ddg_names *labels, *others;
};

static bool is_of_both(const struct sides *s, uint32_t id)
{
    uint32_t first = s->labels->count;

    return id >= first ? ddg_names_find(s->labels, s->others->text[id - first]) != DDG_NO_NAME
                       : ddg_names_find(s->others, s->labels->text[id]) != DDG_NO_NAME;
}

/* What one table's labels say of each other is looked for there. */
static bool are_of_one(const void *data, uint32_t id, uint32_t other)
{
    const struct sides *s = data;

    return (id >= s->labels->count) == (other >= s->labels->count) || is_of_both(s, id) ||
           is_of_both(s, other);
}

/* Puts all labels together, those of both once; returns how many there are. */
static size_t list(struct ddg_banded *label, const struct sides *s)
{
    size_t count = 0;

    for (uint32_t i = 0; i < s->labels->count; i++)
        label[count++] = (struct ddg_banded){.label = s->labels->text[i], .id = i};
    for (uint32_t i = 0; i < s->others->count; i++)
        if (ddg_names_find(s->labels, s->others->text[i]) == DDG_NO_NAME)
            label[count++] =
                (struct ddg_banded){.label = s->others->text[i], .id = s->labels->count + i};
    return count;
}

static void say(struct ddg_prose *prose, const struct ddg_banded *band,
                const struct ddg_banded_pair *pair, const struct sides *sides, const char *other)
{
    bool of_other = band[pair->longer].id >= sides->labels->count;
    size_t own = of_other ? pair->shorter : pair->longer;
    size_t strange = of_other ? pair->longer : pair->shorter;

    ddg_prose_say(prose, "'");
    ddg_prose_add(prose, band[own].label);
    ddg_prose_say(prose, pair->kind == DDG_OVERLAP_SAME ? "' is the same as '" : "' overlaps '");
    ddg_prose_add(prose, band[strange].label);
    ddg_prose_print(prose, "' of %s%s", other,
                    pair->kind == DDG_OVERLAP_SAME
                        ? ": --alias has to say so"
                        : ", and one less the other is a count that nothing protects");
}

enum ddg_error ddg_overlap_between_add(struct ddg_names *labels, const struct ddg_model *m,
                                       size_t dim, struct ddg_context *context)
{
    const struct ddg_dimension *d = &m->dimension[m->place[2 * dim]];
    size_t level = m->place[2 * dim + 1];
    enum ddg_error error = DDG_OK;
    uint32_t number;

    for (uint32_t c = 0; !error && c < d->category.count; c++)
        if (c != d->total && ddg_dimension_level_of(d, c) == level)
            error = ddg_names_add(labels, ddg_dimension_label(d, c, level), &number, context);
    return error;
}

enum ddg_error ddg_overlap_between_say(struct ddg_prose *prose, const struct ddg_names *labels,
                                       const struct ddg_names *others, struct ddg_text column,
                                       const char *other, struct ddg_context *context)
{
    const struct sides sides = {labels, others};
    char words[DDG_WORDS_ROOM];
    struct ddg_banded_pair pair = {.kind = DDG_OVERLAP_NONE};
    struct ddg_banded *label;
    size_t bands, count;
    enum ddg_error error =
        ddg_allocate(&label, labels->count + others->count, sizeof *label, context);

    if (error)
        return error;
    count = list(label, &sides);
    ddg_words_of(column, words);
    if (count < labels->count + others->count &&
        !(error = ddg_banded_read(label, count, words, &bands, context)))
        ddg_banded_overlap(&pair, label, bands, are_of_one, &sides);
    if (pair.kind != DDG_OVERLAP_NONE)
        say(prose, label, &pair, &sides, other);
    free(label);
    return error;
}
