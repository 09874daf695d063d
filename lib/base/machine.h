/*
 * What a process may take of the machine.
 */
#ifndef DDG_BASE_MACHINE_H
#define DDG_BASE_MACHINE_H

#include <stddef.h>

/* Bytes of memory that the process may take: those of the machine, or fewer where a control group
 * says so, as batch systems and containers do.  SIZE_MAX where nobody tells. */
size_t ddg_machine_memory(void);

/* The least memory that a control group allows which `list`, a file like /proc/self/cgroup, names,
 * or one above it; they are directories below `root`, /sys/fs/cgroup (see cgroups(7)).  SIZE_MAX
 * where there is no limit. */
size_t ddg_cgroup_memory(const char *list, const char *root);

/* Has allocations fail beyond what ddg_machine_memory() says: otherwise the system would end the
 * process without a word, or another one in its place. */
void ddg_machine_keep_to_memory(void);

#endif
