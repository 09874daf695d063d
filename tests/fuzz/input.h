/*
 * What the fuzz targets share: the fuzzer's bytes as a file, since the library reads files.
 */
#ifndef DDG_FUZZ_INPUT_H
#define DDG_FUZZ_INPUT_H

#define _GNU_SOURCE /* memfd_create; so this header comes first */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define FUZZ_REQUIRE(condition)                                                                    \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* Puts the bytes into one file in memory, made at the first call, and returns its path. */
static inline const char *fuzz_file(const uint8_t *bytes, size_t length)
{
    static char path[64];
    static int fd = -1;

    if (fd < 0) {
        fd = memfd_create("input", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, bytes, length, 0) != (ssize_t)length)
        abort();
    return path;
}

#endif
