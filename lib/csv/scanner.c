#include "csv/scan.h"

#if defined(__x86_64__)
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("pclmul");
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("vpclmulqdq");
}
#endif

const struct ddg_scanner *ddg_scanner_at(size_t i)
{
#if defined(__x86_64__)
    if (!has_avx512())
        i++;
    if (i > 0 && !has_avx2())
        i++;
    switch (i) {
    case 0:
        return &ddg_scanner_avx512;
    case 1:
        return &ddg_scanner_avx2;
    case 2:
        return &ddg_scanner_sse2;
    case 3:
        return &ddg_scanner_words;
    case 4:
        return &ddg_scanner_scalar;
    }
#elif defined(__aarch64__)
    switch (i) {
    case 0:
        return &ddg_scanner_neon;
    case 1:
        return &ddg_scanner_words;
    case 2:
        return &ddg_scanner_scalar;
    }
#else
    if (i < 2)
        return i == 0 ? &ddg_scanner_words : &ddg_scanner_scalar;
#endif
    return NULL;
}
