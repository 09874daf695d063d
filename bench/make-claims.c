/*
 * Makes synthetic claims for benches, fast: nobody in them exists.
 *
 *   make-claims [-q] [-e PERCENT] [-s SEED] SIZE
 *
 * SIZE is a number of rows, or with M or G about so many million or billion bytes.  -q puts every
 * field in quotes.  Of the notes, PERCENT (1 with -q, else 0) hold a comma, a quote and a newline,
 * and stand in quotes in any case.  The rows are in no order, a person has five of them.
 *
 * Equal arguments give equal bytes on every machine, and equal rows, seed and PERCENT give the same
 * records with and without -q: all arithmetic is on whole numbers.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ROWS_PER_PERSON = 5,
    PLAIN_ROW = 105, /* bytes, on average */
    QUOTED_ROW = 131,
    PIECE = 1 << 18, /* bytes written at a time */
    ROW_ROOM = 512,
    WHEEL = 1 << 14,
};

#define MOST_ROWS UINT64_C(4000000000)

struct choice {
    const char *name;
    unsigned weight;
};

/* By their populations of 2020 in thousands. */
static const struct choice counties[] = {
    {"Alameda", 1682},
    {"Alpine", 1},
    {"Amador", 40},
    {"Butte", 212},
    {"Calaveras", 45},
    {"Colusa", 22},
    {"Contra Costa", 1166},
    {"Del Norte", 28},
    {"El Dorado", 191},
    {"Fresno", 1009},
    {"Glenn", 29},
    {"Humboldt", 136},
    {"Imperial", 180},
    {"Inyo", 19},
    {"Kern", 909},
    {"Kings", 152},
    {"Lake", 68},
    {"Lassen", 33},
    {"Los Angeles", 10014},
    {"Madera", 156},
    {"Marin", 262},
    {"Mariposa", 17},
    {"Mendocino", 92},
    {"Merced", 281},
    {"Modoc", 9},
    {"Mono", 13},
    {"Monterey", 439},
    {"Napa", 138},
    {"Nevada", 102},
    {"Orange", 3187},
    {"Placer", 405},
    {"Plumas", 20},
    {"Riverside", 2418},
    {"Sacramento", 1585},
    {"San Benito", 64},
    {"San Bernardino", 2182},
    {"San Diego", 3299},
    {"San Francisco", 874},
    {"San Joaquin", 779},
    {"San Luis Obispo", 282},
    {"San Mateo", 764},
    {"Santa Barbara", 448},
    {"Santa Clara", 1936},
    {"Santa Cruz", 271},
    {"Shasta", 182},
    {"Sierra", 3},
    {"Siskiyou", 44},
    {"Solano", 453},
    {"Sonoma", 489},
    {"Stanislaus", 553},
    {"Sutter", 100},
    {"Tehama", 66},
    {"Trinity", 16},
    {"Tulare", 473},
    {"Tuolumne", 56},
    {"Ventura", 844},
    {"Yolo", 216},
    {"Yuba", 82},
    {NULL, 0},
};
static const struct choice sexes[] = {
    {"Female", 5220},
    {"Male", 4740},
    {"Intersex", 40},
    {NULL, 0},
};
static const struct choice ages[] = {
    {"0-4", 55},    {"5-11", 87},   {"12-17", 78},  {"18-24", 92}, {"25-34", 149},
    {"35-44", 137}, {"45-54", 125}, {"55-64", 119}, {"65-74", 92}, {"75-84", 45},
    {"85-94", 18},  {"95+", 3},     {NULL, 0},
};
static const struct choice payers[] = {
    {"Medi-Cal", 38}, {"Private", 41}, {"Medicare", 16}, {"Self-pay", 4}, {"Other", 1}, {NULL, 0},
};
static const struct choice years[] = {
    {"2020", 17}, {"2021", 19}, {"2022", 20}, {"2023", 22}, {"2024", 22}, {NULL, 0},
};
static const struct choice notes[] = {
    {"", 30},
    {"follow-up", 30},
    {"office visit", 20},
    {"referred by primary care", 10},
    {"prior authorization on file", 6},
    {"interpreter needed for the next visit", 4},
    {NULL, 0},
};

