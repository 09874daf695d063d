/* States: the words of their lines, and that none is read that is not whole. */
#define _GNU_SOURCE /* memfd_create */
#include "check.h"

#include "group/state.h"
#include "group/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static struct ddg_text written(struct ddg_sink *sink, struct ddg_text text)
{
    sink->used = 0;
    ddg_word_add(sink, text);
    return (struct ddg_text){sink->buffer + 1, sink->used - 1};
}

static void test_words(void)
{
    struct ddg_context context = {0};
    struct ddg_sink sink = {.context = &context};
    struct ddg_text word, text, line;
    char all[255];

    for (int i = 1; i < 256; i++)
        all[i - 1] = (char)i;
    for (size_t length = 0; length <= sizeof all; length++) {
        const struct ddg_text wanted = {all + sizeof all - length, length};

        word = written(&sink, wanted);
        for (size_t i = 0; i < word.length; i++)
            CHECK(word.at[i] > ' ' && word.at[i] < 0x7f);
        CHECK(ddg_word_read(word, &text) && ddg_text_equal(text, wanted));
    }
    CHECK(ddg_text_is(written(&sink, ddg_text_of("")), "\\-"));
    CHECK(ddg_text_is(written(&sink, ddg_text_of("a b\\\n\x7f")), "a\\20b\\5c\\0a\\7f"));
    for (const char *const *bad = (const char *const[]){"\\", "\\2", "\\2g", "\\2A", "\\41", "\\00",
                                                        "a b", "\x7f", "\\-x", "x\\-", "", NULL};
         *bad; bad++) {
        char room[8];

        strcpy(room, *bad);
        CHECK(!ddg_word_read(ddg_text_of(room), &text));
    }
    line = ddg_text_of("a bc");
    CHECK(ddg_word_next(&line, &word) && ddg_text_is(word, "a"));
    CHECK(ddg_word_next(&line, &word) && ddg_text_is(word, "bc") && line.length == 0);
    CHECK(!ddg_word_next(&line, &word));
    line = ddg_text_of("a ");
    CHECK(!ddg_word_next(&line, &word));
    line = ddg_text_of("a  b");
    CHECK(ddg_word_next(&line, &word) && !ddg_word_next(&line, &word));
    free(sink.buffer);
}

/* Reads a state with one dimension `a`, and says whether it was taken. */
static bool is_taken(int fd, const char *path, const char *state, size_t length)
{
    const struct ddg_text total = ddg_text_of("Total");
    struct ddg_context context = {0};
    struct ddg_states states;
    struct ddg_cube cube = {0};
    bool taken;

    CHECK(ftruncate(fd, 0) == 0 && pwrite(fd, state, length, 0) == (ssize_t)length);
    if (!ddg_states_open(&states, &path, 1, &context) &&
        !ddg_cube_init(&cube, &states.form.spec, states.form.missing, &total,
                       states.form.sums.count, states.form.by_person, &context))
        ddg_states_add(&states, &cube, &context);
    taken = context.error == DDG_OK;
    CHECK(taken || (context.error == DDG_INPUT && context.message[0]));
    ddg_cube_free(&cube);
    ddg_states_free(&states);
    return taken;
}

/* Puts a digest behind the lines. */
static size_t seal(char *state)
{
    struct ddg_digest digest;
    char text[DDG_DIGEST_ROOM];
    size_t length = strlen(state);

    ddg_digest_init(&digest);
    ddg_digest_add(&digest, state, length);
    ddg_digest_text(&digest, text);
    return length + (size_t)sprintf(state + length, "end %s\n", text);
}

#define FORM "ddg-count-state 1\ndimension a a\nmissing \\-\n"
#define BY_PERSON FORM "id p\nsum s\n"

static void test_damage(int fd, const char *path)
{
    char state[1024] = BY_PERSON "l 0 x\nl 0 \\-\nc 0 2 1.50\nc 1 1 -3\np 1 0\np 2 0 1\n";
    size_t length = seal(state);

    CHECK(is_taken(fd, path, state, length));
    for (size_t cut = 0; cut < length; cut++)
        CHECK(!is_taken(fd, path, state, cut));
    for (size_t i = 0; i < length; i++)
        for (int bit = 0; bit < 8; bit++) {
            state[i] ^= (char)(1 << bit);
            CHECK(!is_taken(fd, path, state, length));
            state[i] ^= (char)(1 << bit);
        }
}

/* A digest fits these, and still they say what no state says. */
static void test_nonsense(int fd, const char *path)
{
    static const struct {
        const char *lines;
        bool taken;
    } cases[] = {
        {BY_PERSON, true},
        {FORM "rows\n", true},
        {FORM "rows\nl 0 x\nc 0 18446744073709551615\n", true},
        {"ddg-count-state 1\n", false},
        {FORM, false},
        {"ddg-count-state 1\nmissing x\nrows\n", false},
        {"ddg-count-state 1\ndimension a\nmissing x\nrows\n", false},
        {"ddg-count-state 1\ndimension a a\ndimension a b\nmissing x\nrows\n", false},
        {FORM "rows\nid p\n", false},
        {FORM "rows\nsum s\ndimension b b\n", false},
        {FORM "rows x\n", false},
        {BY_PERSON "l 1 x\n", false},
        {BY_PERSON "l 0 x y\n", false},
        {BY_PERSON "l 0 Total\n", false},
        {BY_PERSON "l 0 \\zz\n", false},
        {BY_PERSON "l 0 x\nc 1 1 1\n", false},
        {BY_PERSON "l 0 x\nc 0 1\n", false},
        {BY_PERSON "l 0 x\nc 0 1 1 1\n", false},
        {BY_PERSON "l 0 x\nc 0 -1 1\n", false},
        {BY_PERSON "l 0 x\nc 0 1 1e3\n", false},
        {BY_PERSON "l 0 x\nc 0 1 1\nl 0 y\n", false},
        {BY_PERSON "l 0 x\nc 0 1 1\np 1 1\n", false},
        {BY_PERSON "l 0 x\nc 0 1 1\np 1\n", false},
        {BY_PERSON "l 0 x\nc 0 1 1\np 1 0 \n", false},
        {BY_PERSON "l 0 x\nc 0 1 1\np \\- 0\n", false},
        {BY_PERSON "l 0 x\nc 0 1 1\np \\20 0\n", false},
        {BY_PERSON "x 0\n", false},
        {BY_PERSON "\n", false},
        {FORM "rows\nl 0 x\nc 0 1\np 1 0\n", false},
    };
    char state[1024];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        strcpy(state, cases[i].lines);
        CHECK(is_taken(fd, path, state, seal(state)) == cases[i].taken);
    }
}

int main(void)
{
    int fd = memfd_create("state", MFD_CLOEXEC);
    char path[64];

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    test_words();
    test_damage(fd, path);
    test_nonsense(fd, path);
    close(fd);
    return check_result();
}
