/* Processors are asked for by an extension of GNU. */
#define _GNU_SOURCE

#include "base/machine.h"

#include "base/cgroup.h"

#include <sched.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

static const char own_groups[] = "/proc/self/cgroup", mounted[] = "/sys/fs/cgroup";

size_t ddg_machine_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    size_t group = ddg_cgroup_memory(own_groups, mounted);
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

unsigned ddg_machine_processors(void)
{
    unsigned share = ddg_cgroup_processors(own_groups, mounted), count = 0;
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) == 0)
        count = (unsigned)CPU_COUNT(&set);
    if (count == 0)
        count = online > 0 ? (unsigned)online : 1;
    return share > 0 && share < count ? share : count;
}
