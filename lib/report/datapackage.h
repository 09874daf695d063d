/*
 * A masked table described for an open data portal (R-SUP-11): a Frictionless Data Package of one
 * resource (https://specs.frictionlessdata.io/data-package/), with what each column holds, what the
 * annotation codes mean and the method, counts under the threshold.
 */
#ifndef DDG_REPORT_DATAPACKAGE_H
#define DDG_REPORT_DATAPACKAGE_H

#include "protect/columns.h"
#include "protect/mask.h"

struct ddg_datapackage {
    const char *tool, *version;
    const char *table; /* the path of the table; NULL: standard output, taken to be "table.csv" */
    const struct ddg_description *description;
    const struct ddg_columns *columns;
    const struct ddg_mask *masks; /* one per measure */
    bool display;                 /* see ddg_publish() */
};

/* Writes it to `path`.  It says no more of the counts than the table does. */
enum ddg_error ddg_datapackage_write(const char *path, const struct ddg_datapackage *package,
                                     struct ddg_context *context);

#endif
