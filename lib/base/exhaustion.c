/* RTLD_DEFAULT */
#define _GNU_SOURCE

#include "base/exhaustion.h"

#include <dlfcn.h>
#include <string.h>

void ddg_on_exhaustion(void (*handler)(void))
{
    typedef void (*terminator)(void);
    /* std::set_terminate(void (*)()), of the C++ library that others brought along */
    void *symbol = dlsym(RTLD_DEFAULT, "_ZSt13set_terminatePFvvE");
    terminator (*set_terminate)(terminator);

    if (!symbol)
        return;
    /* POSIX lets a data pointer hold a function, C has no conversion for it */
    memcpy(&set_terminate, &symbol, sizeof symbol);
    set_terminate(handler);
}
