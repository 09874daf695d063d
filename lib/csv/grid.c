#include "csv/grid.h"

#include "base/memory.h"

#include <stdlib.h>

/* What is looked at before its records are handed out: little, so that it stays in the cache next
 * to the processor until they are used. */
enum { LOOK = 1 << 15 };

enum ddg_error ddg_grid_init(struct ddg_grid *grid, char delimiter, struct ddg_context *context)
{
    *grid = (struct ddg_grid){.scan = {.delimiter = delimiter}};
    return ddg_grow(&grid->end, &grid->room, 1, sizeof *grid->end, context);
}

void ddg_grid_name(struct ddg_grid *grid, const struct ddg_text *names, size_t columns,
                   bool loose_names)
{
    grid->names = names;
    grid->columns = columns;
    grid->loose_names = loose_names;
    grid->plain_name =
        !loose_names && (names[0].length == 0 || !memchr(names[0].at, '"', names[0].length));
}

void ddg_grid_start(struct ddg_grid *grid)
{
    ddg_scan_start(&grid->scan);
    grid->end[0] = UINT32_MAX;
    grid->ends = grid->records = grid->length = grid->scanned = grid->doubtful = 0;
    grid->quotes = grid->returns = false;
    grid->hidden = grid->doubles = 0;
}

/* A field without its quotes; doubled ones stay. */
static struct ddg_text plain(const struct ddg_grid *grid, const char *bytes, size_t record,
                             size_t column)
{
    size_t from = ddg_grid_from(grid, record, column), to = ddg_grid_to(grid, record, column);

    if (to > from && column + 1 == grid->columns && bytes[to - 1] == '\r')
        to--;
    if (to > from && bytes[from] == '"') {
        from++;
        to--;
    }
    return (struct ddg_text){bytes + from, to - from};
}

/* True where the record may read like the header. */
static bool like_header(const struct ddg_grid *grid, const char *bytes, size_t record)
{
    for (size_t i = 0; i < grid->columns; i++) {
        struct ddg_text field = plain(grid, bytes, record, i);

        if (field.length > 0 && memchr(field.at, '"', field.length))
            continue;
        if (!ddg_text_equal(grid->loose_names ? ddg_text_trim(field) : field, grid->names[i]))
            return false;
    }
    return true;
}

/* Rules out at once nearly all records that are not: the first field has another length than the
 * header's, or begins otherwise. */
static inline bool may_be_header(const struct ddg_grid *grid, const char *bytes,
                                 const uint32_t *end)
{
    uint32_t from = end[0] + 1, to = end[1];
    struct ddg_text name = grid->names[0];

    if (!grid->plain_name)
        return true;
    if (grid->columns == 1 && to > from && bytes[to - 1] == '\r')
        to--;
    if (bytes[from] == '"') {
        from++;
        to--;
    }
    return to - from == name.length && (name.length == 0 || bytes[from] == name.at[0]);
}

static inline bool is_blank(const char *bytes, const uint32_t *end)
{
    uint32_t from = end[0] + 1, to = end[1];

    return from == to || (from + 1 == to && bytes[from] == '\r');
}

/* Record r, whose last end is a line feed, is certain. */
static inline bool is_certain(const struct ddg_grid *grid, const char *bytes, size_t r)
{
    const uint32_t *end = grid->end + r * grid->columns;

    if (grid->columns == 1 && is_blank(bytes, end))
        return false;
    return !may_be_header(grid, bytes, end) || !like_header(grid, bytes, r);
}

/* How many records at the front have as many fields as the header: fewer than `most`, since there
 * are more or fewer line feeds than that. */
static size_t count_regular(const struct ddg_grid *grid, const char *bytes, size_t most)
{
    for (size_t r = 0; r < most; r++)
        for (size_t i = 1; i < grid->columns; i++)
            if (bytes[grid->end[r * grid->columns + i]] == '\n')
                return r;
    return most;
}

/* Counts the records that are certain, and says whether the one behind them is doubted. */
static bool check(struct ddg_grid *grid, const char *bytes)
{
    size_t whole = grid->ends / grid->columns, r;
    const uint32_t *last = grid->end + grid->columns;

    for (r = 0; r < whole; r++, last += grid->columns)
        if (bytes[*last] != '\n' || !is_certain(grid, bytes, r))
            break;
    grid->records = r;
    /* with a line feed at each last end and as many line feeds as there are such ends, no other
     * end is one */
    if (r == whole && grid->scan.newlines == whole)
        return false;
    grid->records = count_regular(grid, bytes, r);
    return grid->records < whole || grid->scan.newlines > whole;
}

