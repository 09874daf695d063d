/*
 * Counting by several threads, against one: random files, with newlines in quotes, blank lines and
 * errors at the edges of every piece, give the same table and state, or the same error.
 */
#define _GNU_SOURCE /* memfd_create */
#include "check.h"

#include "base/cgroup.h"
#include "base/machine.h"
#include "base/meter.h"
#include "csv/scan.h"
#include "group/count.h"
#include "group/listing.h"
#include "group/margin.h"
#include "group/state.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOM = 1 << 14, DIMS = 2 };

/* A file of the columns a, b, p (a person) and s (an amount). */
struct file {
    char bytes[ROOM];
    size_t length;
};

static void add(struct file *file, const char *text)
{
    size_t length = strlen(text);

    if (file->length + length > ROOM)
        return;
    memcpy(file->bytes + file->length, text, length);
    file->length += length;
}

/* One of so many fields, written with quotes or without. */
static void add_field(struct file *file, uint64_t *state, uint64_t most)
{
    static const char *const fields[] = {"x",
                                         "\"x\"",
                                         "y",
                                         "\"a\nb\"",
                                         "\"\n\n\"",
                                         "\"q\"\"q\"",
                                         "\"\"",
                                         "",
                                         "\"\r\n,\"",
                                         "\"\"\"\n\"",
                                         "a long label of many words",
                                         "\"a\"\"\n\"\"\nlong label of many lines\""};

    add(file, fields[check_random(state) % (most < 12 ? most : 12)]);
}

static void add_record(struct file *file, uint64_t *state, bool crlf)
{
    char rest[64];

    add_field(file, state, 12);
    add(file, ",");
    add_field(file, state, 8);
    snprintf(rest, sizeof rest, check_random(state) % 2 ? ",%u,%u.%u" : ",\"%u\",-%u.%u",
             (unsigned)(check_random(state) % 200), (unsigned)(check_random(state) % 1000),
             (unsigned)(check_random(state) % 100));
    add(file, rest);
    add(file, crlf ? "\r\n" : "\n");
}

/* What is wrong with some files, at a place that chance chooses. */
static void spoil(struct file *file, uint64_t *state)
{
    static const char *const wrong[] = {
        "x,y,1\n",     "x\"x,y,1,2\n", "\"x\"x,y,1,2\n", "\n",        "\r\n",
        "x,y,,2\n",    "x,y,1,two\n",  "x\ry,y,1,2\n",   "a,b,p,s\n", "Total,y,1,2\n",
        "x,\"y,1,2\n", "x,y,1,2,3\n",  "\n\n\n",
    };
    size_t at = check_random(state) % (file->length + 1);
    const char *text = wrong[check_random(state) % (sizeof wrong / sizeof *wrong)];
    size_t length = strlen(text);

    /* behind a line, most often */
    while (check_random(state) % 8 && at < file->length && (at == 0 || file->bytes[at - 1] != '\n'))
        at++;
    if (file->length + length > ROOM)
        return;
    memmove(file->bytes + at + length, file->bytes + at, file->length - at);
    memcpy(file->bytes + at, text, length);
    file->length += length;
}

static void make_file(struct file *file, uint64_t *state)
{
    bool crlf = check_random(state) % 4 == 0;
    size_t records = check_random(state) % 120;

    file->length = 0;
    add(file, crlf ? "a,b,p,s\r\n" : "a,b,p,s\n");
    for (size_t r = 0; r < records; r++)
        add_record(file, state, crlf);
    if (check_random(state) % 8 == 0)
        add(file, "\n\r\n\n");
    else if (file->length > 20 && check_random(state) % 4 == 0)
        file->length--;
    for (unsigned i = 0; i < 3 && file->length > 20 && check_random(state) % 4 == 0; i++)
        spoil(file, state);
}

/* How a file is counted. */
struct way {
    unsigned threads;
    size_t block, memory;
    const char *scanner;
    bool by_person, partial;
};

/* What came of it: a table or a state, or a message. */
struct outcome {
    struct ddg_context context;
    struct ddg_output output;
    struct ddg_meter meter;
};

