/*
 * What the unit tests share: a check that says where it failed, and goes on, and an exit status.
 */
#ifndef DDG_TESTS_CHECK_H
#define DDG_TESTS_CHECK_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long checks_made, checks_failed;

static inline bool check_that(bool good, const char *what, const char *file, int line)
{
    checks_made++;
    if (!good && ++checks_failed <= 20)
        printf("%s:%d: %s\n", file, line, what);
    return good;
}

static inline bool check_texts(const char *got, const char *wanted, const char *file, int line)
{
    bool good = strcmp(got, wanted) == 0;

    check_that(good, "texts differ", file, line);
    if (!good && checks_failed <= 20)
        printf("  got:    %s\n  wanted: %s\n", got, wanted);
    return good;
}

#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(got, wanted) check_texts((got), (wanted), __FILE__, __LINE__)

/* Under valgrind or the sanitizers the exhaustive loops are cut short. */
static inline bool check_quickly(void)
{
    const char *quick = getenv("DDG_QUICK");

    return quick && *quick;
}

/* The last line of every main(). */
static inline int check_result(void)
{
    printf("%lu checks, %lu failed\n", checks_made, checks_failed);
    return checks_failed > 0 || checks_made == 0;
}

/* Marsaglia's xorshift64: the same numbers everywhere, which rand() does not promise. */
static inline uint64_t check_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#endif
