#include "protect/publish.h"

#include "base/number.h"
#include "base/prose.h"

/* What a suppressed cell shows in its three columns. */
struct form {
    const char *symbol, *code;
    struct ddg_text text;
};

enum kind { SMALL, COMPLEMENTARY, MERGED, KINDS };

struct writer {
    struct ddg_output *output;
    const struct ddg_model *model;
    const struct ddg_mask *masks;
    const struct ddg_columns *columns;
    struct form form[KINDS];
};

bool ddg_publish_withholds(const struct ddg_mask *mask)
{
    return mask->policy.always != NULL;
}

/* The forms of R-SUP-10, or with `display` those of R-SUP-11, where counts hold a symbol and the
 * description is the footnote to it. */
static enum ddg_error find_forms(struct writer *w, bool display, struct ddg_arena *arena,
                                 struct ddg_context *context)
{
    static const char *const code[KINDS] = {"1", "2", "1"};
    static const char *const symbol[KINDS] = {"S", "C", "S"};
    static const char *const plain[2][KINDS] = {
        {"suppressed for small numbers", "complementary", "small number or complementary"},
        {"suppressed for small numbers", "complementary, or withheld by choice",
         "small number, complementary, or withheld by choice"},
    };
    static const char *const note[2][KINDS] = {
        {"S: counts under %llu are not shown in accordance with the CalHHS DDG Edition 2.0",
         "C: complementary, not shown so that no count under %llu can be computed, in accordance "
         "with the CalHHS DDG Edition 2.0",
         "S: counts under %llu, and complementary ones that would give them away, are not shown in "
         "accordance with the CalHHS DDG Edition 2.0"},
        {"S: counts under %llu are not shown in accordance with the CalHHS DDG Edition 2.0",
         "C: complementary, not shown so that no count under %llu can be computed in accordance "
         "with the CalHHS DDG Edition 2.0, or withheld by choice",
         "S: counts under %llu, complementary ones that would give them away, and others by "
         "choice, are not shown in accordance with the CalHHS DDG Edition 2.0"},
    };
    bool withheld = ddg_publish_withholds(w->masks);

    for (int i = 0; i < KINDS; i++) {
        struct ddg_prose prose = {.context = context};

        if (display)
            ddg_prose_print(&prose, note[withheld][i], (unsigned long long)w->masks[0].threshold);
        else
            ddg_prose_say(&prose, plain[withheld][i]);
        w->form[i] = (struct form){display ? symbol[i] : "", code[i], {NULL, 0}};
        w->form[i].text = ddg_arena_copy(arena, ddg_prose_text(&prose), context);
        ddg_prose_free(&prose);
    }
    return context->error;
}

enum ddg_error ddg_publish_begin(struct ddg_output *output, const struct ddg_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->column[i].role != DDG_COLUMN_DROPPED)
            ddg_output_field(output, columns->column[i].name);
    return ddg_output_end(output);
}

static const struct form *form_of(const struct writer *w, const struct ddg_mask *mask,
                                  uint32_t cell)
{
    if (!mask->policy.apart)
        return &w->form[MERGED];
    return &w->form[mask->kind[cell] == DDG_PRIMARY ? SMALL : COMPLEMENTARY];
}

/* What a cell shows in a column.  `old` is what the table has there, blank in added rows. */
static struct ddg_text shown_field(const struct writer *w, uint32_t cell, struct ddg_column column,
                                   struct ddg_text old, bool any_suppressed, char *room)
{
    const struct ddg_mask *mask = &w->masks[column.measure];
    bool suppressed = ddg_is_suppressed(mask->kind[cell]);
    struct ddg_text blank = {NULL, 0};

    switch (column.role) {
    case DDG_COLUMN_STATISTIC:
        return any_suppressed ? blank : old;
    case DDG_COLUMN_COUNT:
        if (suppressed)
            return ddg_text_of(form_of(w, mask, cell)->symbol);
        if (cell < w->model->printed)
            return old;
        return ddg_format_unsigned(mask->truth->low[cell], room);
    case DDG_COLUMN_ANNOTATION:
        return suppressed ? ddg_text_of(form_of(w, mask, cell)->code) : old;
    case DDG_COLUMN_TEXT:
        return suppressed ? form_of(w, mask, cell)->text : old;
    default:
        return old;
    }
}

static enum ddg_error write_cell(const struct writer *w, uint32_t cell)
{
    const struct ddg_table *t = w->model->table;
    bool any_suppressed = false;

    for (size_t i = 0; i < t->measures; i++)
        any_suppressed = any_suppressed || ddg_is_suppressed(w->masks[i].kind[cell]);
    for (size_t i = 0; i < w->columns->count; i++) {
        struct ddg_text old = {NULL, 0};
        char room[DDG_UNSIGNED_ROOM];

        if (w->columns->column[i].role == DDG_COLUMN_DROPPED)
            continue;
        if (i < t->columns && cell < w->model->printed)
            old = ddg_table_field(t, cell, i);
        for (size_t d = 0; cell >= w->model->printed && d < t->dims; d++)
            if (t->dim[d] == i)
                old = ddg_model_label(w->model, cell, d);
        ddg_output_field(w->output,
                         shown_field(w, cell, w->columns->column[i], old, any_suppressed, room));
    }
    return ddg_output_end(w->output);
}

enum ddg_error ddg_publish(struct ddg_output *output, const struct ddg_model *model,
                           const struct ddg_mask *masks, const struct ddg_columns *columns,
                           bool display, struct ddg_context *context)
{
    struct writer w = {.output = output, .model = model, .masks = masks, .columns = columns};
    struct ddg_arena arena = {0};
    enum ddg_error error = find_forms(&w, display, &arena, context);

    for (uint32_t cell = 0; !error && cell < masks[0].owned; cell++)
        error = write_cell(&w, cell);
    ddg_arena_free(&arena);
    return error;
}