/* A choice is drawn by looking at a random place of a wheel, where each has its share of places. */
struct wheel {
    unsigned char at[WHEEL];
    const struct choice *choices;
    size_t length[256];
};

struct wheels {
    struct wheel county, sex, age, payer, year, note;
};

struct options {
    uint64_t rows, seed;
    uint64_t awkward; /* percent of notes */
    bool quoted;
};

static void make_wheel(struct wheel *wheel, const struct choice *choices)
{
    unsigned sum = 0, before = 0;

    wheel->choices = choices;
    for (const struct choice *c = choices; c->name; c++)
        sum += c->weight;
    for (unsigned i = 0; choices[i].name; i++) {
        unsigned from = before * WHEEL / sum;
        unsigned to = (before += choices[i].weight) * WHEEL / sum;

        wheel->length[i] = strlen(choices[i].name);
        memset(wheel->at + from, (int)i, to - from);
    }
}

/* Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static char *put(char *to, const char *text, size_t length)
{
    memcpy(to, text, length);
    return to + length;
}

static char *put_choice(char *to, const struct wheel *wheel, uint64_t drawn)
{
    unsigned char at = wheel->at[drawn % WHEEL];

    return put(to, wheel->choices[at].name, wheel->length[at]);
}

static char *put_digits(char *to, uint64_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        to[i] = (char)('0' + number % 10);
    return to + digits;
}

static char *put_amount(char *to, uint64_t cents)
{
    int digits = cents < 10000 ? 2 : cents < 100000 ? 3 : cents < 1000000 ? 4 : 5;

    to = put_digits(to, cents / 100, digits);
    *to++ = '.';
    return put_digits(to, cents % 100, 2);
}

static char *put_date(char *to, const char *year, uint64_t drawn)
{
    to = put(to, year, 4);
    *to++ = '-';
    to = put_digits(to, drawn % 12 + 1, 2);
    *to++ = '-';
    return put_digits(to, drawn / 12 % 28 + 1, 2);
}

/* Each bit of the number changes about half of the digits, so that no order of persons shows. */
static char *put_client(char *to, uint64_t person)
{
    uint32_t mixed = (uint32_t)person * 2654435761u;

    *to++ = 'p';
    for (int shift = 28; shift >= 0; shift -= 4)
        *to++ = "0123456789abcdef"[mixed >> shift & 15];
    return to;
}

/* Ends a field and begins the next. */
static char *next_field(char *to, bool quoted)
{
    return quoted ? put(to, "\",\"", 3) : put(to, ",", 1);
}

static char *put_note(char *to, const struct wheels *wheels, uint64_t drawn, bool awkward,
                      bool quoted)
{
    if (!awkward)
        return put_choice(to, &wheels->note, drawn);
    if (!quoted)
        *to++ = '"';
    to = put(to, "seen, said \"\"better\"\"\n", 22);
    to = put_choice(to, &wheels->note, drawn);
    if (!quoted)
        *to++ = '"';
    return to;
}

/* What is lasting about a person is drawn from a generator that starts at the person's number. */
static char *put_row(char *to, const struct options *options, const struct wheels *wheels,
                     uint64_t row, uint64_t *state)
{
    uint64_t persons = options->rows / ROWS_PER_PERSON + 1;
    uint64_t person = (draw(state) >> 32) * persons >> 32;
    uint64_t lasting = options->seed ^ person * 0xd1342543de82ef95;
    uint64_t fixed = draw(&lasting), loose = draw(state), money = draw(state);
    uint64_t billed = 2000 + (money & 0xffff) * (money >> 16 & 0xff) / 16;
    unsigned year = wheels->year.at[loose % WHEEL];
    bool quoted = options->quoted;

    if (quoted)
        *to++ = '"';
    to = next_field(put_digits(to, row + 100000000, 9), quoted);
    to = next_field(put_client(to, person), quoted);
    to = next_field(put_date(to, years[year].name, loose >> 14 & 0xffff), quoted);
    to = next_field(put(to, years[year].name, 4), quoted);
    to = next_field(put_choice(to, &wheels->county, fixed), quoted);
    to = next_field(put_choice(to, &wheels->sex, fixed >> 14), quoted);
    to = next_field(put_choice(to, &wheels->age, fixed >> 28), quoted);
    to = next_field(put_choice(to, &wheels->payer, fixed >> 42), quoted);
    to = next_field(put_digits(to, 90000 + (loose >> 30) % 9999, 5), quoted);
    *to++ = (char)('A' + (loose >> 44) % 26);
    to = next_field(put_digits(to, money >> 24 & 1023, 4), quoted);
    to = next_field(put_amount(to, billed), quoted);
    to = next_field(put_amount(to, billed * (money >> 34 & 63) / 64 + 1), quoted);
    to = put_note(to, wheels, money >> 40, (loose >> 50) % 100 < options->awkward, quoted);
    if (quoted)
        *to++ = '"';
    *to++ = '\n';
    return to;
}

