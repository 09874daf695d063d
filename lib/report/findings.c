#include "report/findings.h"

#include "attack/links.h"
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

const char *ddg_verdict_word(enum ddg_verdict verdict)
{
    static const char *const words[] = {
        [DDG_VERDICT_NONE] = "",
        [DDG_VERDICT_SAFE] = "safe",
        [DDG_VERDICT_UNDECIDED] = "undecided",
        [DDG_VERDICT_DETERMINED] = "determined",
        [DDG_VERDICT_NARROWED] = "narrowed",
        [DDG_VERDICT_RECOVERED] = "recovered",
    };

    return words[verdict];
}

struct writing {
    struct ddg_output *output;
    const struct ddg_audit *audit;
    const struct ddg_findings_options *options;
    struct ddg_list dims; /* names of the dimensions of all tables */
};

/* Columns ------------------------------------------------------------------------------------ */

static struct ddg_text dim_name(const struct writing *w, const struct ddg_release *release,
                                size_t dim)
{
    return ddg_links_name(w->options->knowledge, release->table->name[release->table->dim[dim]]);
}

static enum ddg_error find_dims(struct writing *w, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t r = 0; r < w->audit->releases; r++) {
        const struct ddg_release *release = &w->audit->release[r];

        for (size_t dim = 0; !error && dim < release->table->dims; dim++)
            if (!ddg_list_has(&w->dims, dim_name(w, release, dim)))
                error = ddg_list_push(&w->dims, dim_name(w, release, dim), context);
    }
    return error;
}

static enum ddg_error write_header(struct writing *w)
{
    ddg_output_field(w->output, ddg_text_of("line"));
    ddg_output_field(w->output, ddg_text_of("measure"));
    for (size_t i = 0; i < w->dims.count; i++)
        ddg_output_field(w->output, w->dims.item[i]);
    ddg_output_field(w->output, ddg_text_of("status"));
    ddg_output_field(w->output, ddg_text_of("how"));
    if (w->options->values) {
        ddg_output_field(w->output, ddg_text_of("low"));
        ddg_output_field(w->output, ddg_text_of("high"));
    }
    return ddg_output_end(w->output);
}

/* Fields ------------------------------------------------------------------------------------- */

/* The line of a row, with its file where there are several. */
static void write_place(const struct writing *w, const struct ddg_release *release, size_t row)
{
    const struct ddg_table *t = release->table;
    bool several = w->audit->releases > 1 || t->parts > 1;
    char room[512];

    room[0] = '\0';
    if (row < t->rows && several)
        snprintf(room, sizeof room, "%s:%llu", ddg_table_file(t, row),
                 (unsigned long long)t->line[row]);
    else if (row < t->rows)
        snprintf(room, sizeof room, "%llu", (unsigned long long)t->line[row]);
    else if (several)
        snprintf(room, sizeof room, "%s", t->file);
    ddg_output_field(w->output, ddg_text_of(room));
}

/* The labels of a cell; blank ones for DDG_NO_CELL and in columns that its table does not have. */
static void write_labels(const struct writing *w, const struct ddg_release *release, uint32_t cell)
{
    for (size_t i = 0; i < w->dims.count; i++) {
        struct ddg_text label = {NULL, 0};

        for (size_t dim = 0; cell != DDG_NO_CELL && dim < release->table->dims; dim++)
            if (ddg_text_equal(dim_name(w, release, dim), w->dims.item[i]))
                label = ddg_model_label(&release->model, cell, dim);
        ddg_output_field(w->output, label);
    }
}

static void write_bound(const struct writing *w, int64_t bound)
{
    char room[DDG_UNSIGNED_ROOM];

    ddg_output_field(w->output, bound == DDG_UNBOUNDED
                                    ? ddg_text_of("")
                                    : ddg_format_unsigned((uint64_t)bound, room));
}

static void write_status(const struct writing *w, bool alone, const char *word)
{
    char room[64];

    snprintf(room, sizeof room, "%s%s", alone ? DDG_ALONE : "", word);
    ddg_output_field(w->output, ddg_text_of(room));
}

