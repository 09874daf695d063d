/*
 * Many blocks at a time, for files in which quotes are everywhere: what look_closer() works out for
 * the masks of one block is worked out for as many as a vector has words.
 *
 * What a block needs to know of the one before it can be read off the masks of that one and off the
 * parity of the quotes so far; so no block waits for another.
 */

enum { SCAN_STRIP = 32, SCAN_LANES = SCAN_WIDTH / sizeof(uint64_t) };

typedef uint64_t scan_words __attribute__((vector_size(SCAN_WIDTH)));

/* Masks of blocks: [0] is of the block before the first. */
struct scan_strip {
    uint64_t ends[1 + SCAN_STRIP], quotes[1 + SCAN_STRIP], returns[1 + SCAN_STRIP];
    uint64_t newlines[1 + SCAN_STRIP];
    uint64_t inside[1 + SCAN_STRIP]; /* all ones where the byte behind the block stands in quotes */
    /* found by look_along() */
    uint64_t outside[SCAN_STRIP]; /* ends that do not stand in quotes */
    uint64_t hidden[SCAN_STRIP], doubled[SCAN_STRIP];
};

SCAN_INLINE scan_words get_words(const uint64_t *from)
{
    scan_words words;

    __builtin_memcpy(&words, from, sizeof words);
    return words;
}

SCAN_INLINE void put_words(uint64_t *to, scan_words words)
{
    __builtin_memcpy(to, &words, sizeof words);
}

SCAN_INLINE uint64_t any_of(scan_words words)
{
    uint64_t any = 0;

    for (unsigned i = 0; i < SCAN_LANES; i++)
        any |= words[i];
    return any;
}

/* Fills the strip; not 0 where there is a NUL byte. */
SCAN_INLINE uint64_t fill_strip(struct scan_strip *strip, const struct ddg_scan *scan,
                                const char *bytes, size_t blocks)
{
    uint64_t nuls = 0, inside = scan->inside;

    strip->ends[0] = scan->behind_end << 63;
    strip->quotes[0] = scan->behind_close << 63;
    strip->returns[0] = scan->behind_return << 63;
    strip->inside[0] = inside;
    for (size_t i = 1; i <= blocks; i++, bytes += DDG_SCAN_BLOCK) {
        struct scan_block v = load(bytes);
        struct scan_ends block = find_ends(v, scan->delimiter);
        struct scan_odd odd = find_odd(v);

        strip->ends[i] = block.ends;
        strip->newlines[i] = block.newlines;
        strip->quotes[i] = odd.quotes;
        strip->returns[i] = odd.returns;
        nuls |= odd.nuls;
        inside ^= -((uint64_t)__builtin_popcountll(odd.quotes) & 1);
        strip->inside[i] = inside;
    }
    return nuls;
}

/* What was found anywhere in a strip. */
struct scan_found {
    scan_words bad, quotes, hidden, doubled, returns;
};

/* look_closer() of the blocks from `i` on. */
SCAN_INLINE void look_along(struct scan_strip *strip, size_t i, struct scan_found *found)
{
    scan_words quotes = get_words(strip->quotes + i + 1), before = get_words(strip->inside + i);
    scan_words parity = quotes, inside, opening, closing, ends, newlines, returns;
    scan_words behind_close, behind_end, behind_return;

    for (unsigned by = 1; by < 64; by *= 2)
        parity ^= parity << by;
    inside = parity ^ before;
    opening = quotes & inside;
    closing = quotes & ~inside;
    ends = get_words(strip->ends + i + 1) & ~inside;
    newlines = get_words(strip->newlines + i + 1);
    returns = get_words(strip->returns + i + 1) & ~inside;
    /* what the byte before the block was, unless that stood in quotes */
    behind_end = ends << 1 | (get_words(strip->ends + i) >> 63 & ~before);
    behind_close = closing << 1 | (get_words(strip->quotes + i) >> 63 & ~before);
    behind_return = returns << 1 | (get_words(strip->returns + i) >> 63 & ~before);
    found->bad |= (opening & ~(behind_end | behind_close)) |
                  (behind_close & ~(ends | quotes | returns)) |
                  (behind_return & ~(newlines & ~inside));
    found->quotes |= quotes;
    found->returns |= returns;
    found->hidden |= newlines & inside;
    found->doubled |= opening & behind_close;
    put_words(strip->outside + i, ends);
    put_words(strip->hidden + i, newlines & inside);
    put_words(strip->doubled + i, opening & behind_close);
}

SCAN_INLINE void take_strip(struct ddg_scan *scan, const struct scan_strip *strip, size_t blocks,
                            const struct scan_found *found)
{
    bool hidden = any_of(found->hidden) != 0, doubled = any_of(found->doubled) != 0;
    uint64_t outside = ~strip->inside[blocks];

    for (size_t i = 0; i < blocks; i++) {
        scan->newlines += (unsigned)__builtin_popcountll(strip->newlines[1 + i]);
        scan->to = write_ends(scan->to, strip->outside[i], scan->offset);
        if (doubled)
            note_doubled(scan, scan->offset, strip->doubled[i]);
        scan->offset += DDG_SCAN_BLOCK;
    }
    for (size_t i = 0; hidden && i < blocks; i++) {
        unsigned count = (unsigned)__builtin_popcountll(strip->hidden[i]);

        scan->hidden += count;
        scan->newlines -= count;
    }
    scan->quotes |= any_of(found->quotes) != 0;
    scan->returns |= any_of(found->returns) != 0;
    scan->inside = strip->inside[blocks];
    scan->behind_end = (strip->ends[blocks] & outside) >> 63;
    scan->behind_close = (strip->quotes[blocks] & outside) >> 63;
    scan->behind_return = (strip->returns[blocks] & outside) >> 63;
}

/* Scans the next blocks, a multiple of what a vector holds, and returns how many; 0, and the scan
 * is as it was, where there are too few or where one of them is doubted. */
SCAN_INLINE size_t scan_strip(struct ddg_scan *scan, const char *bytes, size_t blocks)
{
    struct scan_found found = {{0}, {0}, {0}, {0}, {0}};
    struct scan_strip strip;
    size_t some = blocks < SCAN_STRIP ? blocks - blocks % SCAN_LANES : SCAN_STRIP;

    if (some == 0 || fill_strip(&strip, scan, bytes, some) != 0)
        return 0;
    for (size_t i = 0; i < some; i += SCAN_LANES)
        look_along(&strip, i, &found);
    if (any_of(found.bad) != 0)
        return 0;
    take_strip(scan, &strip, some, &found);
    return some;
}
