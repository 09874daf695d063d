/*
 * Preloaded before a program (LD_PRELOAD), makes its system calls fail.
 *
 *   DDG_FAIL_CALL=CALL:HOW[:AFTER]
 *
 * CALL is read, pread, write, open, close, rename, linkat, fchmod or mkostemp.  HOW is the name of
 * an error, or `short`.  read, pread and write fail once AFTER bytes went through, the others from
 * call number AFTER + 1 on.  With `short` one of them moves at most AFTER bytes (1 without it) at a
 * time.  DDG_FAIL_IN and DDG_FAIL_MARK are as in fail_memory.c.  Standard error is left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char call[16];
static int number; /* of the error; 0 for `short` */
static size_t after, passed;
static const char *mark;

static const struct {
    const char *name;
    int number;
} errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EACCES", EACCES}, {"EINTR", EINTR}};

__attribute__((constructor)) static void start(void)
{
    const char *what = getenv("DDG_FAIL_CALL"), *in = getenv("DDG_FAIL_IN");
    char how[16] = "";

    if (!what || (in && strncmp(program_invocation_short_name, in, strlen(in)) != 0))
        return;
    mark = getenv("DDG_FAIL_MARK");
    after = 0;
    if (sscanf(what, "%15[^:]:%15[^:]:%zu", call, how, &after) < 2)
        abort();
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(how, errors[i].name) == 0)
            number = errors[i].number;
    if (number == 0 && after == 0)
        after = 1;
}

static void *find(const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);

    if (!symbol)
        abort();
    return symbol;
}

#define NEXT(type, name, ...)                                                                      \
    type (*name##_next)(__VA_ARGS__);                                                              \
    void *name##_symbol = find(#name);                                                             \
    memcpy(&name##_next, &name##_symbol, sizeof name##_next)

static bool is_meant(const char *name)
{
    return strcmp(call, name) == 0;
}

static void leave_mark(void)
{
    NEXT(int, open, const char *, int, ...);
    NEXT(int, close, int);
    int fd = mark ? open_next(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0666) : -1;

    if (fd >= 0)
        close_next(fd);
}

/* Whether a call fails that has no length. */
static bool fails(const char *name)
{
    if (!is_meant(name) || passed++ < after)
        return false;
    leave_mark();
    errno = number;
    return true;
}

/* How many bytes may go, or -1 when the call fails now. */
static ssize_t allowed(const char *name, int fd, size_t length)
{
    if (!is_meant(name) || fd == STDERR_FILENO || length == 0)
        return (ssize_t)length;
    if (number == 0) {
        if (length > after)
            leave_mark();
        return (ssize_t)(length < after ? length : after);
    }
    if (passed == after) {
        leave_mark();
        errno = number;
        if (number == EINTR)
            after = (size_t)-1;
        return -1;
    }
    return (ssize_t)(length < after - passed ? length : after - passed);
}

ssize_t read(int fd, void *bytes, size_t length)
{
    NEXT(ssize_t, read, int, void *, size_t);
    ssize_t most = allowed("read", fd, length), count;

    if (most < 0)
        return -1;
    count = read_next(fd, bytes, (size_t)most);
    if (count > 0 && is_meant("read") && fd != STDERR_FILENO)
        passed += (size_t)count;
    return count;
}

ssize_t pread(int fd, void *bytes, size_t length, off_t from)
{
    NEXT(ssize_t, pread, int, void *, size_t, off_t);
    ssize_t most = allowed("pread", fd, length), count;

    if (most < 0)
        return -1;
    count = pread_next(fd, bytes, (size_t)most, from);
    if (count > 0 && is_meant("pread") && fd != STDERR_FILENO)
        passed += (size_t)count;
    return count;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    NEXT(ssize_t, write, int, const void *, size_t);
    ssize_t most = allowed("write", fd, length), count;

    if (most < 0)
        return -1;
    count = write_next(fd, bytes, (size_t)most);
    if (count > 0 && is_meant("write") && fd != STDERR_FILENO)
        passed += (size_t)count;
    return count;
}

int open(const char *path, int flags, ...)
{
    NEXT(int, open, const char *, int, ...);
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
    return fails("open") ? -1 : open_next(path, flags, mode);
}

int close(int fd)
{
    NEXT(int, close, int);
    bool failed = fails("close");
    int result = close_next(fd);

    if (failed)
        errno = number;
    return failed ? -1 : result;
}

int rename(const char *from, const char *to)
{
    NEXT(int, rename, const char *, const char *);

    return fails("rename") ? -1 : rename_next(from, to);
}

int linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
    NEXT(int, linkat, int, const char *, int, const char *, int);

    return fails("linkat") ? -1 : linkat_next(from_fd, from, to_fd, to, flags);
}

int fchmod(int fd, mode_t mode)
{
    NEXT(int, fchmod, int, mode_t);

    return fails("fchmod") ? -1 : fchmod_next(fd, mode);
}

int mkostemp(char *path, int flags)
{
    NEXT(int, mkostemp, char *, int);

    return fails("mkostemp") ? -1 : mkostemp_next(path, flags);
}