static bool write_claims(const struct options *options, const struct wheels *wheels, FILE *out)
{
    static const char *const plain =
        "claim_id,client_id,service_date,year,county,sex,age_group,payer,procedure,diagnosis,"
        "billed,paid,note\n";
    static const char *const quoted =
        "\"claim_id\",\"client_id\",\"service_date\",\"year\",\"county\",\"sex\",\"age_group\","
        "\"payer\",\"procedure\",\"diagnosis\",\"billed\",\"paid\",\"note\"\n";
    static char piece[PIECE + ROW_ROOM];
    uint64_t state = options->seed;
    char *to = piece;

    fputs(options->quoted ? quoted : plain, out);
    for (uint64_t row = 0; row < options->rows; row++) {
        to = put_row(to, options, wheels, row, &state);
        if (to - piece >= PIECE) {
            fwrite(piece, 1, (size_t)(to - piece), out);
            to = piece;
        }
    }
    fwrite(piece, 1, (size_t)(to - piece), out);
    return fflush(out) == 0 && !ferror(out);
}

/* A whole number of at most `most`; what stands behind it is left in `rest`. */
static bool read_number(const char *text, uint64_t most, uint64_t *number, const char **rest)
{
    char *end;

    if (*text < '0' || *text > '9')
        return false;
    *number = strtoumax(text, &end, 10);
    *rest = end;
    return *number <= most;
}

/* A number, and with M or G in bytes: then as many rows as fill them. */
static bool read_size(const char *text, struct options *options)
{
    const char *rest;
    uint64_t unit;

    if (!read_number(text, MOST_ROWS, &options->rows, &rest))
        return false;
    unit = *rest == 'G' ? 1000000000 : *rest == 'M' ? 1000000 : 0;
    if (unit) {
        options->rows = options->rows * unit / (options->quoted ? QUOTED_ROW : PLAIN_ROW);
        rest++;
    }
    return !*rest && options->rows > 0 && options->rows <= MOST_ROWS;
}

static bool read_options(int argc, char **argv, struct options *options)
{
    bool percent_given = false;
    const char *rest = "";
    int option;

    *options = (struct options){.seed = 1};
    while ((option = getopt(argc, argv, "qe:s:")) != -1) {
        bool good = option == 'q';

        if (option == 'q')
            options->quoted = true;
        else if (option == 's')
            good = read_number(optarg, UINT64_MAX, &options->seed, &rest);
        else if (option == 'e')
            good = percent_given = read_number(optarg, 100, &options->awkward, &rest);
        if (!good || *rest)
            return false;
    }
    if (options->quoted && !percent_given)
        options->awkward = 1;
    return optind + 1 == argc && read_size(argv[optind], options);
}

int main(int argc, char **argv)
{
    static struct wheels wheels;
    struct options options;

    if (!read_options(argc, argv, &options)) {
        fputs("usage: make-claims [-q] [-e PERCENT] [-s SEED] ROWS|SIZEM|SIZEG\n", stderr);
        return 2;
    }
    make_wheel(&wheels.county, counties);
    make_wheel(&wheels.sex, sexes);
    make_wheel(&wheels.age, ages);
    make_wheel(&wheels.payer, payers);
    make_wheel(&wheels.year, years);
    make_wheel(&wheels.note, notes);
    if (!write_claims(&options, &wheels, stdout)) {
        perror("make-claims");
        return 2;
    }
    return 0;
}
