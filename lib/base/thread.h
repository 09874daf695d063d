/*
 * Threads that help the one that was there first.
 */
#ifndef DDG_BASE_THREAD_H
#define DDG_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Starts a thread that leaves signals to others; false where the system has no more threads. */
bool ddg_thread_start(pthread_t *thread, void *(*run)(void *), void *data);

#endif
