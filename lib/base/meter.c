#include "base/meter.h"

#include "base/clock.h"
#include "base/safe_text.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Seconds: short runs show nothing, long ones are no film. */
static const double first_after = 1, again_after = 0.25;

/* The bytes that are still to be read of a file; false where nobody knows. */
static bool size_of(const char *path, uint64_t *size)
{
    bool is_stdin = !path || strcmp(path, "-") == 0;
    struct stat status;
    off_t at;

    if ((is_stdin ? fstat(STDIN_FILENO, &status) : stat(path, &status)) != 0 ||
        !S_ISREG(status.st_mode))
        return false;
    at = is_stdin ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
    *size = at >= 0 && at < status.st_size ? (uint64_t)(status.st_size - at) : 0;
    return true;
}

void ddg_meter_start(struct ddg_meter *meter, const char *name, const char *const *paths,
                     size_t count)
{
    uint64_t size = 0;
    bool known = count > 0 || size_of(NULL, &size);

    *meter = (struct ddg_meter){.name = name};
    for (size_t i = 0; known && i < count; i++) {
        known = size_of(paths[i], &size);
        meter->size += known ? size : 0;
    }
    if (count == 0)
        meter->size = size;
    if (!known)
        meter->size = 0;
    meter->begun = meter->shown = ddg_clock();
    meter->on_terminal = isatty(STDERR_FILENO) == 1;
}

uint64_t ddg_meter_records(const struct ddg_meter *meter)
{
    return (meter->records ? *meter->records : 0) + meter->elsewhere;
}

static void add_size(struct ddg_safe_text *text, double bytes)
{
    static const char *const units[] = {" B", " kB", " MB", " GB", " TB", " PB"};
    size_t unit = 0;

    while (bytes >= 1000 && unit + 1 < sizeof units / sizeof *units) {
        bytes /= 1000;
        unit++;
    }
    ddg_safe_add_number(text, (uint64_t)bytes, 1);
    if (unit > 0 && bytes < 100) {
        ddg_safe_add(text, ".");
        ddg_safe_add_number(text, (uint64_t)(bytes * 10) % 10, 1);
    }
    ddg_safe_add(text, units[unit]);
}

static void add_seconds(struct ddg_safe_text *text, double seconds)
{
    uint64_t whole = (uint64_t)seconds, minutes = whole / 60;

    if (minutes >= 60) {
        ddg_safe_add_number(text, minutes / 60, 1);
        ddg_safe_add(text, minutes % 60 < 10 ? ":0" : ":");
    }
    ddg_safe_add_number(text, minutes % 60, 1);
    ddg_safe_add(text, whole % 60 < 10 ? ":0" : ":");
    ddg_safe_add_number(text, whole % 60, 1);
}

static void add_reading(struct ddg_safe_text *text, const struct ddg_meter *meter, double seconds)
{
    double bytes = (double)meter->bytes, size = (double)meter->size;

    add_size(text, bytes);
    if (meter->size > 0) {
        ddg_safe_add(text, " of ");
        add_size(text, size);
    }
    ddg_safe_add(text, " read in ");
    add_seconds(text, seconds);
    if (seconds > 0) {
        ddg_safe_add(text, ", ");
        add_size(text, bytes / seconds);
        ddg_safe_add(text, "/s");
    }
    if (meter->records) {
        ddg_safe_add(text, ", ");
        ddg_safe_add_number(text, ddg_meter_records(meter), 1);
        ddg_safe_add(text, " records");
    }
    if (meter->groups) {
        ddg_safe_add(text, ", ");
        ddg_safe_add_number(text, *meter->groups, 1);
        ddg_safe_add(text, " groups");
    }
    if (bytes > 0 && size > bytes) {
        ddg_safe_add(text, ", ");
        add_seconds(text, seconds * (size - bytes) / bytes);
        ddg_safe_add(text, " left");
    }
}

static void add_step(struct ddg_safe_text *text, const struct ddg_meter *meter, double seconds)
{
    ddg_safe_add(text, meter->step);
    if (meter->all > 0) {
        uint64_t share = (uint64_t)(100 * (double)meter->done / (double)meter->all);

        ddg_safe_add(text, ": ");
        ddg_safe_add_number(text, share < 100 ? share : 100, 1);
        ddg_safe_add(text, " %");
    }
    ddg_safe_add(text, ", ");
    add_seconds(text, seconds);
    ddg_safe_add(text, " so far");
}

size_t ddg_meter_text(const struct ddg_meter *meter, char room[DDG_METER_ROOM])
{
    struct ddg_safe_text text = {room, DDG_METER_ROOM, 0};
    double seconds = ddg_clock() - meter->begun;

    ddg_safe_add(&text, meter->name);
    ddg_safe_add(&text, ": ");
    if (meter->step)
        add_step(&text, meter, seconds);
    else
        add_reading(&text, meter, seconds);
    return text.used;
}

/* Nothing depends on what a terminal takes. */
static void show(const char *bytes, size_t length)
{
    ssize_t ignored = write(STDERR_FILENO, bytes, length);

    (void)ignored;
}

/* Shows the meter where standard error is a terminal; not too often, unless `at_once`. */
static void update(struct ddg_meter *meter, bool at_once)
{
    char line[DDG_METER_ROOM + 8];
    double now;
    size_t length;

    if (!meter->on_terminal)
        return;
    now = ddg_clock();
    if (!(at_once && meter->visible) &&
        now - meter->shown < (meter->visible ? again_after : first_after))
        return;
    meter->shown = now;
    meter->visible = true;
    line[0] = '\r';
    length = 1 + ddg_meter_text(meter, line + 1);
    memcpy(line + length, "\033[K", 3); /* clears what a longer line has left */
    show(line, length + 3);
}

void ddg_meter_add(struct ddg_meter *meter, size_t bytes)
{
    meter->bytes += bytes;
    update(meter, false);
}

void ddg_meter_step(struct ddg_meter *meter, const char *step, uint64_t all)
{
    if (!meter)
        return;
    meter->step = step;
    meter->done = 0;
    meter->all = all;
    update(meter, true);
}

void ddg_meter_at(struct ddg_meter *meter, uint64_t done)
{
    if (!meter)
        return;
    meter->done = done;
    update(meter, false);
}

void ddg_meter_hide(struct ddg_meter *meter)
{
    if (!meter)
        return;
    if (meter->visible)
        show("\r\033[K", 4);
    meter->visible = meter->on_terminal = false;
}
