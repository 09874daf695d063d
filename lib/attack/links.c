#include "attack/links.h"

#include "base/tuple.h"

#include <stdlib.h>

struct ddg_text ddg_links_name(const struct ddg_knowledge *k, struct ddg_text name)
{
    /* a name may be reached over several links; as many steps as there are links reach all */
    for (size_t step = 0; step < k->links; step++)
        for (size_t i = 0; i < k->links; i++)
            if (ddg_text_equal(k->link[i].right, name))
                name = k->link[i].left;
    return name;
}

/* Keys --------------------------------------------------------------------------------------- */

/* What a cell is, whatever release it stands in: its measure, then pairs of a column and a label,
 * in the order of the columns' numbers. */
struct linking {
    struct ddg_publication *publication;
    struct ddg_context *context;
    struct ddg_names columns, labels, keys;
    uint32_t *slot; /* of each key: the last of today's slots that it was met at, */
    uint32_t *met;  /* and of each slot the one before it */
    size_t slot_room;
    struct ddg_tuple key; /* the key at hand */
    uint32_t **column;    /* of each release: the numbers of its dimensions' columns */
    uint64_t **parts; /* of each release and dimension column: a digest of what its total adds up */
};

/* Puts a pair where its column belongs among those behind the measure. */
static enum ddg_error push_pair(struct linking *l, uint32_t column, uint32_t label)
{
    struct ddg_tuple *key = &l->key;
    enum ddg_error error;
    size_t at;

    if ((error = ddg_tuple_push(key, column, l->context)) ||
        (error = ddg_tuple_push(key, label, l->context)))
        return error;
    for (at = key->count - 2; at > 1 && key->number[at - 2] > column; at -= 2) {
        key->number[at] = key->number[at - 2];
        key->number[at + 1] = key->number[at - 1];
    }
    key->number[at] = column;
    key->number[at + 1] = label;
    return DDG_OK;
}

/* With --repeats: which of several tables; the first is the one that others can be linked with. */
static enum ddg_error push_repeat(struct linking *l, const struct ddg_model *m, uint32_t cell)
{
    size_t last = m->dimensions - 1;
    uint32_t number;
    struct ddg_text label;
    enum ddg_error error;

    if (m->dimensions == 0 || m->dimension[last].level[0].column != DDG_NO_COLUMN)
        return DDG_OK;
    label = ddg_dimension_label(&m->dimension[last], ddg_model_category(m, cell, last), 0);
    if (ddg_text_is(label, "1"))
        return DDG_OK;
    if ((error = ddg_names_add(&l->labels, label, &number, l->context)))
        return error;
    return push_pair(l, UINT32_MAX, number);
}

static enum ddg_error make_key(struct linking *l, size_t release, size_t measure, uint32_t cell)
{
    const struct ddg_release *r = &l->publication->release[release];
    struct ddg_text name = r->table->name[r->table->measure[measure].count];
    uint32_t number;
    enum ddg_error error;

    l->key.count = 0;
    name = ddg_links_name(l->publication->knowledge, name);
    if ((error = ddg_names_add(&l->columns, name, &number, l->context)) ||
        (error = ddg_tuple_push(&l->key, number, l->context)))
        return error;
    for (size_t dim = 0; dim < r->table->dims; dim++) {
        struct ddg_text label = ddg_model_label(&r->model, cell, dim);

        if (ddg_text_equal(label, ddg_model_level(&r->model, dim)->total))
            continue;
        if ((error = ddg_names_add(&l->labels, label, &number, l->context)) ||
            (error = push_pair(l, l->column[release][dim], number)))
            return error;
    }
    return push_repeat(l, &r->model, cell);
}

/* Adds up hashes of the labels that the total of each dimension column has as its parts, whatever
 * their order. */
static enum ddg_error digest_parts(struct linking *l, size_t release)
{
    const struct ddg_release *r = &l->publication->release[release];
    enum ddg_error error = DDG_OK;

    for (size_t dim = 0; !error && dim < r->table->dims; dim++) {
        const struct ddg_dimension *d = &r->model.dimension[r->model.place[2 * dim]];
        size_t level = r->model.place[2 * dim + 1];
        struct ddg_text name = ddg_links_name(l->publication->knowledge, d->level[level].name);

        error = ddg_names_add(&l->columns, name, &l->column[release][dim], l->context);
        for (uint32_t c = 0; !error && c < d->category.count; c++) {
            uint32_t label;

            if (c == d->total)
                continue;
            error = ddg_names_add(&l->labels, ddg_dimension_label(d, c, level), &label, l->context);
            l->parts[release][dim] += ddg_hash_word(&l->labels.key, label);
        }
    }
    return error;
}

/* True when both cells have a row, or the totals among their categories add up the same.  A table
 * that has nothing but the total of a dimension says nothing against it. */
