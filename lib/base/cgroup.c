#define _GNU_SOURCE /* fopen's "e" */
#include "base/cgroup.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_ROOM = 256 };

/* Takes the limits of a group, whose directory has the files of one of the versions. */
typedef void visit_group(const char *directory, void *limit);

static bool read_line(const char *directory, const char *name, char line[LINE_ROOM])
{
    char path[PATH_MAX];
    FILE *file;
    bool read;

    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path ||
        !(file = fopen(path, "re")))
        return false;
    read = fgets(line, LINE_ROOM, file) != NULL;
    fclose(file);
    return read;
}

/* The group `path` of a controller, "" for all of them, and those that it is in. */
static void visit_up(const char *root, const char *controller, const char *path, visit_group *visit,
                     void *limit)
{
    char directory[PATH_MAX];
    size_t top = strlen(root) + strlen(controller) + (*controller != '\0');
    char *end;

    if (snprintf(directory, sizeof directory, "%s%s%s%s", root, *controller ? "/" : "", controller,
                 path) >= (int)sizeof directory)
        return;
    do {
        visit(directory, limit);
        if ((end = strrchr(directory + top, '/')))
            *end = '\0';
    } while (end);
}

/* True when one of the names, separated by commas, is `name`. */
static bool has_name(const char *names, const char *name)
{
    size_t length = strlen(name);

    for (;;) {
        size_t own = strcspn(names, ",");

        if (own == length && memcmp(names, name, own) == 0)
            return true;
        if (names[own] == '\0')
            return false;
        names += own + 1;
    }
}

static void visit_groups(const char *list, const char *root, const char *controller,
                         visit_group *visit, void *limit)
{
    char line[PATH_MAX];
    FILE *file = fopen(list, "re");

    /* "0::/GROUP" of version 2, "NUMBER:CONTROLLER,...:/GROUP" of version 1 */
    while (file && fgets(line, sizeof line, file)) {
        char *controllers = strchr(line, ':'), *group;

        line[strcspn(line, "\n")] = '\0';
        if (!controllers || !(group = strchr(++controllers, ':')))
            continue;
        *group++ = '\0';
        if (*controllers == '\0')
            visit_up(root, "", group, visit, limit);
        else if (has_name(controllers, controller))
            visit_up(root, controller, group, visit, limit);
    }
    if (file)
        fclose(file);
}

/* Memory --------------------------------------------------------------------------------------- */

static void limit_memory(const char *directory, void *limit)
{
    static const char *const names[] = {"memory.max", "memory.limit_in_bytes"};
    size_t *least = limit;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char line[LINE_ROOM];
        unsigned long long bytes;

        /* no number is "max" */
        if (read_line(directory, names[i], line) && sscanf(line, "%llu", &bytes) == 1 &&
            bytes < *least)
            *least = (size_t)bytes;
    }
}

size_t ddg_cgroup_memory(const char *list, const char *root)
{
    size_t least = SIZE_MAX;

    visit_groups(list, root, "memory", limit_memory, &least);
    return least;
}

/* Processors ----------------------------------------------------------------------------------- */

/* Makes *least the processors that so much time in a period is, if that is less; 0 is no limit. */
static void limit_time(unsigned *least, double quota, double period)
{
    double processors = period > 0 ? quota / period : 0;
    unsigned whole = processors < 1e6 ? (unsigned)processors : 0;

    if (processors <= 0 || processors >= 1e6)
        return;
    whole += whole < processors;
    if (*least == 0 || whole < *least)
        *least = whole;
}

static void limit_processors(const char *directory, void *limit)
{
    char line[LINE_ROOM], period[LINE_ROOM];
    double quota, of;

    if (read_line(directory, "cpu.max", line) && sscanf(line, "%lf %lf", &quota, &of) == 2)
        limit_time(limit, quota, of);
    if (read_line(directory, "cpu.cfs_quota_us", line) &&
        read_line(directory, "cpu.cfs_period_us", period))
        limit_time(limit, atof(line), atof(period));
}

unsigned ddg_cgroup_processors(const char *list, const char *root)
{
    unsigned least = 0;

    visit_groups(list, root, "cpu", limit_processors, &least);
    return least;
}