static void write_state(struct outcome *o, struct ddg_cube *cube, const struct ddg_spec *spec,
                        const struct ddg_list *sums, bool by_person)
{
    struct ddg_form form = {0};

    CHECK(!ddg_form_make(&form, spec, (struct ddg_text){"", 0}, by_person, ddg_text_of("p"), sums,
                         &o->context) &&
          !ddg_state_write(&form, cube, &o->output.sink, &o->context));
    ddg_form_free(&form);
}

static void write_table(struct outcome *o, struct ddg_cube *cube, const struct ddg_spec *spec,
                        const struct ddg_list *sums, bool by_person)
{
    struct ddg_margins margins = {0};
    struct ddg_listing listing = {0};

    CHECK(!ddg_margins_add_all(&margins, DIMS, &o->context) &&
          !ddg_margins_fill(&margins, cube, &o->context) &&
          !ddg_listing_init(&listing, spec, sums, by_person, &o->context) &&
          !ddg_listing_write(&listing, cube, &o->output, &o->context));
    ddg_listing_free(&listing);
    free(margins.kept);
}

static void count(const char *const *paths, size_t path_count, const struct way *way,
                  struct outcome *o)
{
    const struct ddg_text total[DIMS] = {ddg_text_of("Total"), ddg_text_of("Total")};
    const struct ddg_csv_options options = {
        .delimiter = ',', .block = way->block, .scanner = way->scanner};
    struct ddg_spec spec = {0};
    struct ddg_list sums = {0};
    struct ddg_cube cube = {0};
    struct ddg_csv *csv = NULL;
    struct ddg_counted counted = {&spec, ddg_text_of("p"), &sums};

    memset(o, 0, sizeof *o);
    ddg_meter_start(&o->meter, "test", paths, path_count);
    o->context.meter = &o->meter;
    CHECK(!ddg_spec_add(&spec, "a,b", &o->context) &&
          !ddg_list_push(&sums, ddg_text_of("s"), &o->context) &&
          !ddg_cube_init(&cube, &spec, (struct ddg_text){"", 0}, total, 1, way->by_person,
                         &o->context));
    cube.persons.memory = way->memory;
    cube.persons.ordered = way->partial;
    o->meter.records = &cube.records;
    if (!ddg_csv_open(&csv, paths, path_count, &options, &o->context) &&
        !ddg_count_records(&cube, csv, &counted, way->threads, &o->context)) {
        CHECK(ddg_meter_records(&o->meter) == cube.records);
        CHECK(cube.persons.memory == way->memory);
        ddg_sink_hold(&o->output.sink, &o->context);
        o->output.delimiter = ',';
        (way->partial ? write_state : write_table)(o, &cube, &spec, &sums, way->by_person);
    }
    o->meter.records = NULL;
    ddg_csv_close(csv);
    ddg_cube_free(&cube);
    ddg_spec_free(&spec);
    free(sums.item);
}

static bool same(const struct outcome *a, const struct outcome *b)
{
    if (a->context.error || b->context.error)
        return a->context.error == b->context.error &&
               strcmp(a->context.message, b->context.message) == 0;
    return a->meter.bytes == b->meter.bytes && a->output.sink.used == b->output.sink.used &&
           memcmp(a->output.sink.buffer, b->output.sink.buffer, a->output.sink.used) == 0;
}

static void free_outcome(struct outcome *o)
{
    free(o->output.sink.buffer);
}

static unsigned long refused, counted_files;

static void compare(const char *const *paths, size_t path_count, struct way way)
{
    struct outcome one, more;
    struct way alone = way;

    alone.threads = 1;
    count(paths, path_count, &alone, &one);
    count(paths, path_count, &way, &more);
    if (!CHECK(same(&one, &more)))
        printf("  %u threads, blocks of %zu: '%s', not '%s'\n", way.threads, way.block,
               more.context.message, one.context.message);
    refused += one.context.error != DDG_OK;
    counted_files += one.context.error == DDG_OK;
    free_outcome(&one);
    free_outcome(&more);
}

/* One that the processor has, or the judge alone. */
static const char *choose_scanner(uint64_t *state)
{
    const struct ddg_scanner *scanner = ddg_scanner_at(check_random(state) % 6);

    return scanner ? scanner->name : "libcsv";
}

