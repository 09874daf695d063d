#include "protect/explain.h"

/* Finding -------------------------------------------------------------------------------------- */

/* True when the rules for groups ask for a complement that is shown for the moment. */
static bool find_line(struct ddg_mask *mask, uint32_t cell, bool group_rule)
{
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        enum ddg_need need = ddg_group_need(mask, m->cell_line[i], group_rule);

        if (need == DDG_NEEDS_NOTHING)
            continue;
        mask->rule[cell] = need == DDG_NEEDS_MORE ? DDG_RULE_MORE : DDG_RULE_PAIR;
        mask->reason[cell] = m->cell_line[i];
        return true;
    }
    return false;
}

/* The cell that a complement protects: one that changes with it in a witness. */
static uint32_t find_other(const struct ddg_search *s, uint32_t cell)
{
    const struct ddg_witnesses *w = &s->witnesses;
    uint32_t other = DDG_NO_CELL;

    for (size_t at = w->first[cell]; at > 0; at = w->next[at - 1]) {
        struct ddg_move move = ddg_witnesses_move(w, w->of[at - 1]);

        for (uint32_t i = 0; w->witness[w->of[at - 1]].shown == 0 && i < move.count; i++) {
            if (s->mask->kind[move.cell[i]] == DDG_PRIMARY)
                return move.cell[i];
            if (move.cell[i] != cell && s->mask->kind[move.cell[i]] == DDG_COMPLEMENT)
                other = move.cell[i];
        }
    }
    return other;
}

void ddg_explain_find(struct ddg_search *s)
{
    struct ddg_mask *mask = s->mask;

    for (uint32_t cell = 0; cell < mask->owned; cell++) {
        bool asked;

        if (mask->kind[cell] == DDG_PRIMARY)
            mask->rule[cell] = DDG_RULE_SMALL;
        if (mask->kind[cell] == DDG_COMPLEMENT)
            mask->rule[cell] = DDG_RULE_ALWAYS;
        if (!ddg_mask_can_show(mask, cell))
            continue;
        ddg_mask_show(mask, cell);
        asked = find_line(mask, cell, s->group_rule);
        ddg_mask_complement(mask, cell);
        if (asked)
            continue;
        mask->rule[cell] = DDG_RULE_OTHER;
        mask->reason[cell] = find_other(s, cell);
    }
}

/* Writing -------------------------------------------------------------------------------------- */

enum ddg_error ddg_explain_begin(struct ddg_output *output, const struct ddg_table *t)
{
    if (t->measures > 1)
        ddg_output_field(output, ddg_text_of("measure"));
    for (size_t d = 0; d < t->dims; d++)
        ddg_output_field(output, t->name[t->dim[d]]);
    ddg_output_field(output, ddg_text_of("rule"));
    ddg_output_field(output, ddg_text_of("line"));
    ddg_output_field(output, ddg_text_of("protects"));
    return ddg_output_end(output);
}

static enum ddg_error write_cell(struct ddg_output *output, const struct ddg_model *m,
                                 const struct ddg_mask *mask, struct ddg_text measure,
                                 uint32_t cell)
{
    static const char *const id[] = {
        [DDG_RULE_NONE] = "",           [DDG_RULE_SMALL] = "R-SUP-1", [DDG_RULE_MORE] = "R-SUP-6",
        [DDG_RULE_PAIR] = "R-SUP-7",    [DDG_RULE_OTHER] = "R-SUP-2", [DDG_RULE_ALWAYS] = "always",
        [DDG_RULE_EARLIER] = "R-DOC-2",
    };
    const struct ddg_table *t = m->table;
    enum ddg_rule rule = mask->rule[cell];
    char line[512] = "", other[512] = "";

    if (t->measures > 1)
        ddg_output_field(output, measure);
    for (size_t d = 0; d < t->dims; d++)
        ddg_output_field(output, cell < m->printed ? ddg_table_field(t, cell, t->dim[d])
                                                   : ddg_model_label(m, cell, d));
    if (rule == DDG_RULE_MORE || rule == DDG_RULE_PAIR)
        ddg_model_describe_line(mask->told, mask->reason[cell], line, sizeof line);
    if (rule == DDG_RULE_OTHER && mask->reason[cell] != DDG_NO_CELL)
        ddg_model_describe(mask->told, mask->reason[cell], other, sizeof other);
    ddg_output_field(output, ddg_text_of(id[rule]));
    ddg_output_field(output, ddg_text_of(line));
    ddg_output_field(output, ddg_text_of(other));
    return ddg_output_end(output);
}

enum ddg_error ddg_explain_write(struct ddg_output *output, const struct ddg_model *m,
                                 const struct ddg_mask *masks)
{
    const struct ddg_table *t = m->table;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < t->measures; i++)
        for (uint32_t cell = 0; !error && cell < masks[i].owned; cell++)
            if (ddg_is_suppressed(masks[i].kind[cell]))
                error = write_cell(output, m, &masks[i], t->name[t->measure[i].count], cell);
    return error;
}
