#include "attack/origin.h"

#include "attack/doubts.h"

#include <stdio.h>

/* The slot of the total of a line. */
static uint32_t total_of(const struct ddg_publication *p, const struct ddg_origin *origin)
{
    const struct ddg_model *m = &p->release[origin->release].model;

    return ddg_slot(p, origin->release, origin->measure,
                    m->line_cell[m->line_start[origin->place]]);
}

static const char *measure_name(const struct ddg_release *r, const struct ddg_origin *origin)
{
    return r->table->name[r->table->measure[origin->measure].count].at;
}

enum ddg_error ddg_origin_fail(struct ddg_publication *p, const struct ddg_origin *origin,
                               struct ddg_context *context)
{
    const struct ddg_release *r = &p->release[origin->release];
    struct ddg_context inner = {0};
    char where[200], other[200], cause[400] = "";
    uint32_t giver;
    bool several = r->table->measures > 1;

    switch ((enum ddg_origin_kind)origin->kind) {
    case DDG_ORIGIN_EQUATION:
        ddg_slot_describe(p, ddg_slot(p, origin->release, 0, origin->place), where, sizeof where);
        return ddg_publication_conflict(p, context, "%s: no counts fit the equation '%s'", where,
                                        p->knowledge->equation[origin->detail].text.at);
    case DDG_ORIGIN_PREVIOUS:
        ddg_slot_describe(p, origin->detail, where, sizeof where);
        return ddg_publication_conflict(p, context, "%s: less than in the earlier release", where);
    case DDG_ORIGIN_EVENTS:
        ddg_slot_describe(p, origin->place, where, sizeof where);
        return ddg_publication_conflict(p, context, "%s: more persons than events (--events)",
                                        where);
    case DDG_ORIGIN_CROSSING:
        return ddg_publication_conflict(p, context, "%s: no table by %s has such margins",
                                        p->release[origin->release].table->file,
                                        p->crossing.cube[origin->place].name);
    case DDG_ORIGIN_PART:
        giver = p->giver[ddg_slot_first(p, total_of(p, origin))];
        if (p->releases > 1 && giver != DDG_NO_SLOT) {
            ddg_slot_describe(p, origin->detail, where, sizeof where);
            ddg_slot_describe(p, giver, other, sizeof other);
            return ddg_publication_conflict(p, context, "%s: more than the total in %s", where,
                                            other);
        }
        /* fall through */
    default:
        snprintf(other, sizeof other,
                 "no counts fit this line%s%.100s%s: a total and its parts disagree",
                 several ? " of '" : "", several ? measure_name(r, origin) : "",
                 several ? "'" : "");
        ddg_model_fail(&r->model, origin->place, &inner, other);
        if (p->releases == 1)
            ddg_doubts_explain(p, origin, cause, sizeof cause);
        return ddg_publication_conflict(p, context, "%s%s", inner.message, cause);
    }
}

/* Adds "line 4: county=Kern, sex=Total (parts by sex)", or for a total without a row, whose labels
 * need not be anywhere in the table as labels of totals, "line 5 and
 * what it is added up with". */
static void add_line(struct ddg_prose *prose, const struct ddg_release *r,
                     const struct ddg_origin *origin)
{
    const struct ddg_model *m = &r->model;
    uint32_t line = origin->place;
    uint32_t total = m->line_cell[m->line_start[line]];
    char where[320];

    if (total < m->printed) {
        ddg_model_describe_line(m, line, where, sizeof where);
        ddg_prose_print(prose, "line %llu: %s", (unsigned long long)r->table->line[total], where);
        return;
    }
    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++)
        if (m->line_cell[i] < m->printed) {
            ddg_prose_print(prose, "line %llu and what it is added up with",
                            (unsigned long long)r->table->line[m->line_cell[i]]);
            return;
        }
    ddg_prose_say(prose, "a total that no row has");
}

void ddg_origin_add_equation(struct ddg_prose *prose, const struct ddg_publication *p,
                             const struct ddg_origin *origin)
{
    char where[512];

    ddg_slot_describe(p, ddg_slot(p, origin->release, 0, origin->place), where, sizeof where);
    ddg_prose_print(prose, "%s: the equation '%s'", where,
                    p->knowledge->equation[origin->detail].text.at);
}

/* Names a row of the problem by what it came from, with its file where there are several. */
static void add_origin(struct ddg_prose *prose, const struct ddg_publication *p,
                       const struct ddg_origin *origin)
{
    const struct ddg_release *r = &p->release[origin->release];
    char where[320];

    switch ((enum ddg_origin_kind)origin->kind) {
    case DDG_ORIGIN_EQUATION:
        ddg_origin_add_equation(prose, p, origin);
        return;
    case DDG_ORIGIN_PREVIOUS:
        ddg_slot_describe(p, origin->detail, where, sizeof where);
        ddg_prose_print(prose, "%s: no less than in the earlier release", where);
        return;
    case DDG_ORIGIN_EVENTS:
        ddg_slot_describe(p, origin->place, where, sizeof where);
        ddg_prose_print(prose, "%s: no more persons than events", where);
        return;
    default:
        if (p->releases > 1)
            ddg_prose_print(prose, "%s: ", r->table->file);
        if (r->table->measures > 1)
            ddg_prose_print(prose, "%s: ", measure_name(r, origin));
        add_line(prose, r, origin);
        ddg_prose_say(prose,
                      origin->kind == DDG_ORIGIN_PART ? ": no part is more than the total" : "");
    }
}

enum ddg_error ddg_origin_fail_together(struct ddg_publication *p, const uint32_t *row, size_t rows,
                                        struct ddg_context *context)
{
    enum { NAMED = 4 };
    struct ddg_prose prose = {.context = context};
    char cause[400] = "";
    const struct ddg_origin *first = &p->origin[p->problem.origin[row[0]]];
    enum ddg_error error;

    for (size_t i = 0; i < rows && i < NAMED; i++) {
        ddg_prose_say(&prose, i > 0 ? "; " : "");
        add_origin(&prose, p, &p->origin[p->problem.origin[row[i]]]);
    }
    if (rows > NAMED)
        ddg_prose_print(&prose, "; and %zu more", rows - NAMED);
    if (p->releases == 1)
        ddg_doubts_explain(p, NULL, cause, sizeof cause);
    error = context->error;
    if (!error)
        error = ddg_publication_conflict(
            p, context, "%s: no counts fit these together, of which one is wrong: %s%s",
            p->release[first->release].table->file, ddg_prose_string(&prose), cause);
    ddg_prose_free(&prose);
    return error;
}