static bool same_parts(const struct linking *l, uint32_t a, uint32_t b)
{
    const struct ddg_publication *p = l->publication;
    struct ddg_slot_place x = ddg_slot_at(p, a), y = ddg_slot_at(p, b);
    const struct ddg_release *r = &p->release[x.release], *s = &p->release[y.release];

    if (x.cell < r->model.printed + r->model.absent && y.cell < s->model.printed + s->model.absent)
        return true;
    for (size_t i = 0; i < r->table->dims; i++)
        for (size_t j = 0; j < s->table->dims; j++)
            if (l->column[x.release][i] == l->column[y.release][j] &&
                ddg_text_equal(ddg_model_label(&r->model, x.cell, i),
                               ddg_model_level(&r->model, i)->total) &&
                l->parts[x.release][i] != 0 && l->parts[y.release][j] != 0 &&
                l->parts[x.release][i] != l->parts[y.release][j])
                return false;
    return true;
}

/* Releases ----------------------------------------------------------------------------------- */

/* Puts into *last the slot of today at which the key of a slot was last met, DDG_NO_SLOT if there
 * is none; a slot of today is then the last itself. */
static enum ddg_error meet(struct linking *l, size_t release, size_t measure, uint32_t cell,
                           uint32_t *last)
{
    uint32_t before = l->keys.count, slot = ddg_slot(l->publication, release, measure, cell), key;
    struct ddg_text name;
    enum ddg_error error;

    *last = DDG_NO_SLOT;
    if ((error = make_key(l, release, measure, cell)))
        return error;
    name = ddg_tuple_name(&l->key);
    if (l->publication->release[release].previous) {
        key = ddg_names_find(&l->keys, name);
        *last = key == DDG_NO_NAME ? DDG_NO_SLOT : l->slot[key];
        return DDG_OK;
    }
    if ((error = ddg_names_add(&l->keys, name, &key, l->context)) ||
        (error = ddg_grow(&l->slot, &l->slot_room, (size_t)key + 1, sizeof *l->slot, l->context)))
        return error;
    if (key != before)
        *last = l->slot[key];
    l->met[slot] = *last;
    l->slot[key] = slot;
    return DDG_OK;
}

/* A total can be another than that of the next release and both the same as that of a third, so
 * each slot is compared with all that have its key: what is joined does not hang on the order. */
static enum ddg_error link_release(struct linking *l, size_t release)
{
    struct ddg_publication *p = l->publication;
    const struct ddg_release *r = &p->release[release];
    enum ddg_error error = DDG_OK;

    for (size_t m = 0; m < r->table->measures; m++)
        for (uint32_t cell = 0; !error && cell < r->model.cells; cell++) {
            uint32_t slot = ddg_slot(p, release, m, cell), twin;

            error = meet(l, release, m, cell, &twin);
            for (; !error && twin != DDG_NO_SLOT; twin = l->met[twin])
                if (same_parts(l, twin, slot))
                    error = ddg_slot_join(p, twin, slot, l->context);
        }
    return error;
}

/* Earlier releases --------------------------------------------------------------------------- */

/* Marks all slots of lines that hold a marked one. */
static void mark_lines(const struct ddg_publication *p, size_t release, const bool *marked,
                       bool *moved)
{
    const struct ddg_model *m = &p->release[release].model;

    for (size_t i = 0; i < p->release[release].table->measures; i++)
        for (uint32_t line = 0; line < m->lines; line++) {
            bool any = false;

            for (size_t c = m->line_start[line]; c < m->line_start[line + 1]; c++)
                any = any || marked[ddg_slot(p, release, i, m->line_cell[c])];
            for (size_t c = m->line_start[line]; any && c < m->line_start[line + 1]; c++)
                moved[ddg_slot(p, release, i, m->line_cell[c])] = true;
        }
}

/* The slots of an earlier release, each with all of today's that are the same cell. */
struct pairs {
    struct ddg_partners *item;
    size_t count, room;
};

/* Marks the slots of pairs that show different counts, or of which one cannot be what the other
 * shows (a small count was hidden that is 11 today). */
static void mark_changed(const struct ddg_publication *p, const struct pairs *pairs, bool *marked)
{
    for (size_t i = 0; i < pairs->count; i++) {
        uint32_t slot = pairs->item[i].earlier, today = pairs->item[i].today;
        uint32_t first = ddg_slot_first(p, today);
        bool apart = p->low[slot] > p->high[first] || p->high[slot] < p->low[first];
        bool shown = p->seen[today] == DDG_SEEN_SHOWN && p->seen[slot] == DDG_SEEN_SHOWN;

        if (apart || (shown && (p->low[slot] != p->low[first] || p->high[slot] != p->high[first])))
            marked[slot] = marked[today] = true;
    }
}

/* A total that neither release prints changes with any part, and nothing shows whether it did. */
static bool is_printed(const struct ddg_publication *p, const struct ddg_partners *pair)
{
    return p->seen[pair->earlier] != DDG_SEEN_NOT && p->seen[pair->today] != DDG_SEEN_NOT;
}

/* Joins an earlier release that is the same but for what was corrected: where shown counts differ,
 * what stands in a line with them may have been corrected, too. */
