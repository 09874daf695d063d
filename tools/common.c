#include "common.h"

#include "base/exhaustion.h"
#include "base/meter.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef DDG_VERSION
#error "DDG_VERSION comes from the Makefile"
#endif

enum { HELP = 2000, VERSION, COMPLETION, OUTPUT, TABLE, QUIET };

static const struct ddg_option shared_options[] = {
    {TABLE, 0, "table", "FILE", "read options from FILE, one a line", 0},
    {OUTPUT, 'o', "output", "FILE", "write FILE, which changes only when it is whole", 0},
    {QUIET, 'q', "quiet", NULL, "no summary on stderr",
     DDG_THRESHOLD | DDG_SUPPRESS | DDG_ROUND | DDG_AUDIT},
    {COMPLETION, 0, "completion", NULL, "print a completion for bash", 0},
    {HELP, 'h', "help", NULL, "print this", 0},
    {VERSION, 'V', "version", NULL, "print the version", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

struct parsing {
    const struct tool *tool;
    struct ddg_option_set set;
    struct tool_call call;
    int print;    /* HELP, VERSION or COMPLETION when asked for, else 0 */
    bool in_file; /* options come from a file: it may not name another */
};

/* What a handler knows, that takes no argument. */
static char last_words[64];
static struct ddg_sink *sinks; /* those that are open */
static void (*interrupted)(int number);

/* Called by the solver, by several of its threads maybe: the first ends the program.  What was said
 * is out before the next program in a pipe sees the end. */
static void end_without_memory(void)
{
    static atomic_flag ending = ATOMIC_FLAG_INIT;
    ssize_t ignored;

    while (atomic_flag_test_and_set(&ending))
        pause();
    ignored = write(STDERR_FILENO, last_words, strlen(last_words));

    (void)ignored;
    ddg_sinks_interrupt(sinks);
    _exit(TOOL_ERROR);
}

/* Nothing stays behind; then the signal does what it does. */
static void end_by_signal(int number)
{
    ddg_sinks_interrupt(sinks);
    if (interrupted)
        interrupted(number);
    raise(number);
}

/* A signal that was ignored stays so: nohup(1) and shells ask for it.  A second one does not wait
 * for what the first has to do. */
static void catch_signals(void)
{
    static const int ends[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU};
    struct sigaction old,
        action = {.sa_handler = end_by_signal, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)};

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
}

/* A record must not reach a core file, and a descriptor that the caller closed must not be taken by
 * a data file: what is written to it then fails, as it should. */
static void start(void)
{
    const struct rlimit none = {0, 0};
    int fd;

    setrlimit(RLIMIT_CORE, &none);
    signal(SIGXFSZ, SIG_IGN); /* a limit on files is an error of write() then */
#ifndef __SANITIZE_ADDRESS__  /* the leak checker attaches as a debugger does */
    prctl(PR_SET_DUMPABLE, 0);
#endif
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
    catch_signals();
}

static enum ddg_error describe(struct parsing *parsing, int id, const char *value,
                               struct ddg_context *context)
{
    struct ddg_description *d = &parsing->call.description;
    size_t texts = d->hidden.count + d->ranges;
    enum ddg_error error = ddg_description_set(d, id, value, context);

    if (!parsing->in_file && d->hidden.count + d->ranges > texts)
        parsing->call.texts = true;
    return error;
}

static enum ddg_error handle(void *data, int id, const char *value, struct ddg_context *context)
{
    struct parsing *parsing = data;
    enum ddg_error error;

    switch (id) {
    case HELP:
    case VERSION:
    case COMPLETION:
        parsing->print = id;
        return DDG_OK;
    case OUTPUT:
        parsing->call.output = value;
        return DDG_OK;
    case QUIET:
        parsing->call.quiet = true;
        return DDG_OK;
    case TABLE:
        if (parsing->in_file)
            return ddg_fail(context, DDG_USAGE, "a table file cannot name another");
        parsing->in_file = true;
        error = ddg_options_read(&parsing->set, value, &parsing->call.description.arena, context);
        parsing->in_file = false;
        return error;
    default:
        if (ddg_description_has(id))
            return describe(parsing, id, value, context);
        return parsing->tool->set(parsing->tool->data, id, value, context);
    }
}

static void print(const struct parsing *parsing)
{
    const struct tool *tool = parsing->tool;

    if (parsing->print == VERSION) {
        printf("%s %s\n", tool->name, DDG_VERSION);
    } else if (parsing->print == COMPLETION) {
        ddg_options_completion(&parsing->set, tool->name, stdout);
    } else {
        printf("usage: %s [OPTION]... [FILE]...\n%s\n\n", tool->name, tool->summary);
        ddg_options_help(&parsing->set, stdout);
        printf("\nExit status: %s.  See %s(1) and ddg(7).\n",
               tool->statuses ? tool->statuses : "0 done, 2 an error", tool->name);
    }
}

/* Options are parsed in an order of their own, and argv with them. */
static void keep_arguments(struct tool_call *call, int argc, char **argv,
                           struct ddg_context *context)
{
    size_t count = argc > 0 ? (size_t)argc - 1 : 0;
    const char **arguments =
        ddg_arena_allocate(&call->description.arena, (count + 1) * sizeof *arguments, context);

    for (size_t i = 0; arguments && i < count; i++)
        arguments[i] = argv[i + 1];
    call->arguments = arguments;
    call->argument_count = count;
}

/* Devices and pipes may be used twice. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;

    if (stat(a, &of_a) != 0)
        return strcmp(a, b) == 0;
    return S_ISREG(of_a.st_mode) && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

/* Where `path` is what it stands for on the command line: nothing and "-" are standard streams. */
static const char *real_path(const char *path, const char *standard)
{
    return path && strcmp(path, "-") != 0 ? path : standard;
}

enum ddg_error tool_check_files(const struct tool_call *call, const struct tool_file *files,
                                size_t count, struct ddg_context *context)
{
    for (size_t i = 0; i < count; i++) {
        const char *path = files[i].path;
        bool own = path && strcmp(path, "-") != 0;

        if (!path)
            continue;
        own = own && !is_same_file(path, real_path(call->output, "/dev/stdout"));
        for (size_t j = 0; own && j < call->path_count; j++)
            own = !is_same_file(path, real_path(call->paths[j], "/dev/stdin"));
        if (own && call->path_count == 0)
            own = !is_same_file(path, "/dev/stdin");
        for (size_t j = 0; own && j < i; j++)
            own = !files[j].path || !is_same_file(path, files[j].path);
        if (!own)
            return ddg_fail(context, DDG_USAGE, "--%s wants a file of its own, not '%s'",
                            files[i].option, path);
    }
    return DDG_OK;
}

static enum ddg_error run(const struct tool *tool, const struct tool_call *call,
                          enum tool_status *status, struct ddg_context *context)
{
    struct ddg_meter meter;
    enum ddg_error error;

    if (tool->metered && !call->quiet) {
        ddg_meter_start(&meter, tool->name, call->paths, call->path_count);
        context->meter = &meter;
    }
    error = tool->run(tool->data, call, status, context);
    if (tool->metered && !call->quiet)
        ddg_meter_hide(&meter);
    return error;
}

int tool_main(const struct tool *tool, int argc, char **argv)
{
    const struct ddg_option *tables[] = {tool->options[0], tool->options[1], tool->more,
                                         ddg_description_options, shared_options};
    struct parsing parsing = {.tool = tool};
    struct ddg_inputs inputs = {0};
    struct ddg_context context = {.inputs = tool->notes_input ? &inputs : NULL, .sinks = &sinks};
    enum tool_status status = TOOL_YES;
    enum ddg_error error;
    int first;

    interrupted = tool->interrupted;
    start();
    if (tool->solves) {
        snprintf(last_words, sizeof last_words, "%s: out of memory\n", tool->name);
        ddg_on_exhaustion(end_without_memory);
    }
    parsing.set = (struct ddg_option_set){tables, sizeof tables / sizeof *tables, tool->program,
                                          handle, &parsing};
    ddg_description_init(&parsing.call.description, tool->program);
    keep_arguments(&parsing.call, argc, argv, &context);
    parsing.call.inputs = context.inputs;
    error = context.error;
    if (!error)
        error = ddg_options_parse(&parsing.set, argc, argv, &first, &context);
    if (!error && parsing.print) {
        print(&parsing);
        if (fflush(stdout) != 0 || ferror(stdout))
            error = ddg_fail(&context, DDG_IO, "stdout: cannot write");
    } else if (!error) {
        parsing.call.paths = (const char *const *)argv + first;
        parsing.call.path_count = (size_t)(argc - first);
        error = run(tool, &parsing.call, &status, &context);
    }
    ddg_description_free(&parsing.call.description);
    ddg_inputs_free(&inputs);
    if (!error)
        return (int)status;
    fprintf(stderr, "%s: %s%s\n", tool->name, context.message,
            error == DDG_USAGE ? " (try --help)" : "");
    return TOOL_ERROR;
}
