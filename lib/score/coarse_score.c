#include "score/coarse_score.h"

#include "score/coarse_people.h"
#include "score/coarse_sample.h"

#include <stdlib.h>

static bool has_column(const struct ddg_coarse_table *table, struct ddg_text column)
{
    for (size_t i = 0; i < table->choices; i++) {
        const struct ddg_choice *choice = table->choice[i];
        const struct ddg_dimension *d = &table->intake->dimension[choice->dimension];

        for (size_t level = choice->levels; level < d->levels; level++)
            if (ddg_text_equal(column, d->level[level].name))
                return false;
    }
    return true;
}

/* What is known of the new table, without its dropped columns. */
static enum ddg_error copy_facts(const struct ddg_facts *old, const struct ddg_coarse_table *table,
                                 struct ddg_facts *facts, struct ddg_context *context)
{
    enum ddg_error error;

    *facts = *old;
    facts->saids = 0;
    if ((error = ddg_allocate(&facts->said, old->saids + 1, sizeof *facts->said, context)))
        return error;
    for (size_t i = 0; i < old->saids; i++)
        if (has_column(table, old->said[i].column))
            facts->said[facts->saids++] = old->said[i];
    for (size_t i = 0; i < table->choices; i++) {
        if (table->choice[i]->period && !facts->period)
            facts->period = table->choice[i]->period;
        facts->statewide = facts->statewide || table->choice[i]->statewide;
    }
    return DDG_OK;
}

/* The new table has some of the columns that the old one had, and no annotations. */
static struct ddg_description describe(const struct ddg_coarse_grounds *g)
{
    struct ddg_description d = *g->intake->description;

    d.several = true;
    d.annotations.count = d.annotation_texts.count = 0;
    d.counts = g->counts;
    return d;
}

/* Cells of the table without a population that is large enough, by the rows of its sample. */
static enum ddg_error count_few(uint64_t *few, const struct ddg_coarse_sample *sample,
                                struct ddg_intake *in, struct ddg_cells *cells)
{
    enum ddg_error error = ddg_intake_rewind(in, false);

    for (uint64_t i = 0; !error && i < in->rows; i++) {
        struct ddg_taken row;
        bool ok, known;

        if ((error = ddg_intake_next(in, &row)) ||
            (error = ddg_cells_denominator(cells, in, &row, &ok, &known)))
            break;
        *few += ok ? 0 : sample->alike[i];
    }
    return error;
}

static enum ddg_error assess(struct ddg_coarse_score *score, const struct ddg_coarse_grounds *g,
                             const struct ddg_facts *facts, const struct ddg_coarse_sample *sample,
                             const char *population, struct ddg_context *context)
{
    struct ddg_description description = describe(g);
    struct ddg_registry *registry = NULL;
    struct ddg_assessment assessment = {0};
    struct ddg_cells cells = {0};
    struct ddg_text text = {sample->text, sample->length};
    struct ddg_intake intake;
    enum ddg_error error = ddg_intake_read_text(&intake, &description, population, text, context);

    if (!error && population && intake.people == DDG_NO_COLUMN)
        error = ddg_registry_open(&registry, intake.dimension, intake.dimensions, &description,
                                  population, context);
    if (!error)
        error = ddg_cells_read(&cells, &intake, registry, g->least);
    if (!error)
        error = ddg_assess(&assessment, facts, &intake, &cells, population, context);
    if (!error && sample->alike)
        error = count_few(&score->few, sample, &intake, &cells);
    if (!error) {
        score->score = assessment.score.side[assessment.score.worst].total;
        score->mask = assessment.mask;
    }
    ddg_assessment_free(&assessment);
    ddg_cells_free(&cells);
    ddg_registry_close(registry);
    ddg_intake_free(&intake);
    return error;
}

enum ddg_error ddg_coarse_score_take(struct ddg_coarse_score *score,
                                     const struct ddg_coarse_grounds *g,
                                     const struct ddg_coarse_table *table,
                                     struct ddg_context *context)
{
    struct ddg_coarse_sample sample;
    const struct ddg_cells *of_intake = g->assessment->cells;
    bool of_cells = of_intake->registry && ddg_coarse_people_are_of_cells(table, of_intake);
    const char *population = of_cells ? DDG_COARSE_PEOPLE : g->population;
    struct ddg_facts facts;
    enum ddg_error error = copy_facts(g->assessment->facts, table, &facts, context);

    if (error)
        return error;
    score->few = 0;
    if (!(error = ddg_coarse_sample_take(&sample, table, of_intake, context)))
        error = assess(score, g, &facts, &sample, population, context);
    score->small = sample.small;
    score->entropy = sample.entropy;
    ddg_coarse_sample_free(&sample);
    free(facts.said);
    return error;
}
