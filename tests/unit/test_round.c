/*
 * Rounding piece by piece: counts one by one, keys and what is drawn from them.
 */
#include "check.h"

#include "round/key.h"
#include "round/rounding.h"

#include <sys/stat.h>
#include <unistd.h>

/* Counts --------------------------------------------------------------------------------------- */

static void check_nearest(void)
{
    uint64_t rounded = 77, state = 5;

    for (uint64_t base = 2; base < 40; base++)
        for (uint64_t n = 0; n < 200; n++) {
            CHECK(ddg_round(DDG_METHOD_NEAREST, n, base, 0, &rounded));
            CHECK(rounded % base == 0);
            /* nearest, and of two as near the larger */
            CHECK(rounded >= n ? 2 * (rounded - n) <= base : 2 * (n - rounded) < base);
        }
    for (int i = 0; i < 1000; i++) {
        uint64_t n = check_random(&state), base = 2 + check_random(&state) % 1000;
        unsigned __int128 exact = ((unsigned __int128)n * 2 + base) / (2 * base) * base;
        bool fits = exact <= UINT64_MAX;

        CHECK(ddg_round(DDG_METHOD_NEAREST, n, base, 0, &rounded) == fits);
        CHECK(!fits || rounded == (uint64_t)exact);
    }
    CHECK(!ddg_round(DDG_METHOD_NEAREST, UINT64_MAX, 2, 0, &rounded));
    CHECK(ddg_round(DDG_METHOD_NEAREST, UINT64_MAX, 3, 0, &rounded) && rounded == UINT64_MAX);
}

static void check_up_and_down(void)
{
    uint64_t rounded;

    for (uint64_t base = 2; base < 40; base++)
        for (uint64_t n = 0; n < 200; n++) {
            CHECK(ddg_round(DDG_METHOD_UP, n, base, 0, &rounded));
            CHECK(rounded == (n + base - 1) / base * base);
            CHECK(ddg_round(DDG_METHOD_DOWN, n, base, 0, &rounded));
            CHECK(rounded == n / base * base);
        }
    CHECK(!ddg_round(DDG_METHOD_UP, UINT64_MAX, 2, 0, &rounded));
    CHECK(ddg_round(DDG_METHOD_DOWN, UINT64_MAX, 2, 0, &rounded) && rounded == UINT64_MAX - 1);
}

/* The mean over all draws is the count itself, exactly; what comes out is one of its neighbours. */
static void check_unbiased(void)
{
    for (uint64_t base = 2; base < 60; base++)
        for (uint64_t n = 0; n < 4 * base; n++) {
            uint64_t sum = 0;

            for (uint64_t draw = 0; draw < base; draw++) {
                uint64_t rounded = 1;

                CHECK(ddg_round(DDG_METHOD_RANDOM, n, base, draw, &rounded));
                CHECK(rounded % base == 0 && rounded < n + base && n < rounded + base);
                sum += rounded;
            }
            CHECK(sum == base * n);
        }
}

/* Keys ----------------------------------------------------------------------------------------- */

static void check_code(const void *key, size_t key_length, const char *message, const char *wanted)
{
    unsigned char code[DDG_DIGEST_BYTES];
    char digits[2 * DDG_DIGEST_BYTES + 1];
    struct ddg_keyed keyed;

    ddg_keyed_init(&keyed, key, key_length);
    /* twice: a message leaves nothing behind */
    for (int i = 0; i < 2; i++)
        ddg_keyed_bytes(&keyed, message, strlen(message), code);
    for (size_t i = 0; i < DDG_DIGEST_BYTES; i++)
        sprintf(digits + 2 * i, "%02x", code[i]);
    CHECK_TEXT(digits, wanted);
    digits[16] = '\0';
    CHECK(ddg_keyed_word(&keyed, message, strlen(message)) == strtoull(digits, NULL, 16));
}

