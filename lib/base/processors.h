/*
 * How many processors this process may use: fewer than the machine has, where whoever started it
 * says so.
 */
#ifndef DDG_BASE_PROCESSORS_H
#define DDG_BASE_PROCESSORS_H

/* At least 1: the processors that the scheduler may give it (taskset, Slurm, cpusets), or the share
 * of time that its control group has (containers, systemd), rounded up, whichever is less. */
unsigned ddg_processors(void);

/* The share that the control groups allow, in processors and rounded up; 0 for no limit.  `groups`
 * is a file like /proc/self/cgroup, and `root` where control groups are mounted.  Both versions:
 * cpu.max, and cpu.cfs_quota_us, of the group and of those it is in. */
unsigned ddg_processors_of_group(const char *groups, const char *root);

#endif
