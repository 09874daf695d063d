/*
 * Preloaded before a program (LD_PRELOAD), makes one of its allocations fail.
 *
 *   DDG_FAIL_AT=N     the Nth call of malloc(), calloc() or realloc() returns NULL
 *   DDG_FAIL_AT=N+    and so does every later one
 *   DDG_FAIL_IN=NAME  only in programs whose name begins so (a wrapper is left alone)
 *   DDG_FAIL_MARK=F   the file F is made when a call was failed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long fail_at, calls;
static bool and_later;
static const char *mark;

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);

/* dlsym() may allocate while the real calloc() is being looked up: it gets this. */
static char early[4096];
static size_t early_used;

static void find(void *function, const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);

    memcpy(function, &symbol, sizeof symbol);
}

__attribute__((constructor)) static void start(void)
{
    const char *at = getenv("DDG_FAIL_AT"), *in = getenv("DDG_FAIL_IN");
    char *end;

    if (!at || (in && strncmp(program_invocation_short_name, in, strlen(in)) != 0))
        return;
    mark = getenv("DDG_FAIL_MARK");
    calls = 0;
    fail_at = strtoul(at, &end, 10);
    and_later = *end == '+';
}

static bool fails(void)
{
    if (fail_at == 0)
        return false;
    calls++;
    if (calls < fail_at || (calls > fail_at && !and_later))
        return false;
    if (mark) {
        int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

        if (fd >= 0)
            close(fd);
    }
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    if (fails())
        return NULL;
    if (!next_malloc)
        find(&next_malloc, "malloc");
    return next_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    static bool finding;

    if (!next_calloc && finding) {
        size_t bytes = (count * size + 15) / 16 * 16;

        if (bytes > sizeof early - early_used)
            return NULL;
        early_used += bytes;
        return early + early_used - bytes;
    }
    if (fails())
        return NULL;
    if (!next_calloc) {
        finding = true;
        find(&next_calloc, "calloc");
    }
    return next_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (fails())
        return NULL;
    if (!next_realloc)
        find(&next_realloc, "realloc");
    return next_realloc(old, size);
}

void free(void *pointer)
{
    static void (*next_free)(void *);

    if ((char *)pointer >= early && (char *)pointer < early + sizeof early)
        return;
    if (!next_free)
        find(&next_free, "free");
    next_free(pointer);
}
