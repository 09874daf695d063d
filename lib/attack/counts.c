#include "attack/counts.h"

#include <stdlib.h>

/* The level ---------------------------------------------------------------------------------- */

/* True when the text holds "complement", in any case. */
static bool speaks_of_complements(struct ddg_text text)
{
    static const char word[] = "complement";
    size_t length = sizeof word - 1;

    for (size_t i = 0; i + length <= text.length; i++) {
        size_t same = 0;

        while (same < length && (text.at[i + same] | 0x20) == word[same])
            same++;
        if (same == length)
            return true;
    }
    return false;
}

/* Which codes the suppressed counts of a measure carry. */
struct codes {
    bool small, complementary, merged;
};

static enum ddg_error find_codes(const struct ddg_release *release, size_t measure,
                                 struct codes *codes, struct ddg_context *context)
{
    const struct ddg_table *table = release->table;
    const struct ddg_measure *m = &table->measure[measure];

    *codes = (struct codes){0};
    for (size_t row = 0; row < table->rows; row++) {
        struct ddg_count count;
        enum ddg_error error =
            ddg_table_count(table, release->description, row, m, &count, context);

        if (error)
            return error;
        if (count.state != DDG_SUPPRESSED)
            continue;
        codes->small = codes->small || count.code == DDG_CODE_SMALL;
        codes->complementary = codes->complementary || count.code == DDG_CODE_COMPLEMENTARY;
        if (count.code == DDG_CODE_SMALL && m->text != DDG_NO_COLUMN && !codes->merged)
            codes->merged = speaks_of_complements(ddg_table_field(table, row, m->text));
    }
    return DDG_OK;
}

static enum ddg_error find_level(const struct ddg_publication *p, const struct ddg_release *release,
                                 size_t measure, enum ddg_reader *level,
                                 struct ddg_context *context)
{
    const struct ddg_knowledge *k = p->knowledge;
    struct codes codes;
    enum ddg_error error;

    *level = k->reader;
    if (k->reader == DDG_READER_SUMS || k->reader == DDG_READER_ZEROS)
        return DDG_OK;
    if ((error = find_codes(release, measure, &codes, context)))
        return error;
    if (k->reader != DDG_READER_AUTO && k->codes == DDG_CODES_AUTO && codes.merged)
        return ddg_fail(context, DDG_USAGE,
                        "%s: the description of code 1 says that codes tell nothing, --knows that "
                        "they do; --codes separate takes them so",
                        release->table->file);
    if (k->reader != DDG_READER_AUTO)
        return DDG_OK;
    if (k->codes != DDG_CODES_AUTO)
        codes.merged = k->codes == DDG_CODES_MERGED;
    *level = codes.complementary ? DDG_READER_CODES
             : codes.small       ? DDG_READER_THRESHOLD
                                 : DDG_READER_ZEROS;
    if (codes.merged)
        *level = DDG_READER_ZEROS;
    return DDG_OK;
}

/* Ranges ------------------------------------------------------------------------------------- */

/* How many values have to remain: by default three of a small count, and two of one that readers
 * know to be complementary or cannot tell from those. */
static uint8_t values_wanted(const struct ddg_knowledge *k, enum ddg_reader level, bool small)
{
    enum { PRIMARY = 3, COMPLEMENTARY = 2 };
    bool told_apart = level >= DDG_READER_THRESHOLD;

    if (k->values_primary > 0)
        return small ? k->values_primary : k->values_complementary;
    return small || (told_apart && level != DDG_READER_CODES) ? PRIMARY : COMPLEMENTARY;
}

/* A range that the publication itself leaves to every such count cannot be asked to hold more
 * values than it does; one value is none the less too few. */
static uint8_t at_most_values(uint8_t wanted, int64_t low, int64_t high)
{
    if (high == DDG_UNBOUNDED || high - low + 1 >= wanted)
        return wanted;
    return high - low + 1 < 2 ? 2 : (uint8_t)(high - low + 1);
}

