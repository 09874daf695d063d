/*
 * Files without a name: nobody but their owner could read them, and they are gone when they are
 * closed.
 */
#ifndef DDG_BASE_TEMPORARY_H
#define DDG_BASE_TEMPORARY_H

/* $TMPDIR, or else "/tmp". */
const char *ddg_temporary_directory(void);

/* Opens one there for reading and writing; -1 with errno set where that cannot be done. */
int ddg_temporary_open(void);

#endif
