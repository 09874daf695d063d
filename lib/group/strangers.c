#include "group/strangers.h"

/* The next label of records, from `code` on, that the hierarchy lacks; labels->first[1] where there
 * is none. */
static uint32_t next_stranger(const struct ddg_labels *labels, uint32_t code)
{
    for (; code < labels->first[1]; code++) {
        struct ddg_text label = labels->label.text[code];

        if (!ddg_text_equal(label, labels->missing) &&
            ddg_names_find(&labels->hierarchy.category, label) == DDG_NO_NAME)
            break;
    }
    return code;
}

/* The first category without parts that no record has; DDG_NO_NAME where there is none. */
static uint32_t find_unused(const struct ddg_labels *labels)
{
    const struct ddg_hierarchy *h = &labels->hierarchy;

    for (uint32_t i = 0; i < h->category.count; i++)
        if (!h->has_parts[i] && ddg_names_find(&labels->label, h->category.text[i]) == DDG_NO_NAME)
            return i;
    return DDG_NO_NAME;
}

static void say_quoted(struct ddg_prose *prose, struct ddg_text label)
{
    size_t begin = prose->used;

    ddg_prose_print(prose, "'%.*s'", (int)label.length, label.at);
    if (prose->used > begin)
        ddg_text_make_printable(prose->at + begin);
}

static void say_labels(const struct ddg_labels *labels, const char *before, struct ddg_prose *prose)
{
    uint32_t first = next_stranger(labels, 0), more = 0, unused = find_unused(labels);

    if (first == labels->first[1])
        return;
    for (uint32_t i = first; (i = next_stranger(labels, i + 1)) < labels->first[1];)
        more++;
    ddg_prose_print(prose, "%s the hierarchy of ", before);
    say_quoted(prose, labels->name);
    ddg_prose_say(prose, " lacks ");
    say_quoted(prose, labels->label.text[first]);
    if (more > 0)
        ddg_prose_print(prose, " and %u more", more);
    ddg_prose_print(prose, ", which %s in no category above", more > 0 ? "are" : "is");
    if (unused != DDG_NO_NAME) {
        ddg_prose_say(prose, "; no record has its ");
        say_quoted(prose, labels->hierarchy.category.text[unused]);
    }
    ddg_prose_say(prose, "\n");
}

void ddg_strangers_say(const struct ddg_cube *cube, const char *before, struct ddg_prose *prose)
{
    for (size_t d = 0; d < cube->dims; d++)
        if (cube->label[d].hierarchy.category.count > 0)
            say_labels(&cube->label[d], before, prose);
}
