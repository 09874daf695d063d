#include "group/near.h"

#include <stdlib.h>

/* With so many texts one drawing in twenty keeps all of them apart. */
enum { MOST = 80, DRAWINGS = 256 };

static void draw(struct ddg_near *near)
{
    near->first = ddg_hash_word(&near->key, near->drawn++) | 1;
    near->second = ddg_hash_word(&near->key, near->drawn++) | 1;
}

enum ddg_error ddg_near_init(struct ddg_near *near, struct ddg_context *context)
{
    enum ddg_error error;

    *near = (struct ddg_near){.narrow = true, .key = ddg_hash_key_new()};
    draw(near);
    error = ddg_allocate(&near->words, DDG_NEAR_SLOTS, sizeof *near->words, context);
    if (error)
        return error;
    return ddg_allocate(&near->number, DDG_NEAR_SLOTS, sizeof *near->number, context);
}

struct kept {
    struct ddg_words words;
    struct ddg_near_number number;
};

/* False where another text stands in its slot. */
static bool place(struct ddg_near *near, const struct kept *text)
{
    size_t slot = ddg_near_slot(near, text->words);

    if (near->number[slot].length_and_1)
        return false;
    near->words[slot] = text->words;
    near->number[slot] = text->number;
    return true;
}

/* Draws until each of the texts has a slot of its own; false where that takes too long. */
static bool spread(struct ddg_near *near, const struct kept *text, uint32_t count)
{
    for (unsigned i = 0; i < DRAWINGS; i++) {
        uint32_t placed = 0;

        draw(near);
        memset(near->number, 0, DDG_NEAR_SLOTS * sizeof *near->number);
        while (placed < count && place(near, &text[placed]))
            placed++;
        if (placed == count)
            return true;
    }
    return false;
}

void ddg_near_add(struct ddg_near *near, struct ddg_words words, size_t length, uint32_t number)
{
    struct kept text[MOST];
    uint32_t count = 0;

    if (!near->words)
        return;
    if (near->count == MOST) {
        ddg_near_free(near);
        return;
    }
    near->count++;
    near->narrow &= length <= sizeof words.low;
    text[count++] = (struct kept){words, {(uint32_t)length + 1, number}};
    if (place(near, text))
        return;
    for (size_t slot = 0; slot < DDG_NEAR_SLOTS; slot++)
        if (near->number[slot].length_and_1)
            text[count++] = (struct kept){near->words[slot], near->number[slot]};
    if (!spread(near, text, count))
        ddg_near_free(near);
}

void ddg_near_free(struct ddg_near *near)
{
    free(near->words);
    free(near->number);
    near->words = NULL;
    near->number = NULL;
}
