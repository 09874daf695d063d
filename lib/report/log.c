#include "report/log.h"

#include "base/clock.h"
#include "base/safe_text.h"
#include "report/escape.h"
#include "report/record.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void add_string(struct ddg_sink *line, const char *string)
{
    ddg_escape_quoted(line, ddg_text_of(string));
}

static void add_number(struct ddg_sink *line, const char *key, uint64_t number)
{
    char room[96];

    snprintf(room, sizeof room, ",\"%s\":%" PRIu64, key, number);
    ddg_sink_say(line, room);
}

/* What both lines begin with. */
static void begin(struct ddg_sink *line, const char *event)
{
    char room[DDG_DATE_ROOM];

    ddg_sink_say(line, "{\"event\":");
    add_string(line, event);
    ddg_sink_say(line, ",\"time\":");
    add_string(line, ddg_record_date_text(time(NULL), room));
    add_number(line, "pid", (uint64_t)getpid());
}

static void add_input(struct ddg_sink *line, const char *path)
{
    bool is_stdin = strcmp(path, "-") == 0;
    struct stat status;
    int result = is_stdin ? fstat(STDIN_FILENO, &status) : stat(path, &status);

    ddg_sink_say(line, "{\"name\":");
    add_string(line, is_stdin ? "stdin" : path);
    if (result == 0 && S_ISREG(status.st_mode))
        add_number(line, "bytes", (uint64_t)status.st_size);
    else
        ddg_sink_say(line, ",\"bytes\":null");
    ddg_sink_say(line, "}");
}

/* A line is one write(), so that those of several runs do not mix. */
static enum ddg_error finish(struct ddg_sink *line, const struct ddg_log *log,
                             struct ddg_context *context)
{
    enum ddg_error error = line->context->error;

    ddg_sink_say(line, "}\n");
    if (error)
        ddg_fail(context, error, "%s", line->context->message);
    else if (write(log->fd, line->buffer, line->used) != (ssize_t)line->used)
        error = ddg_fail_at(context, DDG_IO, log->path, 0, NULL, "%s",
                            errno ? strerror(errno) : "the log cannot be written");
    free(line->buffer);
    return error;
}

enum ddg_error ddg_log_start(struct ddg_log *log, const char *path, const char *tool,
                             const char *version, const char *const *options, size_t option_count,
                             const char *const *paths, size_t path_count,
                             struct ddg_context *context)
{
    struct ddg_context own = {0};
    struct ddg_sink line = {.context = &own};
    enum ddg_error error;

    log->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (log->fd < 0)
        return ddg_fail_at(context, DDG_IO, path, 0, NULL, "%s", strerror(errno));
    log->path = path;
    begin(&line, "start");
    ddg_sink_say(&line, ",\"tool\":");
    add_string(&line, tool);
    ddg_sink_say(&line, ",\"version\":");
    add_string(&line, version);
    ddg_sink_say(&line, ",\"options\":[");
    for (size_t i = 0; i < option_count; i++) {
        ddg_sink_say(&line, i ? "," : "");
        add_string(&line, options[i]);
    }
    ddg_sink_say(&line, "],\"inputs\":[");
    for (size_t i = 0; i < path_count; i++) {
        ddg_sink_say(&line, i ? "," : "");
        add_input(&line, paths[i]);
    }
    if (path_count == 0)
        add_input(&line, "-");
    ddg_sink_say(&line, "]");
    error = finish(&line, log, context);
    log->open = !error;
    return error;
}

enum ddg_error ddg_log_end(struct ddg_log *log, int status, const struct ddg_meter *meter,
                           uint64_t rejects, struct ddg_context *context)
{
    struct ddg_context own = {0};
    struct ddg_sink line = {.context = &own};
    enum ddg_error error;
    char seconds[48];

    if (!log->path)
        return DDG_OK;
    begin(&line, "end");
    snprintf(seconds, sizeof seconds, ",\"seconds\":%.3f", ddg_clock() - meter->begun);
    ddg_sink_say(&line, seconds);
    add_number(&line, "status", (uint64_t)status);
    add_number(&line, "bytes", meter->bytes);
    add_number(&line, "records", ddg_meter_records(meter));
    add_number(&line, "groups", meter->groups ? *meter->groups : 0);
    add_number(&line, "rejects", rejects);
    ddg_sink_say(&line, ",\"error\":");
    if (context->error)
        add_string(&line, context->message);
    else
        ddg_sink_say(&line, "null");
    log->open = 0; /* before it is written: a signal must not end the run twice */
    error = finish(&line, log, context);
    close(log->fd);
    *log = (struct ddg_log){0};
    return error;
}

static void add_safely(struct ddg_safe_text *line, const char *key, uint64_t number)
{
    ddg_safe_add(line, key);
    ddg_safe_add_number(line, number, 1);
}

void ddg_log_interrupt(const struct ddg_log *log, int number, const struct ddg_meter *meter,
                       const uint64_t *rejects)
{
    char room[512];
    struct ddg_safe_text line = {room, sizeof room, 0};
    double seconds = ddg_clock() - meter->begun;
    ssize_t ignored;

    if (!log->open)
        return;
    ddg_safe_add(&line, "{\"event\":\"end\",\"time\":\"");
    ddg_safe_add_time(&line, (uint64_t)time(NULL));
    add_safely(&line, "\",\"pid\":", (uint64_t)getpid());
    add_safely(&line, ",\"seconds\":", (uint64_t)seconds);
    ddg_safe_add(&line, ".");
    ddg_safe_add_number(&line, (uint64_t)(seconds * 1000) % 1000, 3);
    add_safely(&line, ",\"status\":", 128 + (uint64_t)number);
    add_safely(&line, ",\"bytes\":", meter->bytes);
    add_safely(&line, ",\"records\":", ddg_meter_records(meter));
    add_safely(&line, ",\"groups\":", meter->groups ? *meter->groups : 0);
    add_safely(&line, ",\"rejects\":", *rejects);
    add_safely(&line, ",\"error\":\"ended by signal ", (uint64_t)number);
    ddg_safe_add(&line, "\"}\n");
    ignored = write(log->fd, line.at, line.used);
    (void)ignored;
}
