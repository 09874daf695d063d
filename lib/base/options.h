/*
 * Command lines.  One table of options per program gives the parser, the text of --help and the
 * shell's completion; options that several programs share stand once, in a table of their own.
 */
#ifndef DDG_BASE_OPTIONS_H
#define DDG_BASE_OPTIONS_H

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct ddg_option {
    int id;               /* what the handler is told; unique within a program, above 0 */
    char letter;          /* one-letter form, or 0 */
    const char *name;     /* long form without its dashes */
    const char *argument; /* name of the argument in --help, NULL when it takes none;
                           * "[NAME]" when it may be left out */
    const char *help;     /* one line */
    unsigned who;         /* programs that take it, as bits of their own choosing; 0: every one */
};

/* Takes one option.  `value` is NULL without an argument; else it lives as long as the program. */
typedef enum ddg_error ddg_option_handler(void *data, int id, const char *value,
                                          struct ddg_context *context);

struct ddg_option_set {
    const struct ddg_option *const *tables; /* each ended by an entry whose name is NULL;
                                             * NULL: no table */
    size_t table_count;
    unsigned self; /* the bit of this program: options of others are unknown to it */
    ddg_option_handler *handle;
    void *data;
};

/* Goes through the command line and hands over each option in order.  Operands are moved to the
 * end of argv and *first_operand is the index of the first.  DDG_USAGE for what the tables do not
 * know. */
enum ddg_error ddg_options_parse(const struct ddg_option_set *set, int argc, char **argv,
                                 int *first_operand, struct ddg_context *context);

/* Puts the place of `value` among `words` (ended by NULL) into *choice; DDG_USAGE names `option`
 * and the words when it is none of them. */
enum ddg_error ddg_choose(const char *option, const char *value, const char *const *words,
                          int *choice, struct ddg_context *context);

/* Reads a whole number from `least` to `most`.  DDG_USAGE names `option` and what was wanted when
 * it is anything else. */
enum ddg_error ddg_whole_number(const char *option, struct ddg_text value, uint64_t least,
                                uint64_t most, uint64_t *number, struct ddg_context *context);

/* Reads a number of bytes, `least` or more: digits, with K, M, G or T behind them for powers of
 * 1024.  DDG_USAGE names `option` and what was wanted when it is anything else. */
enum ddg_error ddg_byte_count(const char *option, const char *value, size_t least, size_t *bytes,
                              struct ddg_context *context);

/* Reads "N" or "N,M", whole numbers from `least` to `most`, into pair[0] and pair[1]: one alone
 * stands for both.  DDG_USAGE names `option` and what was wanted when it is anything else. */
enum ddg_error ddg_one_or_two(const char *option, const char *value, uint32_t least, uint32_t most,
                              uint32_t pair[2], struct ddg_context *context);

/* Writes a line per option: forms and help, aligned. */
void ddg_options_help(const struct ddg_option_set *set, FILE *out);

/* Reads options from a file, one a line: the long name, then its argument behind white space or
 * '=' and up to the end of the line; '#' starts a comment line.  Options of other programs are
 * passed over: one file can serve them all. */
enum ddg_error ddg_options_read(const struct ddg_option_set *set, const char *path,
                                struct ddg_arena *arena, struct ddg_context *context);

/* Writes a bash completion for `program`. */
void ddg_options_completion(const struct ddg_option_set *set, const char *program, FILE *out);

#endif
