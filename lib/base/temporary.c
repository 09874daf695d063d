#define _GNU_SOURCE /* O_TMPFILE, mkostemp, asprintf */
#include "base/temporary.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *ddg_temporary_directory(void)
{
    const char *directory = getenv("TMPDIR");

    return directory && *directory ? directory : "/tmp";
}

/* For systems whose files have to have a name: it is gone before a signal can end the program. */
static int open_and_unlink(const char *directory)
{
    sigset_t all, before;
    char *name;
    int fd;

    if (asprintf(&name, "%s/ddg-XXXXXX", directory) < 0)
        return -1;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(name);
    return fd;
}

int ddg_temporary_open(void)
{
    const char *directory = ddg_temporary_directory();
    int fd = open(directory, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);

    return fd < 0 ? open_and_unlink(directory) : fd;
}