struct reading {
    struct ddg_publication *publication;
    const struct ddg_release *release;
    const struct ddg_measure *measure;
    enum ddg_reader level;
    struct ddg_context *context;
};

static enum ddg_error fail_count(const struct reading *r, uint32_t row, const char *text)
{
    return ddg_table_fail(r->release->table, row, r->measure->count, r->context, text);
}

/* What a shown count says: itself, or the numbers that it may have been rounded from. */
static enum ddg_error take_shown(const struct reading *r, uint32_t row, uint32_t slot,
                                 const struct ddg_count *count)
{
    struct ddg_publication *p = r->publication;
    uint64_t below, above;

    if (count->value > DDG_LARGEST_COUNT)
        return fail_count(r, row, "a count of 2^53 or more cannot be attacked");
    p->seen[slot] = DDG_SEEN_SHOWN;
    p->low[slot] = p->high[slot] = (int64_t)count->value;
    if (p->knowledge->base == 0 || r->release->exact)
        return DDG_OK;
    if (count->value % p->knowledge->base != 0)
        return fail_count(r, row, "not a multiple of what --rounded says");
    ddg_knowledge_rounding(p->knowledge, &below, &above);
    if (count->value + above > DDG_PROBLEM_LARGEST)
        return fail_count(r, row, "a rounded count above 2^40 cannot be attacked");
    p->low[slot] = count->value < below ? 0 : (int64_t)(count->value - below);
    p->high[slot] = (int64_t)(count->value + above);
    p->source[slot] = DDG_SOURCE_ROUNDED;
    return DDG_OK;
}

static enum ddg_error take_text(const struct reading *r, uint32_t row, uint32_t slot,
                                const struct ddg_count_range *range)
{
    struct ddg_publication *p = r->publication;

    if (range->low > DDG_PROBLEM_LARGEST)
        return fail_count(r, row, "a hidden count above 2^40 cannot be attacked");
    p->low[slot] = (int64_t)range->low;
    p->high[slot] = range->high > DDG_PROBLEM_LARGEST ? DDG_UNBOUNDED : (int64_t)range->high;
    p->source[slot] = DDG_SOURCE_TEXT;
    return DDG_OK;
}

/* What a count says by not being shown. */
static enum ddg_error take_hidden(const struct reading *r, uint32_t row, uint32_t slot,
                                  const struct ddg_count *count)
{
    struct ddg_publication *p = r->publication;
    int64_t threshold = (int64_t)r->release->description->threshold;
    bool small = count->state == DDG_SUPPRESSED && count->code == DDG_CODE_SMALL &&
                 r->level >= DDG_READER_THRESHOLD;
    enum ddg_error error = DDG_OK;

    p->seen[slot] = DDG_SEEN_HIDDEN;
    if (count->state != DDG_NO_DATA && r->level >= DDG_READER_ZEROS) {
        p->low[slot] = 1;
        p->source[slot] = DDG_SOURCE_ZEROS;
    }
    if (count->range) {
        error = take_text(r, row, slot, count->range);
        small = small || p->high[slot] < threshold;
    } else if (small) {
        p->high[slot] = threshold - 1;
        p->source[slot] = DDG_SOURCE_SMALL;
    } else if (count->state == DDG_SUPPRESSED && count->code == DDG_CODE_COMPLEMENTARY &&
               r->level >= DDG_READER_CODES) {
        p->low[slot] = threshold;
        p->source[slot] = DDG_SOURCE_LARGE;
    }
    p->wanted[slot] =
        at_most_values(values_wanted(p->knowledge, r->level, small), p->low[slot], p->high[slot]);
    return error;
}

static enum ddg_error read_measure(struct reading *r, size_t number, size_t measure)
{
    const struct ddg_model *m = &r->release->model;

