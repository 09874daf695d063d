#include "csv/unpack.h"

#include "base/memory.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
    GZIP_ONLY = 16 + MAX_WBITS, /* what zlib wants to hear */
    ZSTD_WINDOW_MOST = 31,      /* as bits of a size: as much as any stream asks for */
};

struct ddg_unpack {
    enum ddg_packing packing;
    const char *name;
    bool ended; /* a member or frame has ended, and no other begun */
    z_stream gzip;
    ZSTD_DStream *zstd;
};

enum ddg_packing ddg_packing_of(const char *bytes, size_t length)
{
    if (length >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0)
        return DDG_GZIP;
    if (length >= 4 && memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0)
        return DDG_ZSTD;
    /* a frame that carries no data and may stand in front of those that do */
    if (length >= 4 && (bytes[0] & 0xf0) == 0x50 && memcmp(bytes + 1, "\x2a\x4d\x18", 3) == 0)
        return DDG_ZSTD;
    return DDG_PLAIN;
}

static enum ddg_error fail(const struct ddg_unpack *unpack, struct ddg_context *context,
                           const char *what)
{
    return ddg_fail_at(context, DDG_INPUT, unpack->name, 0, NULL, "a %s stream that is %s",
                       unpack->packing == DDG_GZIP ? "gzip" : "zstd", what);
}

enum ddg_error ddg_unpack_open(struct ddg_unpack **out, enum ddg_packing packing, const char *name,
                               struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(out, 1, sizeof **out, context);
    struct ddg_unpack *unpack = *out;

    assert(packing != DDG_PLAIN);
    if (error)
        return error;
    unpack->packing = packing;
    unpack->name = name;
    if (packing == DDG_GZIP)
        return inflateInit2(&unpack->gzip, GZIP_ONLY) == Z_OK ? DDG_OK : ddg_fail_memory(context);
    unpack->zstd = ZSTD_createDStream();
    if (!unpack->zstd)
        return ddg_fail_memory(context);
    ZSTD_DCtx_setParameter(unpack->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_MOST);
    return DDG_OK;
}

static enum ddg_error next_gzip(struct ddg_unpack *unpack, const char *packed, size_t length,
                                size_t *used, char *bytes, size_t room, size_t *got,
                                struct ddg_context *context)
{
    z_stream *z = &unpack->gzip;
    unsigned in = length > UINT_MAX ? UINT_MAX : (unsigned)length;
    unsigned out = room > UINT_MAX ? UINT_MAX : (unsigned)room;
    int result;

    z->next_in = (unsigned char *)(uintptr_t)packed;
    z->avail_in = in;
    z->next_out = (unsigned char *)bytes;
    z->avail_out = out;
    do {
        if (unpack->ended && inflateReset(z) != Z_OK)
            return fail(unpack, context, "damaged");
        result = inflate(z, Z_NO_FLUSH);
        unpack->ended = result == Z_STREAM_END;
    } while (unpack->ended && z->avail_in > 0 && z->avail_out > 0);
    *used = in - z->avail_in;
    *got = out - z->avail_out;
    if (result == Z_MEM_ERROR)
        return ddg_fail_memory(context);
    /* that nothing could be done is no error: there was no room or nothing to read */
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return fail(unpack, context, "damaged");
    return DDG_OK;
}

static enum ddg_error next_zstd(struct ddg_unpack *unpack, const char *packed, size_t length,
                                size_t *used, char *bytes, size_t room, size_t *got,
                                struct ddg_context *context)
{
    ZSTD_inBuffer in = {packed, length, 0};
    ZSTD_outBuffer out = {bytes, room, 0};
    size_t result;

    do {
        result = ZSTD_decompressStream(unpack->zstd, &out, &in);
        if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation)
            return ddg_fail_memory(context);
        if (ZSTD_isError(result))
            return fail(unpack, context, "damaged");
        unpack->ended = result == 0;
    } while (unpack->ended && in.pos < in.size && out.pos < out.size);
    *used = in.pos;
    *got = out.pos;
    return DDG_OK;
}

enum ddg_error ddg_unpack_next(struct ddg_unpack *unpack, const char *packed, size_t length,
                               size_t *used, char *bytes, size_t room, size_t *got,
                               struct ddg_context *context)
{
    *used = *got = 0;
    if (length == 0 && unpack->ended)
        return DDG_OK; /* no bytes begin no member */
    return (unpack->packing == DDG_GZIP ? next_gzip : next_zstd)(unpack, packed, length, used,
                                                                 bytes, room, got, context);
}

enum ddg_error ddg_unpack_end(const struct ddg_unpack *unpack, struct ddg_context *context)
{
    return unpack->ended ? DDG_OK : fail(unpack, context, "cut off");
}

void ddg_unpack_close(struct ddg_unpack *unpack)
{
    if (!unpack)
        return;
    if (unpack->packing == DDG_GZIP)
        inflateEnd(&unpack->gzip);
    ZSTD_freeDStream(unpack->zstd);
    free(unpack);
}
