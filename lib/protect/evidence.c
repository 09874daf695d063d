#include "protect/evidence.h"

#include "protect/explain.h"

enum { REASONS, PROOF };

static enum ddg_error open_secret(struct ddg_evidence *evidence, int file, const char *path,
                                  struct ddg_context *context)
{
    struct ddg_output *output = &evidence->output[file];
    enum ddg_error error = ddg_output_open(output, path, evidence->delimiter, context);

    output->sink.secret = true;
    return error;
}

static enum ddg_error begin(struct ddg_evidence *evidence, const struct ddg_table *table,
                            struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    if (evidence->reasons && !(error = open_secret(evidence, REASONS, evidence->reasons, context)))
        error = ddg_explain_begin(&evidence->output[REASONS], table);
    if (!error && evidence->proof &&
        !(error = open_secret(evidence, PROOF, evidence->proof, context)))
        error = ddg_certificate_begin(&evidence->output[PROOF], table);
    evidence->begun = true;
    return error;
}

static enum ddg_error finish(struct ddg_evidence *evidence)
{
    enum ddg_error error = DDG_OK;

    if (evidence->reasons)
        error = ddg_output_finish(&evidence->output[REASONS]);
    if (!error && evidence->proof)
        error = ddg_output_finish(&evidence->output[PROOF]);
    return error;
}

enum ddg_error ddg_evidence_write(struct ddg_evidence *evidence, const struct ddg_table *table,
                                  const struct ddg_model *model, const struct ddg_masks *masks,
                                  bool last, struct ddg_context *context)
{
    enum ddg_error error = evidence->begun ? DDG_OK : begin(evidence, table, context);

    if (!error && evidence->reasons)
        error = ddg_explain_write(&evidence->output[REASONS], model, masks->mask);
    if (!error && evidence->proof)
        error = ddg_certificate_write(&evidence->output[PROOF], model, masks->certificate,
                                      &masks->equated.joint, &evidence->proofs);
    return !error && last ? finish(evidence) : error;
}

void ddg_evidence_abandon(struct ddg_evidence *evidence)
{
    ddg_output_abandon(&evidence->output[REASONS]);
    ddg_output_abandon(&evidence->output[PROOF]);
}
