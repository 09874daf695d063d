#include "round/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_LEAST = 16, KEY_MOST = 4096, DIFFERENT_LEAST = 8 };

/* Codes of messages of two kinds under one key never meet. */
enum { FINGERPRINT = 'f', DRAW = 'd' };

static enum ddg_error read_bytes(int fd, const char *path, unsigned char *bytes, size_t *length,
                                 struct ddg_context *context)
{
    *length = 0;
    while (*length <= KEY_MOST) {
        ssize_t got = read(fd, bytes + *length, KEY_MOST + 1 - *length);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ddg_fail(context, DDG_IO, "%s: %s", path, strerror(errno));
        if (got == 0)
            return DDG_OK;
        *length += (size_t)got;
    }
    return DDG_OK;
}

static bool is_varied(const unsigned char *bytes, size_t length)
{
    bool seen[256] = {false};
    int different = 0;

    for (size_t i = 0; i < length; i++) {
        different += !seen[bytes[i]];
        seen[bytes[i]] = true;
    }
    return different >= DIFFERENT_LEAST;
}

static enum ddg_error check_file(int fd, const char *path, struct ddg_context *context)
{
    struct stat status;

    /* what comes through a pipe is the business of whoever writes it */
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return ddg_fail(context, DDG_INPUT, "%s: a key that others can read (chmod 600)", path);
    return DDG_OK;
}

static enum ddg_error take_bytes(struct ddg_key *key, const char *path, const unsigned char *bytes,
                                 size_t length, struct ddg_context *context)
{
    unsigned char code[DDG_DIGEST_BYTES], what = FINGERPRINT;

    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
        length--;
    if (length < KEY_LEAST || length > KEY_MOST)
        return ddg_fail(context, DDG_INPUT, "%s: a key has %d to %d bytes", path, KEY_LEAST,
                        KEY_MOST);
    if (!is_varied(bytes, length))
        return ddg_fail(context, DDG_INPUT, "%s: a key has %d different bytes at least", path,
                        DIFFERENT_LEAST);
    ddg_keyed_init(&key->keyed, bytes, length);
    ddg_keyed_bytes(&key->keyed, &what, 1, code);
    for (size_t i = 0; i < (DDG_KEY_FINGERPRINT_ROOM - 1) / 2; i++)
        snprintf(key->fingerprint + 2 * i, 3, "%02x", code[i]);
    return DDG_OK;
}

enum ddg_error ddg_key_read(struct ddg_key *key, const char *path, struct ddg_context *context)
{
    unsigned char bytes[KEY_MOST + 1];
    size_t length;
    enum ddg_error error;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return ddg_fail(context, DDG_IO, "%s: %s", path, strerror(errno));
    error = check_file(fd, path, context);
    if (!error)
        error = read_bytes(fd, path, bytes, &length, context);
    if (!error)
        error = take_bytes(key, path, bytes, length, context);
    explicit_bzero(bytes, sizeof bytes);
    close(fd);
    return error;
}

void ddg_key_wipe(struct ddg_key *key)
{
    explicit_bzero(key, sizeof *key);
}

static int by_name(const void *a, const void *b)
{
    const struct ddg_trait *left = a, *right = b;
    size_t length = left->name.length < right->name.length ? left->name.length : right->name.length;
    int order = length > 0 ? memcmp(left->name.at, right->name.at, length) : 0;

    return order != 0 ? order
                      : (left->name.length > right->name.length) -
                            (left->name.length < right->name.length);
}

void ddg_key_sort(struct ddg_trait *traits, size_t count)
{
    qsort(traits, count, sizeof *traits, by_name);
}

static enum ddg_error add(struct ddg_key_room *room, const void *bytes, size_t length,
                          struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&room->bytes, &room->room, room->used + length, 1, context);

    if (!error && length > 0)
        memcpy(room->bytes + room->used, bytes, length);
    room->used += error ? 0 : length;
    return error;
}

static enum ddg_error add_number(struct ddg_key_room *room, uint64_t number,
                                 struct ddg_context *context)
{
    unsigned char bytes[sizeof number];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    return add(room, bytes, sizeof bytes, context);
}

/* With its length before it, so that "a","bc" and "ab","c" are two. */
static enum ddg_error add_text(struct ddg_key_room *room, struct ddg_text text,
                               struct ddg_context *context)
{
    enum ddg_error error = add_number(room, text.length, context);

    return error ? error : add(room, text.at, text.length, context);
}

enum ddg_error ddg_key_draw(const struct ddg_key *key, struct ddg_text measure,
                            const struct ddg_trait *traits, size_t count, uint64_t base,
                            struct ddg_key_room *room, uint64_t *draw, struct ddg_context *context)
{
    unsigned char what = DRAW;
    enum ddg_error error;

    room->used = 0;
    if ((error = add(room, &what, 1, context)) || (error = add_number(room, base, context)) ||
        (error = add_text(room, measure, context)))
        return error;
    for (size_t i = 0; !error && i < count; i++) {
        if (traits[i].is_total)
            continue;
        error = add_text(room, traits[i].name, context);
        if (!error)
            error = add_text(room, traits[i].label, context);
    }
    if (!error)
        *draw = (uint64_t)((unsigned __int128)ddg_keyed_word(&key->keyed, room->bytes, room->used) *
                               base >>
                           64);
    return error;
}