    for (uint32_t cell = 0; cell < m->cells; cell++) {
        uint32_t slot = ddg_slot(r->publication, number, measure, cell);
        struct ddg_count count;
        enum ddg_error error;

        r->publication->low[slot] = 0;
        r->publication->high[slot] = DDG_UNBOUNDED;
        if (cell >= m->printed)
            continue;
        if ((error = ddg_table_count(r->release->table, r->release->description, cell, r->measure,
                                     &count, r->context)))
            return error;
        r->publication->code[slot] = (uint8_t)count.code;
        error = count.state == DDG_SHOWN ? take_shown(r, cell, slot, &count)
                                         : take_hidden(r, cell, slot, &count);
        if (error)
            return error;
    }
    return DDG_OK;
}

/* Puts true into *multiples where all shown counts are what --rounded says. */
static enum ddg_error find_multiples(const struct ddg_publication *p,
                                     const struct ddg_release *release, bool *multiples,
                                     struct ddg_context *context)
{
    const struct ddg_table *t = release->table;

    *multiples = true;
    for (size_t m = 0; m < t->measures; m++)
        for (size_t row = 0; *multiples && row < t->rows; row++) {
            struct ddg_count count;
            enum ddg_error error =
                ddg_table_count(t, release->description, row, &t->measure[m], &count, context);

            if (error)
                return error;
            *multiples = count.state != DDG_SHOWN || count.value % p->knowledge->base == 0;
        }
    return DDG_OK;
}

enum ddg_error ddg_counts_find_exact(struct ddg_publication *p, struct ddg_context *context)
{
    bool any = false;
    enum ddg_error error = DDG_OK;

    /* earlier releases are also attacked by themselves, and are then what they were found to be */
    for (size_t r = 0; r < p->releases; r++)
        any = any || p->release[r].exact;
    if (any || p->knowledge->base == 0 || p->releases < 2)
        return DDG_OK;
    for (size_t r = 0; !error && r < p->releases; r++) {
        bool multiples;

        error = find_multiples(p, &p->release[r], &multiples, context);
        p->release[r].exact = !multiples;
        any = any || multiples;
    }
    for (size_t r = 0; !any && r < p->releases; r++)
        p->release[r].exact = false;
    return error;
}

enum ddg_error ddg_counts_read(struct ddg_publication *p, size_t number,
                               struct ddg_context *context)
{
    struct ddg_release *release = &p->release[number];
    enum ddg_error error = DDG_OK;

    for (size_t m = 0; !error && m < release->table->measures; m++) {
        struct reading reading = {p, release, &release->table->measure[m], DDG_READER_AUTO,
                                  context};

        error = find_level(p, release, m, &reading.level, context);
        release->reader[m] = reading.level;
        if (!error)
            error = read_measure(&reading, number, m);
    }
    return error;
}

/* Absent cells ------------------------------------------------------------------------------- */

static bool is_absent(const struct ddg_model *m, uint32_t cell)
{
    return cell >= m->printed && cell < m->printed + m->absent;
}

/* Lines are gone through again while ranges change, but no more often than this: what is then
 * known is true, if not all. */
enum { PASSES_MOST = 50 };

struct narrowing {
    const struct ddg_publication *publication;
    struct ddg_ranges *ranges;
    size_t release, measure;
    bool changed;
};

/* Takes note of new ends of a range; those that would leave nothing of it are a contradiction,
 * which is found later and said better. */
static void take_ends(struct narrowing *n, uint32_t slot, int64_t low, int64_t high)
{
    int64_t *least = &n->ranges->low[slot], *most = &n->ranges->high[slot];

    low = low > *least ? low : *least;
    high = high < *most ? high : *most;
    if (low > high || (low == *least && high == *most))
        return;
    *least = low;
    *most = high;
    n->changed = true;
}

/* Puts the sums of the ends of a line's parts into *low and *high; false where they are too large
 * to be computed with. */
static bool add_parts(const struct narrowing *n, uint32_t line, int64_t *low, int64_t *high)
{
    const struct ddg_publication *p = n->publication;
    const struct ddg_model *m = &p->release[n->release].model;

    *low = *high = 0;
    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        uint32_t part = ddg_slot_first(p, ddg_slot(p, n->release, n->measure, m->line_cell[i]));

        if (is_absent(m, m->line_cell[i]))
            continue;
        if (*low > DDG_LARGEST_COUNT * 2)
            return false;
        *low += n->ranges->low[part];
        if (*high > DDG_LARGEST_COUNT * 2 || n->ranges->high[part] == DDG_UNBOUNDED)
            *high = DDG_UNBOUNDED;
        if (*high != DDG_UNBOUNDED)
            *high += n->ranges->high[part];
    }
    return true;
}

