/*
 * The order of labels: for any three texts, cut at line feeds, it is antisymmetric and transitive,
 * and only equal bytes are equal.
 */
#include "input.h"

#include "base/text.h"

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ddg_text text[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    const char *at = (const char *)bytes, *end = at + length;

    for (int i = 0; i < 3 && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));

        text[i] = (struct ddg_text){at, (size_t)((newline ? newline : end) - at)};
        at = newline ? newline + 1 : end;
    }
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int order = sign(ddg_text_compare(text[i], text[j])), k = 3 - i - j;

            FUZZ_REQUIRE(order == -sign(ddg_text_compare(text[j], text[i])));
            FUZZ_REQUIRE((order == 0) == ddg_text_equal(text[i], text[j]));
            if (i != j && order < 0 && ddg_text_compare(text[j], text[k]) < 0)
                FUZZ_REQUIRE(ddg_text_compare(text[i], text[k]) < 0);
        }
    return 0;
}
