/*
 * What a process may take of the machine.
 */
#ifndef DDG_BASE_MACHINE_H
#define DDG_BASE_MACHINE_H

#include <stddef.h>

/* Bytes of memory that the process may take: those of the machine, or fewer where a control group
 * says so, as batch systems and containers do.  SIZE_MAX where nobody tells. */
size_t ddg_machine_memory(void);

/* Has allocations fail beyond what ddg_machine_memory() says: otherwise the system would end the
 * process without a word, or another one in its place. */
void ddg_machine_keep_to_memory(void);

/* At least 1: the processors that the scheduler may give the process (taskset, Slurm, cpusets), or
 * the share of time that its control group has (containers, systemd), rounded up, whichever is
 * less. */
unsigned ddg_machine_processors(void);

#endif
