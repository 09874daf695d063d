#define _GNU_SOURCE /* mremap */

#include "base/pages.h"

#include "base/memory.h"

#include <stdlib.h>
#include <sys/mman.h>

/* Below this there is nothing to gain. */
enum { LARGE = 1 << 21 };

enum ddg_error ddg_pages_new(void *pointer, size_t bytes, struct ddg_context *context)
{
    void *fresh;

    if (bytes < LARGE)
        return ddg_allocate(pointer, bytes, 1, context);
    fresh = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (fresh == MAP_FAILED)
        return ddg_fail_memory(context);
    madvise(fresh, bytes, MADV_HUGEPAGE);
    memcpy(pointer, &fresh, sizeof fresh);
    return DDG_OK;
}

enum ddg_error ddg_pages_grow(void *pointer, size_t bytes, size_t more, struct ddg_context *context)
{
    void *before, *fresh;
    enum ddg_error error;

    memcpy(&before, pointer, sizeof before);
    if (bytes >= LARGE) {
        fresh = mremap(before, bytes, more, MREMAP_MAYMOVE);
        if (fresh == MAP_FAILED)
            return ddg_fail_memory(context);
        madvise(fresh, more, MADV_HUGEPAGE);
    } else {
        if ((error = ddg_pages_new(&fresh, more, context)))
            return error;
        memcpy(fresh, before, bytes);
        ddg_pages_free(before, bytes);
    }
    memcpy(pointer, &fresh, sizeof fresh);
    return DDG_OK;
}

void ddg_pages_free(void *pointer, size_t bytes)
{
    if (bytes < LARGE)
        free(pointer);
    else if (pointer)
        munmap(pointer, bytes);
}