static void test_random(int fd, const char *path)
{
    static const size_t blocks[] = {1, 2, 3, 5, 8, 13, 21, 64, 100, 150, 400};
    static struct file file;
    const char *paths[] = {path, path};
    unsigned rounds = check_quickly() ? 60 : 1500;
    uint64_t state = 88;

    for (unsigned i = 0; i < rounds; i++) {
        struct way way = {
            .threads = 2 + (unsigned)(check_random(&state) % 3),
            .block = blocks[check_random(&state) % (sizeof blocks / sizeof *blocks)],
            .memory = check_random(&state) % 2 ? SIZE_MAX : 1 << 14,
            .scanner = choose_scanner(&state),
            .by_person = check_random(&state) % 2,
            .partial = check_random(&state) % 2,
        };

        make_file(&file, &state);
        CHECK(ftruncate(fd, 0) == 0 &&
              pwrite(fd, file.bytes, file.length, 0) == (ssize_t)file.length);
        compare(paths, 1 + check_random(&state) % 2, way);
    }
    CHECK(refused > rounds / 8 && counted_files > rounds / 3);
}

/* A cell for each record, more of them than it pays to count apart. */
static void test_new_cells(int fd, const char *path)
{
    enum { RECORDS = 300000 };
    struct way way = {.threads = 2, .block = 1 << 14, .memory = SIZE_MAX, .by_person = true};
    FILE *stream = fdopen(dup(fd), "w");

    CHECK(ftruncate(fd, 0) == 0 && stream && fseek(stream, 0, SEEK_SET) == 0);
    fputs("a,b,p,s\n", stream);
    for (unsigned i = 0; i < RECORDS; i++)
        fprintf(stream, "%u,x,%u,1\n", i, i / 3);
    CHECK(fclose(stream) == 0);
    compare(&path, 1, way);
    way.memory = 1 << 20;
    compare(&path, 1, way);
}

static void write_file(const char *directory, const char *name, const char *text)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", directory, name);
    file = fopen(path, "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void make_directory(const char *directory, const char *name)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", directory, name);
    CHECK(mkdir(path, 0700) == 0);
}

static void test_processors(void)
{
    char root[] = "/tmp/ddg-groups-XXXXXX", groups[64], command[64];

    CHECK(mkdtemp(root));
    snprintf(groups, sizeof groups, "%s/groups", root);
    CHECK(ddg_machine_processors() >= 1);
    CHECK(ddg_cgroup_processors(groups, root) == 0);
    write_file(root, "groups", "9:name=systemd:/\n0::/a/b\n");
    CHECK(ddg_cgroup_processors(groups, root) == 0);
    make_directory(root, "a");
    make_directory(root, "a/b");
    write_file(root, "a/b/cpu.max", "max 100000\n");
    CHECK(ddg_cgroup_processors(groups, root) == 0);
    write_file(root, "a/cpu.max", "350000 100000\n");
    CHECK(ddg_cgroup_processors(groups, root) == 4);
    write_file(root, "a/b/cpu.max", "50000 100000\n");
    CHECK(ddg_cgroup_processors(groups, root) == 1);
    write_file(root, "groups", "4:cpu,cpuacct:/c\n");
    make_directory(root, "cpu");
    make_directory(root, "cpu/c");
    write_file(root, "cpu/c/cpu.cfs_quota_us", "-1\n");
    write_file(root, "cpu/c/cpu.cfs_period_us", "100000\n");
    CHECK(ddg_cgroup_processors(groups, root) == 0);
    write_file(root, "cpu/c/cpu.cfs_quota_us", "200000\n");
    CHECK(ddg_cgroup_processors(groups, root) == 2);
    write_file(root, "groups", "4:cpuacct,cpu:/c\n");
    CHECK(ddg_cgroup_processors(groups, root) == 2);
    write_file(root, "groups", "1:cpu:/c\n");
    CHECK(ddg_cgroup_processors(groups, root) == 2);
    write_file(root, "groups", "1:cpuset:/c\n");
    CHECK(ddg_cgroup_processors(groups, root) == 0);
    snprintf(command, sizeof command, "rm -r %s", root);
    CHECK(system(command) == 0);
}

int main(void)
{
    int fd = memfd_create("records", 0);
    char path[64];

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    test_random(fd, path);
    test_new_cells(fd, path);
    test_processors();
    return check_result();
}
