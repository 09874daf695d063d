/*
 * What the five programs do alike: start safely, read the command line, run, and turn what the
 * library says into one line on stderr and an exit status.
 */
#ifndef DDG_TOOLS_COMMON_H
#define DDG_TOOLS_COMMON_H

#include "base/inputs.h"
#include "csv/output.h"
#include "table/description.h"

enum tool_status {
    TOOL_YES = 0,   /* done */
    TOOL_NO = 1,    /* the program ran, and the answer is no */
    TOOL_ERROR = 2, /* anything went wrong; nothing that was printed may be used */
};

/* What every program is told on its command line. */
struct tool_call {
    struct ddg_description description;
    const char *output;       /* -o; NULL for standard output */
    const char *const *paths; /* operands; standard input when there are none */
    size_t path_count;
    bool texts; /* --hidden or --range was given, not in a file that may serve other programs */
    bool quiet; /* no summary on stderr */
    const char *const *arguments; /* the command line as it was given, without the program's name */
    size_t argument_count;
    const struct ddg_inputs *inputs; /* what was read so far; NULL unless the tool notes it */
};

struct tool {
    const char *name, *summary;
    const char *statuses; /* what the exit statuses say, for --help; NULL: what they usually do */
    enum ddg_program program;
    const struct ddg_option *options[2]; /* the program's own; the second may be NULL, */
    const struct ddg_option *more;       /* and others that only it takes; may be NULL */
    /* Takes one of them. */
    ddg_option_handler *set;
    /* Does the work; *status is TOOL_YES unless it says otherwise. */
    enum ddg_error (*run)(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context);
    void *data; /* passed to both */
    /* Called in the handler of a signal that ends the program, before it does; may be NULL. */
    void (*interrupted)(int number);
    bool notes_input; /* what is read is noted, with its digest */
    bool metered;     /* it may take minutes: a terminal sees how far it is (base/meter.h), not with
                       * --quiet; it hides the meter before it writes to standard error */
    bool solves;      /* it solves linear programs, whose solver may run out of memory */
};

/* A file that a program writes beside its output: the option that names it, and its path or NULL.
 */
struct tool_file {
    const char *option, *path;
};

/* DDG_USAGE where one of the files is standard output, or the same as another of them or as one
 * that the program reads its records from or writes its output to. */
enum ddg_error tool_check_files(const struct tool_call *call, const struct tool_file *files,
                                size_t count, struct ddg_context *context);

/* The whole of main(): returns the exit status. */
int tool_main(const struct tool *tool, int argc, char **argv);

#endif
