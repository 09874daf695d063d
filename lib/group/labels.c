#include "group/labels.h"

#include <stdlib.h>

/* Values that are remembered of a recoded column.  Time stamps could be as many as records, and
 * memory must stay proportional to groups; values that are labels are groups. */
enum { RAW_MOST = 1 << 16 };

/* A dictionary of more values is likely not to be in the cache: lookups are begun many at a time.
 */
enum { RAW_NEAR = 1 << 13, BEGUN = 64 };

enum ddg_error ddg_labels_init(struct ddg_labels *labels, const struct ddg_grouping *dimension,
                               struct ddg_text missing, struct ddg_text total,
                               struct ddg_context *context)
{
    *labels = (struct ddg_labels){.step = dimension->step,
                                  .steps = dimension->steps,
                                  .name = dimension->name,
                                  .missing = missing,
                                  .total = total};
    ddg_names_init(&labels->label);
    if (ddg_text_equal(missing, total))
        return ddg_fail(context, DDG_USAGE,
                        "dimension '%.*s': the label of blank values is the label of totals",
                        (int)dimension->name.length, dimension->name.at);
    return ddg_dictionary_init(&labels->raw, context);
}

enum ddg_error ddg_labels_init_like(struct ddg_labels *labels, const struct ddg_labels *other,
                                    struct ddg_context *context)
{
    *labels = (struct ddg_labels){.step = other->step,
                                  .steps = other->steps,
                                  .name = other->name,
                                  .missing = other->missing,
                                  .total = other->total,
                                  .hierarchy = other->hierarchy,
                                  .borrows = true};
    ddg_names_init(&labels->label);
    return ddg_dictionary_init(&labels->raw, context);
}

/* A value that is looked up. */
struct sought {
    struct ddg_lookup lookup;
    uint32_t hash; /* of its label, where that is the value itself or the label of blank ones */
};

static struct ddg_text label_of(const struct ddg_labels *labels, struct ddg_text value)
{
    return value.length == 0 ? labels->missing : value;
}

static uint32_t hash_label(const struct ddg_labels *labels, struct ddg_text value)
{
    return ddg_names_hash(&labels->label, label_of(labels, value));
}

/* Gives the label of a value that is recoded its code. */
static enum ddg_error add_label(struct ddg_labels *labels, struct ddg_text value, uint32_t hash,
                                uint32_t *code, const char **problem, struct ddg_context *context)
{
    struct ddg_text label = label_of(labels, value);

    if (ddg_text_equal(label, labels->total)) {
        *problem = "a value that reads as the label of totals (--total gives them another)";
        return DDG_OK;
    }
    if (ddg_hierarchy_has_parts(&labels->hierarchy, label)) {
        *problem = "a value that has parts in the hierarchy: which of them is meant?";
        return DDG_OK;
    }
    return ddg_names_add_hashed(&labels->label, label, hash, code, context);
}

/* Blank passes through: a recoding reads values, and there is none. */
static enum ddg_error recode(struct ddg_labels *labels, struct ddg_text value, uint32_t hash,
                             uint32_t *code, const char **problem, struct ddg_context *context)
{
    char room[DDG_LABEL_ROOM];

    for (size_t i = 0; i < labels->steps && value.length > 0; i++) {
        *problem = ddg_recoding_apply(&labels->step[i], value, room, &value);
        if (*problem)
            return DDG_OK;
    }
    if (labels->steps > 0)
        hash = hash_label(labels, value);
    return add_label(labels, value, hash, code, problem, context);
}

/* The code of a value that is not in the dictionary, and then is. */
static enum ddg_error code_new(struct ddg_labels *labels, const struct sought *sought,
                               struct ddg_text value, uint32_t *code, const char **problem,
                               struct ddg_context *context)
{
    const char *wrong = NULL;
    enum ddg_error error = recode(labels, value, sought->hash, code, &wrong, context);

    if (wrong)
        *problem = wrong;
    if (error || wrong)
        return error;
    if (labels->steps > 0 && labels->raw.count == RAW_MOST)
        ddg_dictionary_clear(&labels->raw);
    return ddg_dictionary_add(&labels->raw, &sought->lookup, value, *code, context);
}

enum ddg_error ddg_labels_code(struct ddg_labels *labels, struct ddg_text value, uint32_t *code,
                               const char **problem, struct ddg_context *context)
{
    char room[DDG_SHORT_TEXT_MOST] = {0};
    struct ddg_text padded = value;
    struct sought sought;

    *problem = NULL;
    if (value.length < sizeof room) {
        if (value.length > 0)
            memcpy(room, value.at, value.length);
        padded.at = room;
    }
    sought.lookup = ddg_dictionary_lookup(&labels->raw, padded);
    *code = ddg_dictionary_find(&labels->raw, &sought.lookup, padded);
    if (*code != DDG_NOT_THERE)
        return DDG_OK;
    sought.hash = hash_label(labels, padded);
    return code_new(labels, &sought, padded, code, problem, context);
}

/* With the lookups begun, finds the codes of up to BEGUN values. */
static enum ddg_error code_begun(struct ddg_labels *labels, const struct ddg_text *value,
                                 size_t stride, size_t *count, uint32_t *code, const char **problem,
                                 struct ddg_context *context)
{
    struct sought sought[BEGUN];

