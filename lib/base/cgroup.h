/*
 * What the control groups of a process allow it (cgroups(7)), both versions.  `list` is a file like
 * /proc/self/cgroup, and `root` where control groups are mounted, as /sys/fs/cgroup is.  The limits
 * of each group that the list names count, and those of all that it is in.
 */
#ifndef DDG_BASE_CGROUP_H
#define DDG_BASE_CGROUP_H

#include <stddef.h>

/* The least limit of memory, in bytes: memory.max, or memory.limit_in_bytes.  SIZE_MAX for none. */
size_t ddg_cgroup_memory(const char *list, const char *root);

/* The least share of the processors' time, in processors and rounded up: cpu.max, or
 * cpu.cfs_quota_us.  0 for no limit. */
unsigned ddg_cgroup_processors(const char *list, const char *root);

#endif