/* Cases of RFC 4231. */
static void check_codes(void)
{
    unsigned char key[131];

    memset(key, 0x0b, 20);
    check_code(key, 20, "Hi There",
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_code("Jefe", 4, "what do ya want for nothing?",
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    check_code(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First",
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static enum ddg_error read_key(struct ddg_key *key, const char *bytes, size_t length, mode_t mode,
                               struct ddg_context *context)
{
    char path[] = "/tmp/ddg-test-XXXXXX";
    int fd = mkstemp(path);
    enum ddg_error error;

    *context = (struct ddg_context){0};
    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length || fchmod(fd, mode) != 0)
        abort();
    close(fd);
    error = ddg_key_read(key, path, context);
    unlink(path);
    return error;
}

static void check_key_files(void)
{
    static const char good[] = "0123456789abcdef\r\n";
    static char large[4098];
    struct ddg_context context;
    struct ddg_key key, other;

    CHECK(!read_key(&key, good, 16, 0600, &context));
    /* line ends at the end are no part of it */
    CHECK(!read_key(&other, good, 18, 0400, &context));
    CHECK(strlen(key.fingerprint) == 16);
    CHECK_TEXT(other.fingerprint, key.fingerprint);
    CHECK(!read_key(&other, "0123456789abcdeF", 16, 0600, &context));
    CHECK(strcmp(other.fingerprint, key.fingerprint) != 0);
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = (char)('a' + i % 20);
    CHECK(!read_key(&other, large, 4096, 0600, &context));
    CHECK(read_key(&other, large, 4097, 0600, &context) == DDG_INPUT);
    CHECK(read_key(&other, good, 15, 0600, &context) == DDG_INPUT);
    CHECK(strstr(context.message, ": a key has 16 to 4096 bytes"));
    CHECK(read_key(&other, "abcdefgabcdefgabcdefg", 21, 0600, &context) == DDG_INPUT);
    CHECK(strstr(context.message, ": a key has 8 different bytes at least"));
    for (mode_t mode = 1; mode < 0100; mode++)
        CHECK(read_key(&other, good, 16, 0600 | mode, &context) == DDG_INPUT);
    CHECK(strstr(context.message, ": a key that others can read (chmod 600)"));
    CHECK(ddg_key_read(&other, "/nowhere", &(struct ddg_context){0}) == DDG_IO);
    ddg_key_wipe(&key);
    for (size_t i = 0; i < sizeof key; i++)
        CHECK(((char *)&key)[i] == 0);
}

/* Draws ---------------------------------------------------------------------------------------- */

static uint64_t draw_for(const struct ddg_key *key, const char *measure, uint64_t base,
                         const struct ddg_trait *traits, size_t count)
{
    struct ddg_trait sorted[4];
    struct ddg_key_room room = {0};
    struct ddg_context context = {0};
    uint64_t draw = UINT64_MAX;

    for (size_t i = 0; i < count; i++)
        sorted[i] = traits[i];
    ddg_key_sort(sorted, count);
    CHECK(!ddg_key_draw(key, ddg_text_of(measure), sorted, count, base, &room, &draw, &context));
    free(room.bytes);
    return draw;
}

static struct ddg_trait trait(const char *name, const char *label, bool is_total)
{
    return (struct ddg_trait){ddg_text_of(name), ddg_text_of(label), is_total};
}

enum { WIDE = 1000000000 };

/* With a wide base two draws are the same by chance only once in a thousand million cases. */
static void check_identity(const struct ddg_key *key)
{
    const struct ddg_trait cell[] = {trait("sex", "F", false), trait("county", "Inyo", false)};
    const struct ddg_trait turned[] = {cell[1], cell[0]};
    const struct ddg_trait swapped[] = {trait("sex", "Inyo", false), trait("county", "F", false)};
    const struct ddg_trait moved[] = {trait("sex", "FI", false), trait("county", "nyo", false)};
    const struct ddg_trait margin[] = {trait("sex", "Total", true), cell[1]};
    uint64_t draw = draw_for(key, "count", WIDE, cell, 2);

    CHECK(draw < WIDE);
    CHECK(draw_for(key, "count", WIDE, cell, 2) == draw);
    CHECK(draw_for(key, "count", WIDE, turned, 2) == draw);
    CHECK(draw_for(key, "persons", WIDE, cell, 2) != draw);
    CHECK(draw_for(key, "count", WIDE - 1, cell, 2) != draw);
    CHECK(draw_for(key, "count", WIDE, swapped, 2) != draw);
    CHECK(draw_for(key, "count", WIDE, moved, 2) != draw);
    CHECK(draw_for(key, "count", WIDE, cell, 1) != draw);
    /* a county in all sexes is the county in a table without sexes */
    CHECK(draw_for(key, "count", WIDE, margin, 2) == draw_for(key, "count", WIDE, cell + 1, 1));
}

/* Draws are spread evenly: chi-square over ten values, 9 degrees of freedom, below its 1 - 1e-6
 * quantile.  The key is fixed, so this passes always or never. */
static void check_spread(const struct ddg_key *key)
{
    enum { VALUES = 10, DRAWS = 20000 };
    double seen[VALUES] = {0}, sum = 0;

    for (int i = 0; i < DRAWS; i++) {
        char label[16];
        struct ddg_trait cell;

        snprintf(label, sizeof label, "%d", i);
        cell = trait("g", label, false);
        seen[draw_for(key, "count", VALUES, &cell, 1)]++;
    }
    for (int i = 0; i < VALUES; i++)
        sum += (seen[i] - DRAWS / VALUES) * (seen[i] - DRAWS / VALUES) / (DRAWS / VALUES);
    CHECK(sum < 44.8);
}

int main(void)
{
    struct ddg_context context;
    struct ddg_key key, other;
    const struct ddg_trait cell = trait("g", "a", false);

    check_nearest();
    check_up_and_down();
    check_unbiased();
    check_codes();
    check_key_files();
    CHECK(!read_key(&key, "an example of a key", 19, 0600, &context));
    CHECK(!read_key(&other, "another one of a key", 20, 0600, &context));
    CHECK(draw_for(&key, "count", WIDE, &cell, 1) != draw_for(&other, "count", WIDE, &cell, 1));
    check_identity(&key);
    check_spread(&key);
    return check_result();
}
