#define _GNU_SOURCE /* fopen's "e" */
#include "base/machine.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* The number in a file; SIZE_MAX where there is none, as in one that says "max". */
static size_t number_in(const char *path)
{
    unsigned long long number;
    FILE *file = fopen(path, "re");
    int found;

    if (!file)
        return SIZE_MAX;
    found = fscanf(file, "%llu", &number);
    fclose(file);
    return found == 1 && number < SIZE_MAX ? (size_t)number : SIZE_MAX;
}

/* The least limit of a group and those above it. */
static size_t least_of(const char *root, const char *kind, char *group, const char *name)
{
    size_t least = SIZE_MAX;

    for (;;) {
        char path[PATH_MAX];
        char *slash = strrchr(group, '/');
        int length = snprintf(path, sizeof path, "%s%s%s/%s", root, kind, group, name);

        if (length > 0 && (size_t)length < sizeof path) {
            size_t limit = number_in(path);

            least = limit < least ? limit : least;
        }
        if (!slash)
            return least;
        *slash = '\0';
    }
}

/* True when one of the controllers, separated by commas, is "memory". */
static int has_memory(const char *controllers, size_t length)
{
    for (const char *at = controllers, *end = at + length; at < end;) {
        size_t own = strcspn(at, ",:");

        if (own == 6 && memcmp(at, "memory", own) == 0)
            return 1;
        at += own + 1;
    }
    return 0;
}

size_t ddg_cgroup_memory(const char *list, const char *root)
{
    char line[PATH_MAX];
    size_t least = SIZE_MAX;
    FILE *file = fopen(list, "re");

    /* "0::/GROUP" of version 2, "NUMBER:CONTROLLER,...:/GROUP" of version 1 */
    while (file && fgets(line, sizeof line, file)) {
        char *controllers = strchr(line, ':'), *group;
        size_t limit = SIZE_MAX;

        line[strcspn(line, "\n")] = '\0';
        if (!controllers || !(group = strchr(++controllers, ':')))
            continue;
        *group++ = '\0';
        if (*controllers == '\0')
            limit = least_of(root, "", group, "memory.max");
        else if (has_memory(controllers, strlen(controllers)))
            limit = least_of(root, "/memory", group, "memory.limit_in_bytes");
        least = limit < least ? limit : least;
    }
    if (file)
        fclose(file);
    return least;
}

size_t ddg_machine_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    size_t group = ddg_cgroup_memory("/proc/self/cgroup", "/sys/fs/cgroup");
    size_t machine = pages > 0 && size > 0 ? (size_t)pages * (size_t)size : SIZE_MAX;

    return group < machine ? group : machine;
}

void ddg_machine_keep_to_memory(void)
{
#ifndef __SANITIZE_ADDRESS__ /* it takes more than any machine has, and uses little of it */
    size_t memory = ddg_machine_memory();
    struct rlimit limit;

    if (memory == SIZE_MAX || getrlimit(RLIMIT_DATA, &limit) != 0)
        return;
    memory -= memory / 16; /* for what the system needs to manage it */
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > memory) {
        limit.rlim_cur = memory;
        setrlimit(RLIMIT_DATA, &limit);
    }
#endif
}