/* Rows --------------------------------------------------------------------------------------- */

static enum ddg_error write_finding(const struct writing *w, const struct ddg_finding *finding)
{
    const struct ddg_release *release = &w->audit->release[finding->release];
    const struct ddg_table *table = release->table;
    uint32_t cell = finding->cell;

    if (cell < release->model.printed)
        write_place(w, release, cell);
    else
        ddg_output_field(w->output, ddg_text_of(""));
    ddg_output_field(w->output, table->name[table->measure[finding->measure].count]);
    write_labels(w, release, cell);
    write_status(w, finding >= w->audit->finding + w->audit->findings,
                 ddg_verdict_word(finding->answer.verdict));
    ddg_output_field(w->output, ddg_text_of(w->options->values ? finding->figures : finding->how));
    if (w->options->values) {
        write_bound(w, finding->answer.low);
        write_bound(w, finding->answer.high);
    }
    return ddg_output_end(w->output);
}

/* A notice about one row has the labels of its cell; one about many says how many. */
static enum ddg_error write_notice(const struct writing *w, const struct ddg_release *release,
                                   const struct ddg_notice *notice)
{
    const struct ddg_table *table = release->table;
    char room[640];

    write_place(w, release, notice->row);
    ddg_output_field(w->output, notice->measure == DDG_NO_MEASURE
                                    ? ddg_text_of("")
                                    : table->name[table->measure[notice->measure].count]);
    write_labels(w, release, notice->rows == 1 ? (uint32_t)notice->row : DDG_NO_CELL);
    write_status(w, release->previous, "rule");
    if (notice->rows > 1)
        snprintf(room, sizeof room, "%s: %s (%zu rows)", notice->rule, notice->text, notice->rows);
    else
        snprintf(room, sizeof room, "%s: %s", notice->rule, notice->text);
    ddg_output_field(w->output, ddg_text_of(room));
    if (w->options->values) {
        ddg_output_field(w->output, ddg_text_of(""));
        ddg_output_field(w->output, ddg_text_of(""));
    }
    return ddg_output_end(w->output);
}

static enum ddg_error write_rules(const struct writing *w)
{
    enum ddg_error error = DDG_OK;

    for (size_t r = 0; w->audit->notices && r < w->audit->releases; r++)
        for (size_t i = 0; !error && i < w->audit->notices[r].count; i++)
            if (w->audit->notices[r].item[i].finding)
                error = write_notice(w, &w->audit->release[r], &w->audit->notices[r].item[i]);
    return error;
}

enum ddg_error ddg_findings_write(struct ddg_output *output, const struct ddg_audit *audit,
                                  const struct ddg_findings_options *options,
                                  struct ddg_context *context)
{
    struct writing writing = {output, audit, options, {0}};
    enum ddg_error error = find_dims(&writing, context);

    if (!error)
        error = write_header(&writing);
    for (size_t i = 0; !error && i < audit->findings + audit->alone; i++)
        if (options->all || audit->finding[i].answer.verdict != DDG_VERDICT_SAFE)
            error = write_finding(&writing, &audit->finding[i]);
    if (!error)
        error = write_rules(&writing);
    free(writing.dims.item);
    return error;
}

/* Counts the rules that releases of today, or earlier ones, break. */
static uint64_t count_rules(const struct ddg_audit *audit, bool previous)
{
    uint64_t count = 0;

    for (size_t r = 0; audit->notices && r < audit->releases; r++)
        for (size_t i = 0; audit->release[r].previous == previous && i < audit->notices[r].count;
             i++)
            count += audit->notices[r].item[i].finding;
    return count;
}

uint64_t ddg_findings_rules(const struct ddg_audit *audit)
{
    return count_rules(audit, false);
}

uint64_t ddg_findings_alone(const struct ddg_audit *audit)
{
    uint64_t count = count_rules(audit, true);

    for (size_t i = audit->findings; i < audit->findings + audit->alone; i++)
        count += audit->finding[i].answer.verdict != DDG_VERDICT_SAFE;
    return count;
}
