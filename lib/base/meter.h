/*
 * How far a long run has come: on a terminal while it lasts, and whenever somebody asks.  It says
 * how much was read, how fast, how many records and groups there are, and what time is left where
 * the size of the input is known; or, of work that follows on reading, at which step it is and how
 * much of that is done; nothing about what is in them.
 */
#ifndef DDG_BASE_METER_H
#define DDG_BASE_METER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DDG_METER_ROOM = 256 }; /* bytes that ddg_meter_text() needs */

struct ddg_meter {
    const char *name;        /* of the program */
    _Atomic uint64_t bytes;  /* of the input so far, compressed where it is */
    uint64_t size;           /* of all of it; 0: not known */
    const uint64_t *records; /* so far, in this thread; NULL: not known, here and below */
    const uint32_t *groups;
    _Atomic uint64_t elsewhere; /* records of other threads, which *records does not have yet */
    const char *step;           /* what is done now; NULL: it reads */
    uint64_t done, all; /* of the step, in parts that take about as long; `all` 0: not known */
    /* the rest is the meter's own */
    double begun, shown; /* seconds of ddg_clock() */
    bool on_terminal, visible;
};

/* Starts at nothing, with the size of the files (standard input when count is 0) where all have
 * one. */
void ddg_meter_start(struct ddg_meter *meter, const char *name, const char *const *paths,
                     size_t count);

/* Adds bytes that were read, and shows the meter where standard error is a terminal. */
void ddg_meter_add(struct ddg_meter *meter, size_t bytes);

/* Records so far, in all threads. */
uint64_t ddg_meter_records(const struct ddg_meter *meter);

/* Begins a step of so many parts; `step` must stay.  Says how many of them are done.  Both show the
 * meter like ddg_meter_add(), and neither does anything where `meter` is NULL: what takes long may
 * be done without one. */
void ddg_meter_step(struct ddg_meter *meter, const char *step, uint64_t all);
void ddg_meter_at(struct ddg_meter *meter, uint64_t done);

/* Removes it from the terminal, so that something else can be said; NULL: there is none. */
void ddg_meter_hide(struct ddg_meter *meter);

/* Writes how far it has come, as "ddg-count: 1.2 GB read in 0:03, ..." or "ddg-suppress: STEP: 34
 * %, 1:20 so far", and returns the length.  May be called in the handler of a signal. */
size_t ddg_meter_text(const struct ddg_meter *meter, char room[DDG_METER_ROOM]);

#endif