/* Narrows the total of a line and its parts.  Where some part may have no row (`open`), the parts
 * are at most the total. */
static void narrow_line(struct narrowing *n, uint32_t line, bool open)
{
    const struct ddg_publication *p = n->publication;
    const struct ddg_model *m = &p->release[n->release].model;
    const struct ddg_ranges *ranges = n->ranges;
    size_t first = m->line_start[line];
    uint32_t total = ddg_slot_first(p, ddg_slot(p, n->release, n->measure, m->line_cell[first]));
    int64_t low, high;

    if (!add_parts(n, line, &low, &high))
        return;
    take_ends(n, total, low, open ? DDG_UNBOUNDED : high);
    for (size_t i = first + 1; i < m->line_start[line + 1]; i++) {
        uint32_t part = ddg_slot_first(p, ddg_slot(p, n->release, n->measure, m->line_cell[i]));
        int64_t least = 0, most = DDG_UNBOUNDED;

        if (is_absent(m, m->line_cell[i]) || part == total)
            continue;
        if (ranges->high[total] != DDG_UNBOUNDED)
            most = ranges->high[total] - (low - ranges->low[part]);
        if (!open && high != DDG_UNBOUNDED)
            least = ranges->low[total] - (high - ranges->high[part]);
        low -= ranges->low[part];
        high -= high == DDG_UNBOUNDED ? 0 : ranges->high[part];
        take_ends(n, part, least, most);
        low += ranges->low[part];
        high += high == DDG_UNBOUNDED ? 0 : ranges->high[part];
    }
}

/* Marks the lines of a release that have a part without a row; *any is then true. */
static enum ddg_error find_open(const struct ddg_model *m, bool **open, bool *any,
                                struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(open, m->lines, sizeof **open, context);
    uint32_t *children = NULL;

    for (size_t d = 0; !error && d < m->dimensions; d++) {
        const struct ddg_dimension *dimension = &m->dimension[d];

        if ((error = ddg_allocate(&children, dimension->category.count, sizeof *children, context)))
            break;
        for (uint32_t i = 0; i < dimension->category.count; i++)
            if (dimension->parent[i] != DDG_NO_NAME)
                children[dimension->parent[i]]++;
        for (uint32_t line = 0; line < m->lines; line++) {
            size_t first = m->line_start[line], parts = 0;

            if (m->line_dimension[line] != d)
                continue;
            for (size_t i = first + 1; i < m->line_start[line + 1]; i++)
                parts += !is_absent(m, m->line_cell[i]);
            (*open)[line] = parts < children[ddg_model_category(m, m->line_cell[first], d)];
            *any = *any || (*open)[line];
        }
        free(children);
        children = NULL;
    }
    return error;
}

static void narrow_lines(struct narrowing *n, const bool *open)
{
    const struct ddg_release *r = &n->publication->release[n->release];

    for (n->measure = 0; n->measure < r->table->measures; n->measure++)
        for (uint32_t line = 0; line < r->model.lines; line++)
            if (!ddg_model_may_overlap(&r->model, n->measure, line))
                narrow_line(n, line, open[line]);
}

enum ddg_error ddg_ranges_find(struct ddg_ranges *ranges, const struct ddg_publication *p,
                               struct ddg_context *context)
{
    struct narrowing narrowing = {.publication = p, .ranges = ranges};
    bool **open = NULL, any = false;
    enum ddg_error error;

