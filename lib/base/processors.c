/* Processors are asked for by an extension of GNU. */
#define _GNU_SOURCE

#include "base/processors.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, LINE_ROOM = 256 };

static bool read_line(const char *directory, const char *name, char line[LINE_ROOM])
{
    char path[PATH_ROOM];
    FILE *file;
    bool read;

    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path ||
        !(file = fopen(path, "re")))
        return false;
    read = fgets(line, LINE_ROOM, file) != NULL;
    fclose(file);
    return read;
}

/* Makes *least the processors that so much time in a period is, if that is less; 0 is no limit. */
static void limit(unsigned *least, double quota, double period)
{
    double processors = period > 0 ? quota / period : 0;
    unsigned whole = processors < 1e6 ? (unsigned)processors : 0;

    if (processors <= 0 || processors >= 1e6)
        return;
    whole += whole < processors;
    if (*least == 0 || whole < *least)
        *least = whole;
}

static void read_group(const char *directory, unsigned *least)
{
    char line[LINE_ROOM], period[LINE_ROOM];
    double quota, of;

    if (read_line(directory, "cpu.max", line) && sscanf(line, "%lf %lf", &quota, &of) == 2)
        limit(least, quota, of);
    if (read_line(directory, "cpu.cfs_quota_us", line) &&
        read_line(directory, "cpu.cfs_period_us", period))
        limit(least, atof(line), atof(period));
}

/* The group at `path` below `root`, and all that it is in. */
static void read_groups(const char *root, const char *path, unsigned *least)
{
    char directory[PATH_ROOM];
    size_t top = strlen(root);
    char *end;

    if (snprintf(directory, sizeof directory, "%s%s", root, path) >= (int)sizeof directory)
        return;
    do {
        read_group(directory, least);
        if ((end = strrchr(directory + top, '/')))
            *end = '\0';
    } while (end);
}

unsigned ddg_processors_of_group(const char *groups, const char *root)
{
    char line[PATH_ROOM], version_1[PATH_ROOM];
    FILE *file = fopen(groups, "re");
    unsigned least = 0;

    if (!file)
        return 0;
    snprintf(version_1, sizeof version_1, "%s/cpu", root);
    while (fgets(line, sizeof line, file)) {
        /* "0::PATH", or of version 1 "NUMBER:CONTROLLERS:PATH" */
        char *controllers = strchr(line, ':'), *path;

        if (!controllers || !(path = strchr(controllers + 1, ':')))
            continue;
        *path++ = '\0';
        path[strcspn(path, "\n")] = '\0';
        if (controllers[1] == '\0')
            read_groups(root, path, &least);
        else if (strcmp(controllers, ":cpu") == 0 || strstr(controllers, "cpu,"))
            read_groups(version_1, path, &least);
    }
    fclose(file);
    return least;
}

unsigned ddg_processors(void)
{
    unsigned share = ddg_processors_of_group("/proc/self/cgroup", "/sys/fs/cgroup"), count = 0;
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) == 0)
        count = (unsigned)CPU_COUNT(&set);
    if (count == 0)
        count = online > 0 ? (unsigned)online : 1;
    return share > 0 && share < count ? share : count;
}
