#define _GNU_SOURCE /* getline, fopen's "e" */
#include "base/options.h"

#include "base/inputs.h"
#include "base/number.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* getopt_long() returns this plus an option's place in the flattened tables. */
enum { LONG_BASE = 1000 };

static bool is_ours(const struct ddg_option_set *set, const struct ddg_option *option)
{
    return option->who == 0 || (option->who & set->self) != 0;
}

/* The option at `place` among those that this program takes, NULL behind the last. */
static const struct ddg_option *option_at(const struct ddg_option_set *set, size_t place)
{
    for (size_t t = 0; t < set->table_count; t++)
        for (const struct ddg_option *o = set->tables[t]; o && o->name; o++)
            if (is_ours(set, o) && place-- == 0)
                return o;
    return NULL;
}

static size_t count_options(const struct ddg_option_set *set)
{
    size_t count = 0;

    while (option_at(set, count))
        count++;
    return count;
}

static const struct ddg_option *option_of_letter(const struct ddg_option_set *set, int letter)
{
    const struct ddg_option *option;

    for (size_t i = 0; (option = option_at(set, i)); i++)
        if (option->letter && option->letter == letter)
            return option;
    return NULL;
}

static int argument_kind(const struct ddg_option *option)
{
    if (!option->argument)
        return no_argument;
    return option->argument[0] == '[' ? optional_argument : required_argument;
}

static void fill_getopt(const struct ddg_option_set *set, struct option *longs, char *letters)
{
    size_t i = 0;

    *letters++ = ':';
    for (const struct ddg_option *o; (o = option_at(set, i)); i++) {
        int kind = argument_kind(o);

        longs[i] = (struct option){o->name, kind, NULL, LONG_BASE + (int)i};
        if (!o->letter)
            continue;
        *letters++ = o->letter;
        for (int colons = kind; colons > 0; colons--)
            *letters++ = ':';
    }
    *letters = '\0';
}

enum ddg_error ddg_options_parse(const struct ddg_option_set *set, int argc, char **argv,
                                 int *first_operand, struct ddg_context *context)
{
    size_t count = count_options(set);
    struct option *longs = calloc(count + 1, sizeof *longs);
    char *letters = calloc(3 * count + 2, 1);
    enum ddg_error error = DDG_OK;
    int got;

    if (!longs || !letters) {
        free(longs);
        free(letters);
        return ddg_fail_memory(context);
    }
    fill_getopt(set, longs, letters);
    opterr = 0;
    while (!error && (got = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        const struct ddg_option *option =
            got >= LONG_BASE ? option_at(set, (size_t)got - LONG_BASE) : option_of_letter(set, got);

        if (got == ':')
            error = ddg_fail(context, DDG_USAGE, "option '%s' needs an argument", argv[optind - 1]);
        else if (!option && optopt > 0 && optopt < LONG_BASE)
            error = ddg_fail(context, DDG_USAGE, "unknown option '-%c'", optopt);
        else if (!option && optopt >= LONG_BASE)
            error = ddg_fail(context, DDG_USAGE, "option '--%s' takes no argument",
                             longs[optopt - LONG_BASE].name);
        else if (!option)
            error = ddg_fail(context, DDG_USAGE, "unknown option '%s'", argv[optind - 1]);
        else
            error = set->handle(set->data, option->id, optarg, context);
    }
    *first_operand = optind;
    free(longs);
    free(letters);
    return error;
}

static enum ddg_error apply(const struct ddg_option_set *set, const struct ddg_option *option,
                            const char *value, struct ddg_context *context)
{
    int kind = argument_kind(option);

    if (!is_ours(set, option))
        return DDG_OK;
    if (kind == required_argument && !value)
        return ddg_fail(context, DDG_USAGE, "option '%s' needs an argument", option->name);
    if (kind == no_argument && value)
        return ddg_fail(context, DDG_USAGE, "option '%s' takes no argument", option->name);
    return set->handle(set->data, option->id, value, context);
}

/* Takes one option by its long name; one that only other programs take is passed over.  *known is
 * false when no table has the name. */
static enum ddg_error apply_named(const struct ddg_option_set *set, const char *name,
                                  const char *value, bool *known, struct ddg_context *context)
{
    const struct ddg_option *found = NULL;

    for (size_t t = 0; t < set->table_count; t++)
        for (const struct ddg_option *o = set->tables[t]; o && o->name; o++)
            /* two programs may use a name differently: the one that fits the argument is meant */
            if (strcmp(o->name, name) == 0 &&
                (!found || (argument_kind(found) == no_argument && value)))
                found = o;
    *known = found != NULL;
    return found ? apply(set, found, value, context) : DDG_OK;
}

/* Cuts "name = value" in place; *value is NULL where there is none. */
static void split_line(char *line, char **name, char **value)
{
    char *at = line + strspn(line, " \t"), *end;
    bool equals;

    at += strspn(at, "-");
    *name = at;
    at += strcspn(at, " \t=");
    equals = *at == '=';
    if (*at)
        *at++ = '\0';
    at += strspn(at, " \t");
    if (!equals && *at == '=')
        at += 1 + strspn(at + 1, " \t");
    for (end = at + strlen(at); end > at && strchr(" \t\r\n", end[-1]);)
        *--end = '\0';
    *value = *at ? at : NULL;
}

static enum ddg_error read_line(const struct ddg_option_set *set, const char *path, uint64_t number,
                                char *line, struct ddg_context *context)
{
    struct ddg_context inner = {0};
    char *name, *value;
    bool known;

    line[strcspn(line, "\r\n")] = '\0';
    if (line[strspn(line, " \t")] == '\0' || line[strspn(line, " \t")] == '#')
        return DDG_OK;
    split_line(line, &name, &value);
    if (apply_named(set, name, value, &known, &inner))
        return ddg_fail_at(context, inner.error, path, number, NULL, "%s", inner.message);
    if (!known)
        return ddg_fail_at(context, DDG_USAGE, path, number, NULL, "unknown option '%s'", name);
    return DDG_OK;
}

enum ddg_error ddg_options_read(const struct ddg_option_set *set, const char *path,
                                struct ddg_arena *arena, struct ddg_context *context)
{
    FILE *file = fopen(path, "re");
    enum ddg_error error = DDG_OK;
    char *line = NULL;
    size_t room = 0, input = 0;

    if (!file)
        return ddg_fail_at(context, DDG_IO, path, 0, NULL, "%s", strerror(errno));
    if (context->inputs)
        error = ddg_inputs_open(context->inputs, path, &input, context);
    for (uint64_t number = 1; !error; number++) {
        ssize_t length = getline(&line, &room, file);
        struct ddg_text copy;

        if (length < 0)
            break;
        if (context->inputs)
            ddg_digest_add(&context->inputs->input[input].digest, line, (size_t)length);
        copy = ddg_arena_copy(arena, (struct ddg_text){line, (size_t)length}, context);
        error = copy.at ? read_line(set, path, number, (char *)copy.at, context) : DDG_MEMORY;
    }
    /* without memory for a line, getline() fails and neither end nor error of the file is set */
    if (!error && !feof(file))
        error = ddg_fail_at(context, DDG_IO, path, 0, NULL, "%s", strerror(errno));
    free(line);
    fclose(file);
    return error;
}

enum ddg_error ddg_choose(const char *option, const char *value, const char *const *words,
                          int *choice, struct ddg_context *context)
{
    char list[256];
    size_t used = 0;

    list[0] = '\0';
    for (int i = 0; words[i]; i++) {
        if (strcmp(value, words[i]) == 0) {
            *choice = i;
            return DDG_OK;
        }
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                     i == 0         ? ""
                                     : words[i + 1] ? ", "
                                                    : " or ",
                                     words[i]);
    }
    return ddg_fail(context, DDG_USAGE, "--%s is %s, not '%s'", option, list, value);
}