static enum ddg_error join_restated(struct ddg_publication *p, const struct pairs *pairs,
                                    size_t release, struct ddg_context *context)
{
    bool *marked, *moved = NULL;
    enum ddg_error error = ddg_allocate(&marked, p->slots, sizeof *marked, context);

    if (!error)
        error = ddg_allocate(&moved, p->slots, sizeof *moved, context);
    if (!error) {
        mark_changed(p, pairs, marked);
        memcpy(moved, marked, p->slots * sizeof *moved);
    }
    for (size_t r = 0; !error && r <= release; r++)
        if (r == release || !p->release[r].previous)
            mark_lines(p, r, marked, moved);
    for (size_t i = 0; !error && i < pairs->count; i++)
        if (!moved[pairs->item[i].earlier] && !moved[pairs->item[i].today] &&
            is_printed(p, &pairs->item[i]))
            error = ddg_slot_join(p, pairs->item[i].today, pairs->item[i].earlier, context);
    free(marked);
    free(moved);
    return error;
}

/* Lists pairs for the rows that bind them: each number of today once, and where it is printed. */
static enum ddg_error list_partners(struct ddg_publication *p, const struct pairs *pairs,
                                    struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0, first = p->earlier_count; !error && i < pairs->count; i++) {
        const struct ddg_partners *pair = &pairs->item[i];
        size_t at = first;

        if (i > 0 && pairs->item[i - 1].earlier != pair->earlier)
            at = first = p->earlier_count;
        while (at < p->earlier_count &&
               ddg_slot_first(p, p->earlier[at].today) != ddg_slot_first(p, pair->today))
            at++;
        if (at < p->earlier_count) {
            if (p->seen[p->earlier[at].today] == DDG_SEEN_NOT)
                p->earlier[at].today = pair->today;
            continue;
        }
        error = ddg_grow(&p->earlier, &p->earlier_room, at + 1, sizeof *p->earlier, context);
        if (!error)
            p->earlier[p->earlier_count++] = *pair;
    }
    return error;
}

static enum ddg_error find_pairs(struct linking *l, size_t release, struct pairs *pairs)
{
    const struct ddg_publication *p = l->publication;
    const struct ddg_release *r = &p->release[release];
    enum ddg_error error = DDG_OK;

    for (size_t m = 0; m < r->table->measures; m++)
        for (uint32_t cell = 0; !error && cell < r->model.cells; cell++) {
            uint32_t slot = ddg_slot(p, release, m, cell), today;

            error = meet(l, release, m, cell, &today);
            for (; !error && today != DDG_NO_SLOT; today = l->met[today]) {
                if (!same_parts(l, today, slot))
                    continue;
                error = ddg_grow(&pairs->item, &pairs->room, pairs->count + 1, sizeof *pairs->item,
                                 l->context);
                if (!error)
                    pairs->item[pairs->count++] = (struct ddg_partners){slot, today};
            }
        }
    return error;
}

static enum ddg_error link_previous(struct linking *l, size_t release)
{
    struct ddg_publication *p = l->publication;
    struct pairs pairs = {0};
    enum ddg_error error;

    if (p->knowledge->previous_kind == DDG_PREVIOUS_MOVING)
        return DDG_OK;
    error = find_pairs(l, release, &pairs);
    if (!error)
        error = p->knowledge->previous_kind == DDG_PREVIOUS_RESTATED
                    ? join_restated(p, &pairs, release, l->context)
                    : list_partners(p, &pairs, l->context);
    free(pairs.item);
    return error;
}

/* Whole -------------------------------------------------------------------------------------- */

static enum ddg_error start(struct linking *l)
{
    const struct ddg_publication *p = l->publication;
    enum ddg_error error;

    ddg_names_init(&l->columns);
    ddg_names_init(&l->labels);
    ddg_names_init(&l->keys);
    if ((error = ddg_allocate(&l->column, p->releases, sizeof *l->column, l->context)) ||
        (error = ddg_allocate(&l->parts, p->releases, sizeof *l->parts, l->context)) ||
        (error = ddg_allocate(&l->met, p->slots, sizeof *l->met, l->context)))
        return error;
    for (size_t i = 0; i < p->releases; i++) {
        size_t dims = p->release[i].table->dims;

        if ((error = ddg_allocate(&l->column[i], dims, sizeof **l->column, l->context)) ||
            (error = ddg_allocate(&l->parts[i], dims, sizeof **l->parts, l->context)) ||
            (error = digest_parts(l, i)))
            return error;
    }
    return DDG_OK;
}

static void finish(struct linking *l)
{
    for (size_t i = 0; i < l->publication->releases; i++) {
        if (l->column)
            free(l->column[i]);
        if (l->parts)
            free(l->parts[i]);
    }
    free(l->column);
    free(l->parts);
    free(l->slot);
    free(l->met);
    ddg_tuple_free(&l->key);
    ddg_names_free(&l->columns);
    ddg_names_free(&l->labels);
    ddg_names_free(&l->keys);
}

enum ddg_error ddg_links_join(struct ddg_publication *p, struct ddg_context *context)
{
    struct linking linking = {.publication = p, .context = context};
    enum ddg_error error;

    if (p->releases < 2)
        return DDG_OK;
    error = start(&linking);
    for (size_t i = 0; !error && i < p->releases; i++)
        error = p->release[i].previous ? link_previous(&linking, i) : link_release(&linking, i);
    finish(&linking);
    return error;
}
