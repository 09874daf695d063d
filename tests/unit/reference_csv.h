/*
 * A second reading of the rules in lib/csv/reader.h, against which the reader is held: one loop
 * over a whole input in memory, one byte at a time, written for obviousness and not for speed.
 */
#ifndef DDG_TESTS_REFERENCE_CSV_H
#define DDG_TESTS_REFERENCE_CSV_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct reference_field {
    char *bytes; /* owned */
    size_t length;
};

struct reference_row {
    struct reference_field *field;
    size_t fields;
    size_t line; /* where it starts, from 1 */
    bool blank;
};

struct reference {
    struct reference_row *row; /* row[0] is the header */
    size_t rows;
    bool accepted;
};

static inline void *reference_more(void *array, size_t count, size_t size)
{
    void *grown = realloc(array, (count + 1) * size);

    if (!grown)
        abort();
    return grown;
}

static inline struct reference_row *reference_row(struct reference *r, size_t line)
{
    r->row = reference_more(r->row, r->rows, sizeof *r->row);
    r->row[r->rows] = (struct reference_row){NULL, 0, line, false};
    return &r->row[r->rows++];
}

static inline struct reference_field *reference_field(struct reference_row *row)
{
    row->field = reference_more(row->field, row->fields, sizeof *row->field);
    row->field[row->fields] = (struct reference_field){NULL, 0};
    return &row->field[row->fields++];
}

static inline void reference_byte(struct reference_field *field, char byte)
{
    field->bytes = reference_more(field->bytes, field->length, 1);
    field->bytes[field->length++] = byte;
}

/* Reads one field at *at; false where it is malformed. */
static inline bool reference_read_field(const char **at, const char *end, char delimiter,
                                        struct reference_field *field)
{
    const char *p = *at;

    if (p < end && *p == '"') {
        for (p++;; p++) {
            if (p == end)
                return false; /* never closes */
            if (*p == '"' && !(p + 1 < end && p[1] == '"'))
                break;
            if (*p == '"')
                p++;
            reference_byte(field, *p);
        }
        p++;
    } else {
        for (; p < end && *p != delimiter && *p != '\n' && *p != '\r'; p++) {
            if (*p == '"')
                return false;
            reference_byte(field, *p);
        }
    }
    *at = p;
    return p == end || *p == delimiter || *p == '\n' || *p == '\r';
}

/* Reads one line's record at *at and moves behind its line end; false where it is malformed. */
static inline bool reference_read_row(const char **at, const char *end, char delimiter, size_t line,
                                      struct reference *r)
{
    struct reference_row *row = reference_row(r, line);

    row->blank = **at == '\n' || **at == '\r';
    while (!row->blank) {
        if (!reference_read_field(at, end, delimiter, reference_field(row)))
            return false;
        if (*at == end || **at != delimiter)
            break;
        ++*at;
    }
    if (*at == end)
        return true;
    if (**at == '\r' && (++*at == end || **at != '\n'))
        return false;
    ++*at;
    return true;
}

static inline bool reference_same_row(const struct reference_row *a, const struct reference_row *b)
{
    if (a->fields != b->fields)
        return false;
    for (size_t i = 0; i < a->fields; i++)
        if (a->field[i].length != b->field[i].length ||
            (a->field[i].length > 0 &&
             memcmp(a->field[i].bytes, b->field[i].bytes, a->field[i].length) != 0))
            return false;
    return true;
}

static inline bool reference_is_table(struct reference *r)
{
    while (r->rows > 0 && r->row[r->rows - 1].blank)
        r->rows--;
    if (r->rows == 0)
        return false;
    for (size_t i = 0; i < r->rows; i++)
        if (r->row[i].blank || r->row[i].fields != r->row[0].fields ||
            (i > 0 && reference_same_row(&r->row[i], &r->row[0])))
            return false;
    return true;
}

/* Reads the whole input.  Free with reference_free(). */
static inline struct reference reference_read(const char *bytes, size_t length, char delimiter)
{
    struct reference r = {NULL, 0, true};
    const char *at = bytes, *end = bytes + length, *counted = bytes;
    size_t line = 1;

    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    if (length > 0 && memchr(bytes, '\0', length))
        r.accepted = false;
    while (r.accepted && at < end) {
        for (; counted < at; counted++)
            line += *counted == '\n';
        r.accepted = reference_read_row(&at, end, delimiter, line, &r);
    }
    r.accepted = r.accepted && reference_is_table(&r);
    return r;
}

static inline void reference_free(struct reference *r)
{
    /* blank rows at the end were dropped from the count, and have no fields */
    for (size_t i = 0; i < r->rows; i++) {
        for (size_t j = 0; j < r->row[i].fields; j++)
            free(r->row[i].field[j].bytes);
        free(r->row[i].field);
    }
    free(r->row);
}

#endif