    for (size_t r = 0; r < *count; r++) {
        sought[r].lookup = ddg_dictionary_lookup(&labels->raw, value[r * stride]);
        ddg_dictionary_fetch(&labels->raw, &sought[r].lookup);
    }
    for (size_t r = 0; r < *count; r++) {
        code[r] = ddg_dictionary_find(&labels->raw, &sought[r].lookup, value[r * stride]);
        if (code[r] != DDG_NOT_THERE)
            continue;
        sought[r].hash = hash_label(labels, value[r * stride]);
        ddg_names_fetch_slot(&labels->label, sought[r].hash);
    }
    for (size_t r = 0; r < *count; r++) {
        const char *wrong = NULL;
        enum ddg_error error;

        if (code[r] != DDG_NOT_THERE)
            continue;
        /* it may be one of those that were new before it */
        code[r] = ddg_dictionary_find(&labels->raw, &sought[r].lookup, value[r * stride]);
        if (code[r] != DDG_NOT_THERE)
            continue;
        error = code_new(labels, &sought[r], value[r * stride], &code[r], &wrong, context);
        if (error)
            return error;
        if (wrong) {
            *problem = wrong;
            *count = r;
        }
    }
    return DDG_OK;
}

enum ddg_error ddg_labels_code_all(struct ddg_labels *labels, const struct ddg_text *value,
                                   size_t stride, size_t *count, uint32_t *code,
                                   const char **problem, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t r = 0; !error && r < *count;) {
        size_t left;

        if (labels->raw.count <= RAW_NEAR)
            r += ddg_dictionary_numbers(&labels->raw, value + r * stride, stride, *count - r,
                                        code + r);
        left = *count - r < BEGUN ? *count - r : BEGUN;
        if (left > 0) {
            size_t done = left;

            error =
                code_begun(labels, value + r * stride, stride, &done, code + r, problem, context);
            r += done;
            if (done < left)
                *count = r;
        }
    }
    return error;
}

enum ddg_error ddg_labels_add_hierarchy(struct ddg_labels *labels, const char *path,
                                        struct ddg_context *context)
{
    return ddg_hierarchy_read(&labels->hierarchy, path, labels->name, labels->total, context);
}

/* Finds what is above the labels of records at the depth; *any is true where there is something. */
static enum ddg_error climb_to(struct ddg_labels *labels, size_t depth, bool *any,
                               struct ddg_context *context)
{
    uint32_t *above = labels->above + depth * labels->first[1];
    enum ddg_error error = DDG_OK;

    for (uint32_t code = 0; !error && code < labels->first[1]; code++) {
        uint32_t category =
            ddg_hierarchy_above(&labels->hierarchy, labels->label.text[code], depth);

        above[code] = DDG_NOT_THERE;
        if (category == DDG_NO_NAME)
            continue;
        *any = true;
        error = ddg_names_add(&labels->label, labels->hierarchy.category.text[category],
                              &above[code], context);
    }
    labels->first[depth + 1] = labels->label.count;
    return error;
}

static bool knows_labels(const struct ddg_labels *labels)
{
    for (uint32_t code = 0; code < labels->label.count; code++)
        if (ddg_names_find(&labels->hierarchy.category, labels->label.text[code]) != DDG_NO_NAME)
            return true;
    return labels->label.count == 0;
}

enum ddg_error ddg_labels_climb(struct ddg_labels *labels, struct ddg_context *context)
{
    size_t first_room = 0, above_room = 0;
    bool any = labels->hierarchy.category.count > 0;
    enum ddg_error error = ddg_grow(&labels->first, &first_room, 2, sizeof *labels->first, context);

    if (error)
        return error;
    labels->first[1] = labels->label.count;
    if (any && !knows_labels(labels))
        return ddg_fail(context, DDG_INPUT,
                        "none of the labels of the hierarchy file of '%.*s' occurs",
                        (int)labels->name.length, labels->name.at);
    while (!error && any) {
        size_t depth = labels->levels + 1;

        any = false;
        if ((error = ddg_grow(&labels->first, &first_room, depth + 2, sizeof *labels->first,
                              context)) ||
            (error = ddg_grow(&labels->above, &above_room, (depth + 1) * labels->first[1],
                              sizeof *labels->above, context)))
            return error;
        error = climb_to(labels, depth, &any, context);
        if (any)
            labels->levels = depth;
    }
    return error;
}

size_t ddg_labels_bytes(const struct ddg_labels *labels)
{
    const struct ddg_names *label = &labels->label;
    const struct ddg_dictionary *raw = &labels->raw;

    return label->capacity * sizeof *label->text + label->slots * sizeof *label->slot +
           label->arena.bytes + (raw->mask + 1) * sizeof *raw->entry + raw->arena.bytes;
}

void ddg_labels_free(struct ddg_labels *labels)
{
    ddg_names_free(&labels->label);
    ddg_dictionary_free(&labels->raw);
    if (!labels->borrows)
        ddg_hierarchy_free(&labels->hierarchy);
    free(labels->first);
    free(labels->above);
    *labels = (struct ddg_labels){0};
}
