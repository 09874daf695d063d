/*
 * Makes a synthetic extract of health care encounters: nobody in it exists.
 *
 *   make-encounters [ROWS [SEED]]
 *
 * Writes `client_id,date,county,sex,age,race,payer,cost`, in the order of dates from 2021 to 2023.
 * Equal arguments give equal bytes on every machine: all arithmetic is on whole numbers.
 *
 * Nothing is stored about a person.  All that is lasting (birth, sex, race, counties) is drawn
 * from a generator that starts at the person's number, so it is the same at every encounter.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 3 * 365, ROWS_PER_PERSON = 3, ROW_ROOM = 160 };

struct choice {
    const char *name;
    unsigned weight;
};

/* Counties by their population in thousands; the smallest get a few more, to be there at all. */
static const struct choice counties[] = {
    {"Los Angeles", 10014},
    {"San Diego", 3299},
    {"Orange", 3187},
    {"Sacramento", 1585},
    {"Fresno", 1009},
    {"Kern", 909},
    {"Butte", 212},
    {"Shasta", 182},
    {"Humboldt", 136},
    {"Nevada", 102},
    {"Inyo", 19},
    {"Alpine", 6},
    {NULL, 0},
};
static const struct choice sexes[] = {
    {"Female", 5220}, {"Male", 4740}, {"Intersex", 40}, {NULL, 0}};
static const struct choice races[] = {
    {"Hispanic or Latino", 400},       {"White", 340},      {"Asian", 155},
    {"Black or African American", 56}, {"Multiracial", 34}, {"American Indian or Alaska Native", 9},
    {"Pacific Islander", 6},           {NULL, 0},
};
static const struct choice payers_of_young[] = {
    {"Medi-Cal", 45}, {"Private", 44}, {"Self-pay", 7}, {"Other", 4}, {NULL, 0}};
static const struct choice payers_of_old[] = {
    {"Medicare", 82}, {"Private", 9}, {"Medi-Cal", 8}, {"Other", 1}, {NULL, 0}};

struct person {
    const char *county, *next_county; /* the second from `moves` on */
    const char *sex, *race;
    unsigned age;      /* in years on the first day */
    unsigned birthday; /* day of the year */
    unsigned moves;    /* a day, or DAYS for never */
};

/* Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static unsigned below(uint64_t *state, unsigned limit)
{
    return (unsigned)((draw(state) >> 32) * limit >> 32);
}

static const char *choose(uint64_t *state, const struct choice *choices)
{
    unsigned sum = 0, at;

    for (const struct choice *c = choices; c->name; c++)
        sum += c->weight;
    at = below(state, sum);
    while (at >= choices->weight)
        at -= (choices++)->weight;
    return choices->name;
}

static struct person person_of(uint64_t seed, uint64_t number)
{
    uint64_t state = seed ^ number * 0xd1342543de82ef95;
    struct person person = {.moves = DAYS};

    person.county = person.next_county = choose(&state, counties);
    person.sex = choose(&state, sexes);
    person.race = choose(&state, races);
    /* the smaller of two dice: the old are fewer than the young */
    person.age = below(&state, 96);
    if (person.age > 50)
        person.age = below(&state, 96);
    person.birthday = below(&state, 365);
    if (below(&state, 20) == 0) {
        person.moves = below(&state, DAYS);
        person.next_county = choose(&state, counties);
    }
    return person;
}

static char *put_text(char *to, const char *text)
{
    size_t length = strlen(text);

    memcpy(to, text, length);
    return to + length;
}

static char *put_number(char *to, unsigned number, int digits)
{
    char text[16];
    int length = 0;

    do {
        text[length++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || length < digits);
    while (length > 0)
        *to++ = text[--length];
    return to;
}

static char *put_date(char *to, unsigned day)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned month = 0;

    to = put_number(to, 2021 + day / 365, 4);
    for (day %= 365; day >= days[month]; month++)
        day -= days[month];
    *to++ = '-';
    to = put_number(to, month + 1, 2);
    *to++ = '-';
    return put_number(to, day + 1, 2);
}

/* Eight hexadecimal digits that no order of persons shows in. */
static char *put_client(char *to, uint64_t number)
{
    uint32_t mixed = (uint32_t)number * 2654435761u;

    *to++ = 'c';
    for (int shift = 28; shift >= 0; shift -= 4)
        *to++ = "0123456789abcdef"[mixed >> shift & 15];
    return to;
}

/* Most encounters cost little, a few very much. */
static unsigned cost_in_cents(uint64_t *state)
{
    unsigned most = 20000u << below(state, 4);

    if (below(state, 50) == 0)
        most *= 20;
    return 1500 + below(state, most);
}

static char *put_row(char *to, const struct person *person, uint64_t number, unsigned day,
                     uint64_t *state)
{
    unsigned age = person->age + (day + 365 - person->birthday) / 365;
    unsigned cost = cost_in_cents(state);

    to = put_client(to, number);
    *to++ = ',';
    to = put_date(to, day);
    *to++ = ',';
    to = put_text(to, day < person->moves ? person->county : person->next_county);
    *to++ = ',';
    to = put_text(to, person->sex);
    *to++ = ',';
    to = put_number(to, age, 1);
    *to++ = ',';
    to = put_text(to, person->race);
    *to++ = ',';
    to = put_text(to, choose(state, age < 65 ? payers_of_young : payers_of_old));
    *to++ = ',';
    to = put_number(to, cost / 100, 1);
    *to++ = '.';
    to = put_number(to, cost % 100, 2);
    *to++ = '\n';
    return to;
}

static bool write_extract(uint64_t rows, uint64_t seed, FILE *out)
{
    uint64_t state = seed, persons = rows / ROWS_PER_PERSON + 1;

    fputs("client_id,date,county,sex,age,race,payer,cost\n", out);
    for (uint64_t row = 0; row < rows; row++) {
        char text[ROW_ROOM];
        unsigned day = (unsigned)(row * DAYS / rows);
        /* one encounter in four is of the tenth of persons who come often */
        uint64_t among = below(&state, 4) == 0 ? persons / 10 + 1 : persons;
        uint64_t number = draw(&state) % among;
        struct person person = person_of(seed, number);

        fwrite(text, 1, (size_t)(put_row(text, &person, number, day, &state) - text), out);
    }
    return fflush(out) == 0 && !ferror(out);
}

int main(int argc, char **argv)
{
    uint64_t rows = argc > 1 ? strtoumax(argv[1], NULL, 10) : 300000;
    uint64_t seed = argc > 2 ? strtoumax(argv[2], NULL, 10) : 1;

    if (rows == 0 || rows > 3000000000) {
        fputs("usage: make-encounters [ROWS [SEED]]\n", stderr);
        return 2;
    }
    if (!write_extract(rows, seed, stdout)) {
        perror("make-encounters");
        return 2;
    }
    return 0;
}
