/*
 * Tables for unit tests, written as texts: the table, its description and its model in one.
 */
#ifndef DDG_TESTS_SMALL_TABLE_H
#define DDG_TESTS_SMALL_TABLE_H

#include "check.h"

#include "table/model.h"

#include <stdarg.h>
#include <unistd.h>

enum { SMALL_PATH_ROOM = 64 };

struct small_table {
    struct ddg_description description;
    struct ddg_table table;
    struct ddg_model model;
    struct ddg_context context;
    char path[SMALL_PATH_ROOM];
    char options[1024]; /* NUL after each, for the description looks into it */
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

/* Sets options from a text such as "by year; total All". */
static inline enum ddg_error small_options(struct small_table *t, const char *options)
{
    enum ddg_error error = DDG_OK;

    snprintf(t->options, sizeof t->options, "%s", options);
    for (char *at = t->options, *next; !error && at && *at; at = next) {
        const struct ddg_option *option = ddg_description_options;
        char *value;

        next = strchr(at, ';');
        if (next)
            *next++ = '\0';
        at += strspn(at, " ");
        value = strchr(at, ' ');
        if (value)
            *value++ = '\0';
        while (option->name && strcmp(option->name, at) != 0)
            option++;
        if (!option->name)
            abort();
        error = ddg_description_set(&t->description, option->id, value, &t->context);
    }
    return error;
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
