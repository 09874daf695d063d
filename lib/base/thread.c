#include "base/thread.h"

#include <signal.h>

bool ddg_thread_start(pthread_t *thread, void *(*run)(void *), void *data)
{
    sigset_t all, before;
    bool started;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    started = pthread_create(thread, NULL, run, data) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}
