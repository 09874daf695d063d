/*
 * How every part of the library says that something went wrong.
 *
 * A function that can fail returns an enum ddg_error and, unless that is DDG_OK, leaves one line of
 * text in the context that it was given.  The library never prints and never exits: the program
 * that called it puts the line on stderr and turns the error into exit status 2.
 *
 * The text names the place (file, line, column) and what is wrong.  It never holds a value of a
 * record or a count of a table: cron mails stderr, and mail is not confidential.
 */
#ifndef DDG_BASE_ERROR_H
#define DDG_BASE_ERROR_H

#include <stddef.h>
#include <stdint.h>

enum ddg_error {
    DDG_OK = 0,
    DDG_USAGE,  /* options or a description of the table that make no sense */
    DDG_INPUT,  /* malformed or contradictory input */
    DDG_IO,     /* the system could not read or write */
    DDG_MEMORY, /* an allocation failed */
    DDG_LIMIT,  /* a number or a size that the program does not handle */
    DDG_UNSAFE, /* no publishable result could be proven, so there is none */
};

struct ddg_context {
    enum ddg_error error;      /* DDG_OK while nothing went wrong */
    char message[512];         /* one line without its newline; cut at the end when too long */
    struct ddg_inputs *inputs; /* where what is read gets noted; NULL: nowhere */
    struct ddg_meter *meter;   /* that counts what is read (base/meter.h); NULL: none */
    struct ddg_sink **sinks; /* where sinks that are open are listed (csv/sink.h); NULL: nowhere */
};

/* Records `error` with a printf-style text and returns `error`.  The first failure wins: a later
 * one, met while cleaning up, does not hide its cause. */
enum ddg_error ddg_fail(struct ddg_context *context, enum ddg_error error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a place in front: "FILE:LINE: column 'NAME': text".  `line` counts from 1, 0 leaves
 * it out; `column` is a column's name, NULL leaves it out.  Control bytes of a message are
 * replaced by '?', so that a name cannot drive a terminal; UTF-8 stays. */
enum ddg_error ddg_fail_at(struct ddg_context *context, enum ddg_error error, const char *file,
                           uint64_t line, const char *column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Records that memory ran out and returns DDG_MEMORY. */
enum ddg_error ddg_fail_memory(struct ddg_context *context);

#endif
