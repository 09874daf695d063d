/*
 * The log of a run, for those who start it from cron: two lines of JSON, each written at once at
 * the end of a file, when it starts and when it ends.
 *
 *   {"event":"start","time":...,"tool":...,"version":...,"pid":...,"options":[...],
 *    "inputs":[{"name":...,"bytes":...}]}         bytes: null where the file has no size
 *   {"event":"end","time":...,"pid":...,"seconds":...,"status":...,"bytes":...,"records":...,
 *    "groups":...,"rejects":...,"error":...}      error: the message, or null
 *
 * A run that a signal ends has the status that shells give it, 128 and the signal's number.  One
 * that SIGKILL or a fault ends has no second line.  There is nothing of what is in the records.
 */
#ifndef DDG_REPORT_LOG_H
#define DDG_REPORT_LOG_H

#include "base/error.h"
#include "base/meter.h"

#include <signal.h>

/* Starts as {0}, which logs nothing. */
struct ddg_log {
    const char *path;
    int fd;
    volatile sig_atomic_t open; /* the run has started, and its end is not written */
};

/* Opens `path`, which must outlive the log, and writes that a run starts.  `options` is the command
 * line and `paths` its operands.  Close it with ddg_log_end(). */
enum ddg_error ddg_log_start(struct ddg_log *log, const char *path, const char *tool,
                             const char *version, const char *const *options, size_t option_count,
                             const char *const *paths, size_t path_count,
                             struct ddg_context *context);

/* Writes that it has ended, with the error of the context if there is one, and closes the log. */
enum ddg_error ddg_log_end(struct ddg_log *log, int status, const struct ddg_meter *meter,
                           uint64_t rejects, struct ddg_context *context);

/* Writes that the signal with this number has ended it, where it has started and not ended.  May be
 * called in the signal's handler, and then is the last that is done with the log. */
void ddg_log_interrupt(const struct ddg_log *log, int number, const struct ddg_meter *meter,
                       const uint64_t *rejects);

#endif