enum ddg_error ddg_whole_number(const char *option, struct ddg_text value, uint64_t least,
                                uint64_t most, uint64_t *number, struct ddg_context *context)
{
    uint64_t read;

    if (!ddg_parse_unsigned(value, &read) || read < least || read > most)
        return ddg_fail(context, DDG_USAGE, "--%s is a whole number from %llu to %llu, not '%.*s'",
                        option, (unsigned long long)least, (unsigned long long)most,
                        (int)value.length, value.at);
    *number = read;
    return DDG_OK;
}

enum ddg_error ddg_byte_count(const char *option, const char *value, size_t least, size_t *bytes,
                              struct ddg_context *context)
{
    static const char units[] = "KMGT";
    struct ddg_text digits = ddg_text_of(value);
    const char *unit =
        digits.length > 0 ? memchr(units, value[digits.length - 1], strlen(units)) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    uint64_t number;

    if (unit)
        digits.length--;
    if (!ddg_parse_unsigned(digits, &number) || number > SIZE_MAX >> shift ||
        (size_t)number << shift < least)
        return ddg_fail(context, DDG_USAGE,
                        "--%s is a number of bytes, with or without K, M, G or T, from %zuM on, "
                        "not '%s'",
                        option, least >> 20, value);
    *bytes = (size_t)number << shift;
    return DDG_OK;
}

enum ddg_error ddg_one_or_two(const char *option, const char *value, uint32_t least, uint32_t most,
                              uint32_t pair[2], struct ddg_context *context)
{
    const char *comma = strchr(value, ',');
    struct ddg_text first = {value, comma ? (size_t)(comma - value) : strlen(value)};
    struct ddg_text second = comma ? ddg_text_of(comma + 1) : first;
    uint64_t a, b;

    if (!ddg_parse_unsigned(first, &a) || !ddg_parse_unsigned(second, &b) || a < least ||
        a > most || b < least || b > most)
        return ddg_fail(context, DDG_USAGE,
                        "--%s is one or two whole numbers from %u to %u, not '%s'", option,
                        (unsigned)least, (unsigned)most, value);
    pair[0] = (uint32_t)a;
    pair[1] = (uint32_t)b;
    return DDG_OK;
}

static int form_width(const struct ddg_option *option)
{
    int width = (int)strlen(option->name);

    if (option->argument)
        width += 1 + (int)strlen(option->argument) + (option->argument[0] == '[');
    return width;
}

void ddg_options_help(const struct ddg_option_set *set, FILE *out)
{
    const struct ddg_option *option;
    int widest = 0;

    for (size_t i = 0; (option = option_at(set, i)); i++)
        if (form_width(option) > widest)
            widest = form_width(option);
    for (size_t i = 0; (option = option_at(set, i)); i++) {
        const char *argument = option->argument;

        fprintf(out, option->letter ? "  -%c, " : "      ", option->letter);
        if (!argument)
            fprintf(out, "--%s", option->name);
        else if (argument[0] == '[')
            fprintf(out, "--%s[=%s", option->name, argument + 1);
        else
            fprintf(out, "--%s %s", option->name, argument);
        fprintf(out, "%*s  %s\n", widest - form_width(option) + (argument && argument[0] == '['),
                "", option->help);
    }
}

void ddg_options_completion(const struct ddg_option_set *set, const char *program, FILE *out)
{
    const struct ddg_option *option;

    fprintf(out, "complete -o default -W '");
    for (size_t i = 0; (option = option_at(set, i)); i++)
        fprintf(out, "%s--%s", i ? " " : "", option->name);
    fprintf(out, "' %s\n", program);
}
