/* Sources: compressed files give what was compressed, or an error, at every size of reads. */
#define _GNU_SOURCE /* memfd_create */
#include "check.h"

#include "base/memory.h"
#include "csv/source.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { ROOM = 1 << 16 };

struct bytes {
    char at[ROOM];
    size_t length;
};

static int fd;
static char path[64];

/* Adds a member that holds `plain`. */
static void pack(struct bytes *packed, enum ddg_packing packing, const char *plain, size_t length)
{
    if (packing == DDG_GZIP) {
        z_stream z = {0};

        CHECK(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        z.next_in = (unsigned char *)(uintptr_t)plain;
        z.avail_in = (unsigned)length;
        z.next_out = (unsigned char *)packed->at + packed->length;
        z.avail_out = (unsigned)(ROOM - packed->length);
        CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
        packed->length = ROOM - z.avail_out;
        deflateEnd(&z);
    } else {
        ZSTD_CCtx *c = ZSTD_createCCtx();
        size_t got;

        ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
        got = ZSTD_compress2(c, packed->at + packed->length, ROOM - packed->length, plain, length);
        CHECK(!ZSTD_isError(got));
        packed->length += got;
        ZSTD_freeCCtx(c);
    }
}

/* Reads `file` in pieces of `room` bytes; false where that fails. */
static bool unpacks(const char *file, size_t length, size_t room, struct bytes *plain,
                    struct ddg_context *context)
{
    struct ddg_source source;
    size_t got = 1;

    *context = (struct ddg_context){0};
    plain->length = 0;
    CHECK(ftruncate(fd, 0) == 0 && pwrite(fd, file, length, 0) == (ssize_t)length);
    if (!ddg_source_open(&source, path, context))
        while (got > 0 && plain->length + room <= ROOM &&
               !ddg_source_read(&source, plain->at + plain->length, room, &got, context))
            plain->length += got;
    CHECK(context->error || (got == 0 && source.taken == length));
    ddg_source_close(&source);
    return !context->error;
}

static bool gives(const struct bytes *file, size_t room, const char *plain, size_t length)
{
    static struct bytes got;
    struct ddg_context context;

    return unpacks(file->at, file->length, room, &got, &context) && got.length == length &&
           memcmp(got.at, plain, length) == 0;
}

static void test_whole(enum ddg_packing packing, const struct bytes *plain)
{
    static struct bytes packed;

    for (size_t room = 1; room < 200; room += 1 + room / 3)
        for (size_t members = 1; members <= 3; members++) {
            size_t piece = plain->length / members;

            packed.length = 0;
            for (size_t m = 0; m < members; m++)
                pack(&packed, packing, plain->at + m * piece,
                     m + 1 < members ? piece : plain->length - m * piece);
            pack(&packed, packing, "", 0);
            CHECK(gives(&packed, room, plain->at, plain->length));
        }
    packed.length = 0;
    pack(&packed, packing, "", 0);
    CHECK(gives(&packed, 10, "", 0));
}

/* Without the bytes that tell a compressed file, it is a plain one. */
static void test_damage(enum ddg_packing packing, const struct bytes *plain)
{
    static struct bytes packed, got;
    struct ddg_context context;
    size_t telling = packing == DDG_GZIP ? 2 : 4, step = check_quickly() ? 7 : 1;

    packed.length = 0;
    pack(&packed, packing, plain->at, 300);
    for (size_t cut = telling; cut < packed.length; cut += step) {
        CHECK(!unpacks(packed.at, cut, 64, &got, &context));
        CHECK(context.error == DDG_INPUT && strstr(context.message, "cut off"));
    }
    for (size_t i = telling; i < packed.length; i += step)
        for (int bit = 0; bit < 8; bit++) {
            packed.at[i] ^= (char)(1 << bit);
            if (unpacks(packed.at, packed.length, 64, &got, &context))
                CHECK(got.length == 300 && memcmp(got.at, plain->at, 300) == 0);
            else
                CHECK(context.error == DDG_INPUT &&
                      strncmp(context.message, path, strlen(path)) == 0);
            packed.at[i] ^= (char)(1 << bit);
        }
    packed.at[packed.length++] = 'x';
    CHECK(!unpacks(packed.at, packed.length, 64, &got, &context));
}

static void test_plain(void)
{
    static const char *const files[] = {"", "a", "\x1f", "\x28\xb5\x2f", "abcd", "abcdefghijkl"};
    static struct bytes file;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (size_t room = 1; room < 8; room++) {
            file.length = strlen(files[i]);
            memcpy(file.at, files[i], file.length);
            CHECK(gives(&file, room, file.at, file.length));
        }
    file.length = strlen(strcpy(file.at, "\x50\x2a\x4d\x18"));
    CHECK(ddg_packing_of(file.at, file.length) == DDG_ZSTD);
    CHECK(ddg_packing_of("\x60\x2a\x4d\x18", 4) == DDG_PLAIN);
}

/* Standard input that is a pipe gets wider than pipes are, and one that is wider stays as it is. */
static void test_pipe(void)
{
    enum { USUAL = 1 << 16, MORE = 1 << 19 };
    static const int sizes[] = {USUAL, MORE};

    for (size_t i = 0; i < 2; i++) {
        struct ddg_source source;
        struct ddg_context context = {0};
        int ends[2], kept = dup(STDIN_FILENO);

        CHECK(pipe(ends) == 0 && fcntl(ends[0], F_SETPIPE_SZ, sizes[i]) == sizes[i]);
        CHECK(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
        CHECK(!ddg_source_open(&source, NULL, &context));
        CHECK(sizes[i] == MORE ? fcntl(ends[1], F_GETPIPE_SZ) == MORE
                               : fcntl(ends[1], F_GETPIPE_SZ) > USUAL);
        ddg_source_close(&source);
        close(ends[0]);
        close(ends[1]);
        if (kept < 0)
            close(STDIN_FILENO);
        else
            dup2(kept, STDIN_FILENO);
        close(kept);
    }
}

int main(void)
{
    static struct bytes plain;
    uint64_t random = 88172645463325252;

    fd = memfd_create("source", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (plain.length = 0; plain.length < 20000; plain.length++)
        plain.at[plain.length] = (char)('a' + check_random(&random) % (1 + plain.length / 1000));
    test_plain();
    test_pipe();
    for (int packing = DDG_GZIP; packing <= DDG_ZSTD; packing++) {
        test_whole((enum ddg_packing)packing, &plain);
        test_damage((enum ddg_packing)packing, &plain);
    }
    close(fd);
    return check_result();
}