    *ranges = (struct ddg_ranges){0};
    if ((error = ddg_allocate(&ranges->low, p->slots, sizeof *ranges->low, context)) ||
        (error = ddg_allocate(&ranges->high, p->slots, sizeof *ranges->high, context)) ||
        (error = ddg_allocate(&open, p->releases, sizeof *open, context)))
        return error;
    for (uint32_t slot = 0; slot < p->slots; slot++) {
        ranges->low[slot] = p->low[slot];
        ranges->high[slot] = p->high[slot];
    }
    for (size_t r = 0; !error && r < p->releases; r++)
        error = find_open(&p->release[r].model, &open[r], &any, context);
    /* where every line has all its parts, nobody asks for the ranges */
    for (int pass = 0; !error && any && pass < PASSES_MOST; pass++) {
        narrowing.changed = false;
        for (size_t r = 0; r < p->releases; r++) {
            narrowing.release = r;
            narrow_lines(&narrowing, open[r]);
        }
        if (!narrowing.changed)
            break;
    }
    for (size_t r = 0; r < p->releases; r++)
        free(open[r]);
    free(open);
    return error;
}

void ddg_ranges_free(struct ddg_ranges *ranges)
{
    free(ranges->low);
    free(ranges->high);
    *ranges = (struct ddg_ranges){0};
}

/* True when a line of a measure must have parts that it does not print.  Absent cells of the model
 * are taken as not there. */
static bool lacks_parts(const struct ddg_publication *p, const struct ddg_ranges *ranges,
                        size_t release, size_t measure, uint32_t line)
{
    const struct ddg_model *m = &p->release[release].model;
    enum ddg_absent absent = p->release[release].description->absent;
    size_t first = m->line_start[line];
    uint32_t total = ddg_slot_first(p, ddg_slot(p, release, measure, m->line_cell[first]));
    bool known = p->low[total] == p->high[total] || p->seen[total] == DDG_SEEN_SHOWN;
    int64_t most = 0;

    for (size_t i = first + 1; i < m->line_start[line + 1]; i++) {
        uint32_t part = ddg_slot_first(p, ddg_slot(p, release, measure, m->line_cell[i]));

        if (is_absent(m, m->line_cell[i]))
            continue;
        known = known && (p->low[part] == p->high[part] || p->seen[part] == DDG_SEEN_SHOWN);
        if (ranges->high[part] == DDG_UNBOUNDED || most > DDG_LARGEST_COUNT * 2)
            return absent == DDG_ABSENT_UNKNOWN;
        most += ranges->high[part];
    }
    return ranges->low[total] > most || (absent == DDG_ABSENT_UNKNOWN && !known);
}

enum ddg_error ddg_counts_absent(const struct ddg_publication *p, const struct ddg_ranges *ranges,
                                 size_t release, uint64_t **keys, size_t *count, size_t *room,
                                 struct ddg_context *context)
{
    const struct ddg_model *m = &p->release[release].model;
    enum ddg_error error = DDG_OK;

    if (p->release[release].description->absent == DDG_ABSENT_ZERO)
        return DDG_OK;
    for (uint32_t line = 0; !error && line < m->lines; line++) {
        bool lacks = false;

        for (size_t i = 0; !lacks && i < p->release[release].table->measures; i++)
            lacks = lacks_parts(p, ranges, release, i, line);
        if (lacks && ddg_model_has_absent(m, line))
            error = ddg_model_absent_keys(m, line, keys, count, room, context);
    }
    return error;
}

void ddg_counts_hide_absent(struct ddg_publication *p, const struct ddg_ranges *ranges,
                            size_t release)
{
    const struct ddg_model *m = &p->release[release].model;

    for (size_t i = 0; m->absent > 0 && i < p->release[release].table->measures; i++)
        for (uint32_t line = 0; line < m->lines; line++) {
            if (!lacks_parts(p, ranges, release, i, line))
                continue;
            for (size_t c = m->line_start[line] + 1; c < m->line_start[line + 1]; c++) {
                uint32_t slot = ddg_slot(p, release, i, m->line_cell[c]);

                if (!is_absent(m, m->line_cell[c]))
                    continue;
                p->seen[slot] = DDG_SEEN_HIDDEN;
                p->wanted[slot] = values_wanted(p->knowledge, p->release[release].reader[i], false);
            }
        }
}
