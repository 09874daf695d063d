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
    uint64_t inside[SCAN_STRIP];      /* what stands in quotes */
    uint64_t closing[1 + SCAN_STRIP]; /* quotes behind a field */
    uint64_t behind;                  /* all ones where the byte behind the strip is inside */
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

/* find_parity() of each word. */
SCAN_INLINE scan_words find_parities(scan_words bits);

/* The last bit of each word, as a bit. */
SCAN_INLINE uint32_t last_bits(scan_words words);

/* Words of all ones where the bit is set, else 0. */
SCAN_INLINE scan_words spread_bits(uint32_t bits);

/* Masks of the bytes behind those of other masks. */
SCAN_INLINE scan_words behind(scan_words now, scan_words before);

#ifndef SCAN_OWN_WORDS
SCAN_INLINE scan_words find_parities(scan_words bits)
{
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

SCAN_INLINE uint32_t last_bits(scan_words words)
{
    uint32_t bits = 0;

    for (unsigned i = 0; i < SCAN_LANES; i++)
        bits |= (uint32_t)(words[i] >> 63) << i;
    return bits;
}

SCAN_INLINE scan_words spread_bits(uint32_t bits)
{
    scan_words words = {0};

    for (unsigned i = 0; i < SCAN_LANES; i++)
        words[i] = 0 - (uint64_t)(bits >> i & 1);
    return words;
}

SCAN_INLINE scan_words behind(scan_words now, scan_words before)
{
    return now << 1 | before >> 63;
}
#endif

/* Masks of blocks at one of these places of the strip, of the bytes behind theirs. */
SCAN_INLINE scan_words behind_those(const uint64_t *mask)
{
    return behind(get_words(mask + 1), get_words(mask));
}

/* Fills the strip with masks of blocks; false where there is a byte that it must not have: NUL, and
 * a carriage return unless `returns`. */
SCAN_INLINE bool fill_strip(struct scan_strip *strip, const struct ddg_scan *scan,
                            const char *bytes, size_t blocks, bool returns)
{
    struct scan_block rare = no_rare();
    uint64_t nuls = 0;

    strip->ends[0] = scan->behind_end << 63;
    strip->closing[0] = scan->behind_close << 63;
    strip->returns[0] = scan->behind_return << 63;
    for (size_t i = 1; i <= blocks; i++, bytes += DDG_SCAN_BLOCK) {
        struct scan_block v = load(bytes);
        uint64_t newlines = find(v, '\n');

        strip->ends[i] = newlines | find(v, scan->delimiter);
        strip->newlines[i] = newlines;
        strip->quotes[i] = find(v, '"');
        if (returns) {
            strip->returns[i] = find(v, '\r');
            nuls |= find(v, '\0');
        } else {
            rare = join_rare(rare, v);
        }
    }
    return returns ? nuls == 0 : !is_rare(rare);
}

/* Takes what stands in quotes out of the ends and the returns. */
SCAN_INLINE void look_inside(struct scan_strip *strip, uint64_t inside, size_t blocks, bool returns)
{
    uint32_t odd = 0, before;

    for (size_t i = 0; i < blocks; i += SCAN_LANES) {
        scan_words parity = find_parities(get_words(strip->quotes + 1 + i));

        odd |= last_bits(parity) << i;
        put_words(strip->inside + i, parity);
    }
    /* blocks with an odd number of quotes up to their end, of the strip and before it */
    for (unsigned by = 1; by < SCAN_STRIP; by *= 2)
        odd ^= odd << by;
    odd ^= (uint32_t)inside;
    before = odd << 1 | (inside & 1);
    strip->behind = 0 - (uint64_t)(odd >> (blocks - 1) & 1);
    for (size_t i = 0; i < blocks; i += SCAN_LANES) {
        scan_words in = get_words(strip->inside + i) ^ spread_bits(before >> i);

        put_words(strip->inside + i, in);
        put_words(strip->closing + 1 + i, get_words(strip->quotes + 1 + i) & ~in);
        put_words(strip->ends + 1 + i, get_words(strip->ends + 1 + i) & ~in);
        if (returns)
            put_words(strip->returns + 1 + i, get_words(strip->returns + 1 + i) & ~in);
    }
}

/* What was found anywhere in a strip. */
struct scan_found {
    scan_words bad, quotes, hidden, doubled, returns;
};

/* look_closer() of the blocks from `i` on. */
SCAN_INLINE void look_along(const struct scan_strip *strip, size_t i, struct scan_found *found,
                            bool with_returns)
{
    scan_words quotes = get_words(strip->quotes + 1 + i), inside = get_words(strip->inside + i);
    scan_words newlines = get_words(strip->newlines + 1 + i), opening = quotes & inside;
    scan_words ends = get_words(strip->ends + 1 + i), may_follow = ends | opening;
    scan_words behind_close = behind_those(strip->closing + i);

    if (with_returns) {
        scan_words returns = get_words(strip->returns + 1 + i);

        may_follow |= returns;
        found->returns |= returns;
        found->bad |= behind_those(strip->returns + i) & ~(newlines & ~inside);
    }
    found->bad |= opening & ~(behind_those(strip->ends + i) | behind_close);
    found->bad |= behind_close & ~may_follow;
    found->quotes |= quotes;
    found->hidden |= newlines & inside;
    found->doubled |= opening & behind_close;
}

/* Where quotes are everywhere, line feeds in them and doubled ones are rare. */
SCAN_INLINE void note_strip(struct ddg_scan *scan, const struct scan_strip *strip, size_t blocks)
{
    for (size_t i = 0; i < blocks; i++) {
        uint64_t behind_close = strip->closing[1 + i] << 1 | strip->closing[i] >> 63;
        unsigned hidden = (unsigned)__builtin_popcountll(strip->newlines[1 + i] & strip->inside[i]);

        scan->hidden += hidden;
        scan->newlines -= hidden;
        note_doubled(scan, scan->offset + (uint32_t)i * DDG_SCAN_BLOCK,
                     strip->quotes[1 + i] & behind_close);
    }
}

SCAN_INLINE void take_strip(struct ddg_scan *scan, const struct scan_strip *strip, size_t blocks,
                            const struct scan_found *found)
{
    if (any_of(found->hidden | found->doubled) != 0)
        note_strip(scan, strip, blocks);
    for (size_t i = 1; i <= blocks; i++) {
        scan->newlines += (unsigned)__builtin_popcountll(strip->newlines[i]);
        scan->to = write_ends(scan->to, strip->ends[i], scan->offset, true);
        scan->offset += DDG_SCAN_BLOCK;
    }
    scan->quotes |= any_of(found->quotes) != 0;
    scan->returns |= any_of(found->returns) != 0;
    scan->inside = strip->behind;
    scan->behind_end = strip->ends[blocks] >> 63;
    scan->behind_close = strip->closing[blocks] >> 63;
    scan->behind_return = 0;
}

SCAN_INLINE bool scan_strip_of(struct ddg_scan *scan, const char *bytes, size_t blocks,
                               bool returns)
{
    struct scan_found found = {{0}, {0}, {0}, {0}, {0}};
    struct scan_strip strip;

    if (!fill_strip(&strip, scan, bytes, blocks, returns))
        return false;
    look_inside(&strip, scan->inside, blocks, returns);
    for (size_t i = 0; i < blocks; i += SCAN_LANES)
        look_along(&strip, i, &found, returns);
    if (any_of(found.bad) != 0)
        return false;
    take_strip(scan, &strip, blocks, &found);
    if (returns)
        scan->behind_return = strip.returns[blocks] >> 63;
    return true;
}

/* Scans the next blocks, a multiple of what a vector holds, and returns how many; 0, and the scan
 * is as it was, where there are too few or where one of them is doubted.  Most files have no
 * carriage returns, or one in every record. */
SCAN_INLINE size_t scan_strip(struct ddg_scan *scan, const char *bytes, size_t blocks)
{
    size_t some = blocks < SCAN_STRIP ? blocks - blocks % SCAN_LANES : SCAN_STRIP;

    if (some == 0)
        return 0;
    if (!scan->returns && !scan->behind_return && scan_strip_of(scan, bytes, some, false))
        return some;
    return scan_strip_of(scan, bytes, some, true) ? some : 0;
}
