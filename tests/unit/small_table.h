/*
 * Tables for unit tests, written as texts: the table, its description and its model in one.
 */
#ifndef DDG_TESTS_SMALL_TABLE_H
#define DDG_TESTS_SMALL_TABLE_H

#include "check.h"

#include "table/model.h"

#include <stdarg.h>
#include <unistd.h>

enum { SMALL_PATH_ROOM = 64, SMALL_OPTIONS_ROOM = 1024 };

struct small_table {
    struct ddg_description description;
    struct ddg_table table;
    struct ddg_model model;
    struct ddg_context context;
    char path[SMALL_PATH_ROOM];
    char options[SMALL_OPTIONS_ROOM]; /* see small_set() */
};

/* Writes a file in /tmp and its name into `path`; the caller unlinks it. */
static inline void small_file(char path[SMALL_PATH_ROOM], const char *text)
{
    FILE *file;
    int fd;

    strcpy(path, "/tmp/ddg-test-XXXXXX");
    fd = mkstemp(path);
    file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
}

/* The id of the option of that name, which has to be there. */
static inline int small_option(const struct ddg_option *options, const char *name)
{
    while (options->name && strcmp(options->name, name) != 0)
        options++;
    if (!options->name)
        abort();
    return options->id;
}

/* Hands options from a text such as "by year; total All" to a handler.  They stand in `room`, a NUL
 * after each, for what is set looks into them. */
static inline enum ddg_error small_set(char room[SMALL_OPTIONS_ROOM], const char *text,
                                       const struct ddg_option *options, ddg_option_handler *set,
                                       void *data, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    snprintf(room, SMALL_OPTIONS_ROOM, "%s", text);
    for (char *at = room, *next; !error && at && *at; at = next) {
        char *value;

        next = strchr(at, ';');
        if (next)
            *next++ = '\0';
        at += strspn(at, " ");
        value = strchr(at, ' ');
        if (value)
            *value++ = '\0';
        error = set(data, small_option(options, at), value, context);
    }
    return error;
}

static inline enum ddg_error small_describe(void *description, int id, const char *value,
                                            struct ddg_context *context)
{
    return ddg_description_set(description, id, value, context);
}

/* Sets options of the description from such a text. */
static inline enum ddg_error small_options(struct small_table *t, const char *options)
{
    return small_set(t->options, options, ddg_description_options, small_describe, &t->description,
                     &t->context);
}

/* Reads a table and builds its model.  Free with small_table_free(), also after an error. */
static inline enum ddg_error small_table_read(struct small_table *t, enum ddg_program program,
                                              const char *text, const char *options)
{
    const char *paths[] = {t->path};
    enum ddg_error error;

    *t = (struct small_table){0};
    ddg_description_init(&t->description, program);
    small_file(t->path, text);
    error = small_options(t, options);
    if (!error)
        error = ddg_table_read(&t->table, &t->description, paths, 1, &t->context);
    if (!error)
        error = ddg_model_build(&t->model, &t->table, &t->description, &t->context);
    unlink(t->path);
    return error;
}

static inline void small_table_free(struct small_table *t)
{
    ddg_model_free(&t->model);
    ddg_table_free(&t->table);
    ddg_description_free(&t->description);
}

/* The message of the last error without the name of the table's file and a colon. */
static inline const char *small_message(const struct small_table *t)
{
    size_t length = strlen(t->path);
    const char *message = t->context.message;

    return strncmp(message, t->path, length) == 0 ? message + length + 1 : message;
}

/* The cell that has these labels, one per dimension column; DDG_NO_CELL where there is none. */
static inline uint32_t small_cell(const struct small_table *t, ...)
{
    for (uint32_t cell = 0; cell < t->model.cells; cell++) {
        bool same = true;
        va_list labels;

        va_start(labels, t);
        for (size_t d = 0; d < t->table.dims; d++)
            same = ddg_text_is(ddg_model_label(&t->model, cell, d), va_arg(labels, const char *)) &&
                   same;
        va_end(labels);
        if (same)
            return cell;
    }
    return DDG_NO_CELL;
}

/* A text of a table with `rows` times `columns` inner cells, all margins, and counts from value().
 * A blank stands where hidden() says so.  The caller frees. */
static inline char *two_way_text(uint32_t rows, uint32_t columns, const uint64_t *value,
                                 const bool *hidden)
{
    size_t room = 64 + (size_t)(rows + 1) * (columns + 1) * 48;
    char *text = malloc(room), *at = text;
    uint64_t all = 0;

    if (!text)
        abort();
    at += sprintf(at, "r,c,count\n");
    for (uint32_t r = 0; r < rows; r++) {
        uint64_t sum = 0;

        for (uint32_t c = 0; c < columns; c++) {
            uint32_t i = r * columns + c;

            sum += value[i];
            if (hidden && hidden[i])
                at += sprintf(at, "r%u,c%u,\n", r, c);
            else
                at += sprintf(at, "r%u,c%u,%llu\n", r, c, (unsigned long long)value[i]);
        }
        at += sprintf(at, "r%u,Total,%llu\n", r, (unsigned long long)sum);
        all += sum;
    }
    for (uint32_t c = 0; c < columns; c++) {
        uint64_t sum = 0;

        for (uint32_t r = 0; r < rows; r++)
            sum += value[r * columns + c];
        at += sprintf(at, "Total,c%u,%llu\n", c, (unsigned long long)sum);
    }
    sprintf(at, "Total,Total,%llu\n", (unsigned long long)all);
    return text;
}

#endif
