/*
 * Time, for limits of how long something may take.
 */
#ifndef DDG_BASE_CLOCK_H
#define DDG_BASE_CLOCK_H

/* Seconds of a clock that never goes back. */
double ddg_clock(void);

#endif