uint64_t ddg_count_lines(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    uint64_t lines = 0;

    while (bytes < end && (bytes = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        lines++;
        bytes++;
    }
    return lines;
}

static enum ddg_error scan_more(struct ddg_grid *grid, const char *bytes, size_t length,
                                struct ddg_context *context)
{
    size_t piece = length - grid->scanned, done;
    enum ddg_error error;

    if (piece > LOOK)
        piece = LOOK;
    if (grid->scanned > UINT32_MAX - LOOK) {
        grid->doubtful = 1;
        return DDG_OK;
    }
    if ((error = ddg_grow(&grid->end, &grid->room, 1 + grid->ends + piece + DDG_SCAN_SLACK,
                          sizeof *grid->end, context)) ||
        (error =
             ddg_grow(&grid->doubled, &grid->doubled_room,
                      grid->doubles + piece / DDG_SCAN_BLOCK + 2, sizeof *grid->doubled, context)))
        return error;
    grid->scan.to = grid->end + 1 + grid->ends;
    grid->scan.doubled = grid->doubled + grid->doubles;
    grid->scan.quotes = grid->scan.returns = false;
    done = ddg_scan_bytes(grid->scanner, &grid->scan, bytes + grid->scanned, piece);
    grid->ends = (size_t)(grid->scan.to - grid->end) - 1;
    grid->doubles = (size_t)(grid->scan.doubled - grid->doubled);
    grid->scanned += done;
    grid->quotes |= grid->scan.quotes;
    grid->hidden = grid->scan.hidden;
    grid->returns |= grid->scan.returns;
    if (done < piece)
        grid->doubtful = grid->scanned + DDG_SCAN_BLOCK;
    return DDG_OK;
}

enum ddg_error ddg_grid_look(struct ddg_grid *grid, const char *bytes, size_t length,
                             struct ddg_context *context)
{
    while (grid->records == 0 && grid->doubtful == 0) {
        enum ddg_error error;

        if (grid->scan.newlines == 0) {
            if (grid->scanned == length)
                return DDG_OK;
            if ((error = scan_more(grid, bytes, length, context)))
                return error;
        }
        if (grid->scan.newlines > 0) {
            bool doubt = check(grid, bytes);

            if (grid->records > 0)
                grid->doubtful = 0;
            else if (doubt)
                grid->doubtful = 1;
        }
    }
    if (grid->records > 0)
        grid->length = grid->end[grid->records * grid->columns] + 1;
    return DDG_OK;
}

/* Line feeds in quotes behind the records: so few that they are counted once more. */
static size_t hidden_behind(const struct ddg_grid *grid, const char *bytes)
{
    size_t lines = ddg_count_lines(bytes + grid->length, grid->scanned - grid->length);

    return lines - (grid->scan.newlines - grid->records);
}

/* Of the runs with doubled quotes those that reach behind the records. */
static void drop_doubled(struct ddg_grid *grid, uint32_t length)
{
    size_t kept = 0;

    for (size_t i = 0; i < grid->doubles; i++)
        if (grid->doubled[i] + DDG_SCAN_BLOCK > length)
            grid->doubled[kept++] = grid->doubled[i] > length ? grid->doubled[i] - length : 0;
    grid->doubles = kept;
}

uint64_t ddg_grid_drop(struct ddg_grid *grid, const char *bytes)
{
    size_t dropped = grid->records * grid->columns, left = 0;
    uint32_t length = (uint32_t)grid->length;
    uint64_t lines = grid->records;

    if (dropped == 0)
        return 0;
    if (grid->hidden > 0)
        left = hidden_behind(grid, bytes);
    lines += grid->hidden - left;
    grid->hidden = grid->scan.hidden = left;
    grid->ends -= dropped;
    for (size_t i = 0; i < grid->ends; i++)
        grid->end[1 + i] = grid->end[1 + dropped + i] - length;
    drop_doubled(grid, length);
    grid->scan.newlines -= grid->records;
    grid->scan.offset -= length;
    grid->scanned -= length;
    grid->records = grid->length = 0;
    /* what is left was seen by the last scan */
    grid->quotes = grid->scan.quotes;
    grid->returns = grid->scan.returns;
    return lines;
}

void ddg_grid_free(struct ddg_grid *grid)
{
    free(grid->end);
    free(grid->doubled);
}
