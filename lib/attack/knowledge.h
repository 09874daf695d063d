/*
 * What the attacker knows beside the tables, as ddg-audit's options say it.
 */
#ifndef DDG_ATTACK_KNOWLEDGE_H
#define DDG_ATTACK_KNOWLEDGE_H

#include "table/description.h"
#include "table/equation.h"

/* What he knows of hidden counts; each level includes those before. */
enum ddg_reader {
    DDG_READER_SUMS,      /* lines add up; counts are whole and not negative */
    DDG_READER_ZEROS,     /* a zero is always shown, so a suppressed cell is at least 1 */
    DDG_READER_THRESHOLD, /* a cell with code 1 is below the threshold */
    DDG_READER_CODES,     /* a cell with code 2 is at the threshold or above */
    DDG_READER_AUTO,      /* what the table itself gives away */
};

/* The words of --knows for the levels before DDG_READER_AUTO; NULL behind them. */
extern const char *const ddg_reader_word[];

enum ddg_codes {
    DDG_CODES_AUTO,     /* merged when the description of code 1 speaks of complementary cells */
    DDG_CODES_MERGED,   /* code 1 says nothing of the count */
    DDG_CODES_SEPARATE, /* codes 1 and 2 are taken at their word */
};

enum ddg_rounding {
    DDG_ROUNDED_NEAREST,    /* halves up */
    DDG_ROUNDED_RANDOM,     /* to one of the two neighbouring multiples */
    DDG_ROUNDED_CONTROLLED, /* likewise, or within some bases, so that lines add up */
    DDG_ROUNDED_UP,
    DDG_ROUNDED_DOWN,
};

enum ddg_previous {
    DDG_PREVIOUS_RESTATED,   /* the same counts, but for those that were corrected */
    DDG_PREVIOUS_CUMULATIVE, /* counts of a shorter time: none is larger than today's */
    DDG_PREVIOUS_MOVING,     /* counts of another time: nothing follows */
};

/* COLUMN is count * per / POPULATION (or a total of the table), rounded to the decimals that it is
 * printed with. */
struct ddg_rate {
    struct ddg_text column, population, measure; /* measure is blank for the first of the table */
    struct ddg_list of; /* dimensions whose total stands in place of the population; else empty */
    uint64_t per;
};

struct ddg_pair {
    struct ddg_text left, right;
};

struct ddg_knowledge {
    enum ddg_reader reader;
    enum ddg_codes codes;
    uint8_t values_primary, values_complementary; /* how many must remain; 0: the usual number */
    uint64_t base;                                /* shown counts are rounded to multiples; 0: no */
    enum ddg_rounding rounding;
    uint64_t within; /* controlled: bases that a count may be away; 0: less than one */
    struct ddg_rate *rate;
    struct ddg_equation *equation;
    struct ddg_pair *link;   /* columns of different tables that mean the same */
    struct ddg_pair *events; /* count columns of persons, and of their events */
    const char **previous;   /* paths of earlier releases */
    size_t rates, equations, links, events_count, previous_count;
    enum ddg_previous previous_kind;
    bool previous_kind_named;
    bool discover;
    struct ddg_arena arena; /* owns names that stood in quotes, and the terms of equations */
    size_t rate_room, equation_room, link_room, events_room, previous_room;
};

/* The options that say all this, for the programs' table. */
extern const struct ddg_option ddg_knowledge_options[];

/* Starts with what is usual; free with ddg_knowledge_free(). */
void ddg_knowledge_init(struct ddg_knowledge *knowledge);

/* Takes one option of ddg_knowledge_options.  `value` must outlive the knowledge. */
enum ddg_error ddg_knowledge_set(struct ddg_knowledge *knowledge, int id, const char *value,
                                 struct ddg_context *context);

/* DDG_USAGE for options that contradict each other, or say something of nothing. */
enum ddg_error ddg_knowledge_check(const struct ddg_knowledge *knowledge,
                                   struct ddg_context *context);

/* True for the ids of ddg_knowledge_options. */
bool ddg_knowledge_has(int id);

void ddg_knowledge_free(struct ddg_knowledge *knowledge);

/* How far below and above the printed count the true one may be, when counts are rounded. */
void ddg_knowledge_rounding(const struct ddg_knowledge *knowledge, uint64_t *below,
                            uint64_t *above);

#endif
