/* Records that are set aside: whatever a file holds, its records are read or set aside, byte for
 * byte and in their order, at every size of reads. */
#define _GNU_SOURCE /* memfd_create */
#include "check.h"

#include "csv/reader.h"

#include <sys/mman.h>
#include <unistd.h>

enum { LONGEST = 60 };

static int fd;
static char path[64];

/* Reads the next field at *at into `field` and moves behind it and its delimiter. */
static size_t next_field(const char **at, char *field)
{
    bool quoted = **at == '"';
    size_t length = 0;

    *at += quoted;
    for (;; (*at)++) {
        if (quoted && **at == '"' && *++*at != '"')
            break;
        if (!quoted && (**at == ',' || **at == '\n'))
            break;
        field[length++] = **at;
    }
    (*at)++;
    field[length] = '\0';
    return length;
}

/* The rejects as they are written, without the file. */
struct aside {
    struct ddg_rejects rejects;
    const char *at; /* the next of them */
    uint64_t left;
    char file[LONGEST + 100], line[LONGEST + 100], reason[200], record[LONGEST + 100];
    size_t length; /* of the record */
};

static bool next_reject(struct aside *a)
{
    if (a->left == 0)
        return false;
    a->left--;
    next_field(&a->at, a->file);
    next_field(&a->at, a->line);
    next_field(&a->at, a->reason);
    a->length = next_field(&a->at, a->record);
    CHECK_TEXT(a->file, path);
    CHECK(a->reason[0] != '\0');
    return true;
}

/* Adds a piece of the file, which begins in `line`, where it is expected. */
static void put(char *all, size_t *used, uint64_t *at, uint64_t line, const char *bytes,
                size_t length)
{
    CHECK(line >= *at); /* a record stands behind blank lines that are part of it */
    memcpy(all + *used, bytes, length);
    *used += length;
    for (size_t i = 0; i < length; i++)
        *at += bytes[i] == '\n';
}

static void try(const char *file, size_t length, size_t block)
{
    static struct aside a;
    struct ddg_csv_options options = {.delimiter = ',', .block = block, .rejects = &a.rejects};
    struct ddg_context context = {0};
    const char *paths = path;
    struct ddg_csv *csv = NULL;
    struct ddg_csv_block records = {0};
    char good[LONGEST + 1], all[2 * LONGEST];
    uint64_t line[LONGEST + 1], at = 2;
    size_t start[LONGEST + 2] = {0}, count = 0, next = 0, used = 0;
    size_t header = (size_t)((const char *)memchr(file, '\n', length) - file) + 1;

    a.rejects = (struct ddg_rejects){.most = UINT64_MAX};
    a.rejects.output =
        (struct ddg_output){.delimiter = ',', .sink = {.context = &a.rejects.context}};
    CHECK(ftruncate(fd, 0) == 0 && pwrite(fd, file, length, 0) == (ssize_t)length);
    CHECK(!ddg_csv_open(&csv, &paths, 1, &options, &context));
    while (!ddg_csv_next_block(csv, &records, &context) && records.count > 0)
        for (size_t r = 0; r < records.count; r++) {
            struct ddg_text bytes = ddg_csv_bytes(csv, r);

            memcpy(good + start[count], bytes.at, bytes.length);
            line[count] = ddg_csv_line(csv, r);
            count++;
            start[count] = start[count - 1] + bytes.length;
        }
    if (context.error) {
        /* that much only a file may be that has no end */
        CHECK(strstr(context.message, "a quoted field that never ends") ||
              strstr(context.message, "the header stands here a second time"));
    } else {
        a.at = a.rejects.output.sink.buffer;
        a.left = a.rejects.count;
        for (bool more = next_reject(&a); more || next < count;) {
            uint64_t number = more ? strtoull(a.line, NULL, 10) : UINT64_MAX;

            if (next < count && line[next] < number) {
                put(all, &used, &at, line[next], good + start[next], start[next + 1] - start[next]);
                next++;
            } else {
                put(all, &used, &at, number, a.record, a.length);
                more = next_reject(&a);
            }
        }
        /* blank lines at the end belong to no record */
        while (used < length - header && (file[length - 1] == '\n' || file[length - 1] == '\r'))
            length--;
        CHECK(used == length - header && memcmp(all, file + header, used) == 0);
    }
    ddg_csv_close(csv);
    free(a.rejects.output.sink.buffer);
}

static void test_random(void)
{
    static const char alphabet[] = "ab11,,,\"\n\n\n\r\0";
    uint64_t random = 88172645463325252;
    char file[LONGEST + 10];
    long files = check_quickly() ? 500 : 20000;

    for (long n = 0; n < files; n++) {
        size_t length = (size_t)sprintf(file, "x,y\n"), most = check_random(&random) % LONGEST;

        while (length < most)
            file[length++] = alphabet[check_random(&random) % (sizeof alphabet - 1)];
        if (memchr(file, '\0', length) && check_random(&random) % 4)
            continue;
        try(file, length, 1 + check_random(&random) % 70);
    }
}

static void test_cases(void)
{
    static const char *const bad[] = {"1",          "1,2,3",    "\"1\"2,3", "1,2\"",
                                      "1,\"2\n\"3", "1,2\r3,4", "1\r\r",    "\n5,6"};
    char file[100];

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (size_t block = 1; block < 30; block++) {
            sprintf(file, "x,y\n1,2\n%s\n3,4\n", bad[i]);
            try(file, strlen(file), block);
            sprintf(file, "x,y\r\n%s\r\n3,4\r\n%s", bad[i], bad[i]);
            try(file, strlen(file), block);
        }
}

int main(void)
{
    fd = memfd_create("rejects", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    test_cases();
    test_random();
    close(fd);
    return check_result();
}
