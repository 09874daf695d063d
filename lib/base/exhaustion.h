/*
 * Memory that runs out where nobody can be told: inside libraries written in C++.
 */
#ifndef DDG_BASE_EXHAUSTION_H
#define DDG_BASE_EXHAUSTION_H

/* Such a library would end the program with an abort.  With this it calls `handler` first, in
 * whichever thread it was, which must not return.  Only for programs that use such a library. */
void ddg_on_exhaustion(void (*handler)(void));

#endif
