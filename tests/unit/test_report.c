/*
 * Reports: digests, the record of what was read, and what each format says and does not say.
 */
#include "small_table.h"

#include "base/digest.h"
#include "base/inputs.h"

/* Digests -------------------------------------------------------------------------------------- */

static const char *digest_of(const char *text, size_t length, size_t piece)
{
    static char room[DDG_DIGEST_ROOM];
    struct ddg_digest digest;

    ddg_digest_init(&digest);
    for (size_t at = 0; at < length; at += piece)
        ddg_digest_add(&digest, text + at, length - at < piece ? length - at : piece);
    ddg_digest_text(&digest, room);
    return room;
}

/* The examples that NIST gives for FIPS 180-4. */
static void test_digest(void)
{
    static const struct {
        const char *text, *digest;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
         "lmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    static char many[1000000];
    char whole[DDG_DIGEST_ROOM];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        CHECK_TEXT(digest_of(known[i].text, strlen(known[i].text), 1 + i), known[i].digest);
    memset(many, 'a', sizeof many);
    CHECK_TEXT(digest_of(many, sizeof many, 4099),
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    for (size_t length = 0; length < 260; length++) {
        strcpy(whole, digest_of(many, length, 1000));
        for (size_t piece = 1; piece < 140; piece += 7)
            CHECK_TEXT(digest_of(many, length, piece), whole);
    }
}

static void test_inputs(void)
{
    static const char text[] = "a,count\nx,1\n";
    struct ddg_inputs inputs = {0};
    struct ddg_context context = {.inputs = &inputs};
    struct ddg_description description;
    struct ddg_table table;
    char path[SMALL_PATH_ROOM], room[DDG_DIGEST_ROOM];
    const char *paths[] = {path};

    small_file(path, text);
    ddg_description_init(&description, DDG_AUDIT);
    CHECK(!ddg_table_read(&table, &description, paths, 1, &context));
    if (CHECK(inputs.count == 1)) {
        CHECK_TEXT(inputs.input[0].name, path);
        CHECK(inputs.input[0].digest.length == strlen(text));
        ddg_digest_text(&inputs.input[0].digest, room);
        CHECK_TEXT(room, digest_of(text, strlen(text), strlen(text)));
    }
    unlink(path);
    ddg_table_free(&table);
    ddg_description_free(&description);
    ddg_inputs_free(&inputs);
}

int main(void)
{
    test_digest();
    test_inputs();
    return check_result();
}
