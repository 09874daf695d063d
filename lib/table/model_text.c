#include "table/model.h"

#include <stdio.h>

/* Which measure a cell of several is of. */
static void describe_measure(const struct ddg_model *m, uint32_t cell, char *room, size_t size)
{
    size_t d = m->dimensions - 1;
    struct ddg_text name;

    while (!m->dimension[d].joined)
        d--;
    name = m->dimension[d].category.text[ddg_model_category(m, cell, d)];
    if (cell >= m->between)
        snprintf(room, size, " (of an equation)");
    else
        snprintf(room, size, " ('%.*s')", (int)name.length, name.at);
}

void ddg_model_describe(const struct ddg_model *m, uint32_t cell, char *room, size_t size)
{
    const struct ddg_table *t = m->table;
    size_t used = 0;

    room[0] = '\0';
    for (size_t i = 0; i < t->dims && used < size; i++) {
        struct ddg_text label = ddg_model_label(m, cell, i), name = t->name[t->dim[i]];

        used += (size_t)snprintf(room + used, size - used, "%s%.*s=%.*s", i ? ", " : "",
                                 (int)name.length, name.at, (int)label.length,
                                 label.length ? label.at : "");
    }
    if (m->line_measure && used < size)
        describe_measure(m, cell, room + used, size - used);
}

void ddg_model_describe_line(const struct ddg_model *m, uint32_t line, char *room, size_t size)
{
    uint32_t total = m->line_cell[m->line_start[line]];
    size_t d = m->line_dimension[line], level = 0, used;
    struct ddg_text along;

    /* the level of the parts */
    while (level + 1 < m->dimension[d].levels &&
           !ddg_text_equal(
               ddg_dimension_label(&m->dimension[d], ddg_model_category(m, total, d), level),
               m->dimension[d].level[level].total))
        level++;
    along = m->dimension[d].level[level].name;
    ddg_model_describe(m, total, room, size);
    used = strlen(room);
    snprintf(room + used, size - used, " (parts by %.*s)", (int)along.length, along.at);
}

enum ddg_error ddg_model_fail(const struct ddg_model *m, uint32_t line, struct ddg_context *context,
                              const char *text)
{
    uint32_t total = m->line_cell[m->line_start[line]];
    char where[320];

    ddg_model_describe_line(m, line, where, sizeof where);
    if (total >= m->printed)
        return ddg_fail_at(context, DDG_INPUT, m->table->file, 0, NULL, "%s: %s", text, where);
    return ddg_fail_at(context, DDG_INPUT, ddg_table_file(m->table, total), m->table->line[total],
                       NULL, "%s: %s", text, where);
}
