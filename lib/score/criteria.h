/*
 * The Publication Scoring Criteria (DDG 4.3, 16.2; R-PSC-4): variables, their classes, and the
 * score of each.  They are data: data/psc-2.0.csv is built in, and a department can pass a file of
 * its own.
 *
 * A file is CSV, a row per class, those of a variable together, the finer ones anywhere among them:
 *
 *   variable  its name; "edition", "decision", "nothing", "aside", "apart", "quantity", "age_end"
 *             and "high_risk" are no variables but what their notes say
 *   category  what the class is called on score cards
 *   min, max  the numbers of the class, both ends included; blank: no end, or no numbers
 *   score     a whole number, or "high-risk": counts under the threshold are masked whatever the
 *             score (R-HR-1)
 *   section   of the guideline
 *   note      for readers
 *   by        what the numbers count (enum ddg_measured), the same in all rows of a variable
 *   columns   phrases in names of columns, '|' between; in the row of a class without numbers and
 *             labels, such columns are of this class; in a row "apart", columns that are of no
 *             variable measured so, whatever else their names and labels say; in the row
 *             "quantity", columns whose labels are numbers of something, but not ages
 *   labels    labels of categories in the class, '|' between; "*" for any that no other class has
 *   least     of the interaction: the class holds where the smallest count is this or more
 *   crossed   "no" where a variable in the class does not count in the interaction
 *   refines   the variable whose finer categories these are; in a row "aside", which stands behind
 *             the rows of that variable, whose labels may have the phrases beside their own
 */
#ifndef DDG_SCORE_CRITERIA_H
#define DDG_SCORE_CRITERIA_H

#include "base/memory.h"
#include "base/prose.h"

enum ddg_measured {
    DDG_BY_LABELS,    /* no number: classes have labels */
    DDG_BY_COUNT,     /* the smallest count of a table that is not 0 */
    DDG_BY_YEARS,     /* of age, in a band */
    DDG_BY_MONTHS,    /* in a period */
    DDG_BY_AREA,      /* people in a place */
    DDG_BY_MEMBERS,   /* of a health plan */
    DDG_BY_ENROLMENT, /* in a programme */
    DDG_BY_GROUP,     /* people of a group in the state */
    DDG_BY_GROUPS,    /* how many categories there are */
    DDG_BY_VARIABLES, /* how many are crossed beside events, time and place */
    DDG_BY_TOTAL,     /* the score of a table */
    DDG_MEASURES,
};

/* Phrases or labels, each as ddg_words_of() writes it. */
struct ddg_phrases {
    const char **item;
    size_t count;
};

struct ddg_class {
    const char *category, *section;
    uint64_t min, max; /* 0 and UINT64_MAX where there is no end */
    bool numbers;      /* the class has either */
    bool high_risk;    /* it has no score: small counts are masked */
    bool any_label;
    bool crossed;
    int64_t score;
    uint64_t least;
    struct ddg_phrases columns, labels;
};

struct ddg_variable {
    const char *name;
    enum ddg_measured by;
    const struct ddg_class *class;
    size_t classes;
    const char *refines;      /* name of another variable; NULL for none */
    struct ddg_phrases aside; /* in labels: these change nothing, "alone" of "Asian alone" */
};

struct ddg_criteria {
    const char *edition, *title;
    struct ddg_variable *variable;
    size_t variables;
    int64_t release_most; /* a total of this or less may be released (R-PSC-3) */
    uint64_t age_end;     /* where an open age band ends (R-PSC-5) */
    const char *release_section;
    struct ddg_phrases nothing;             /* labels that are no category of anything */
    struct ddg_phrases apart[DDG_MEASURES]; /* in names of columns that are nothing measured so */
    struct ddg_phrases quantity;            /* in names of columns with numbers that are no ages */
    const struct ddg_class *high_risk; /* whose labels are signs of a population at high risk */
    size_t high_risks;
    struct ddg_arena arena;
};

/* Reads a file, or without a path the built-in criteria of an edition ("2.0", "1.0").  DDG_USAGE
 * for another edition, DDG_INPUT for a file that makes no sense, naming line and column.  Free with
 * ddg_criteria_free(), also after an error. */
enum ddg_error ddg_criteria_read(struct ddg_criteria *criteria, const char *edition,
                                 const char *path, struct ddg_context *context);

void ddg_criteria_free(struct ddg_criteria *criteria);

/* The variable of that name, NULL for none. */
const struct ddg_variable *ddg_criteria_find(const struct ddg_criteria *criteria,
                                             struct ddg_text name);

/* The first variable that is measured so, NULL for none. */
const struct ddg_variable *ddg_criteria_by(const struct ddg_criteria *criteria,
                                           enum ddg_measured by);

/* Says what a column can be taken for: "age_range, sex, other:population". */
void ddg_criteria_say_variables(const struct ddg_criteria *criteria, struct ddg_prose *prose);

/* The class that a number is in; beyond all classes the highest one (R-PSC-2). */
const struct ddg_class *ddg_class_of_number(const struct ddg_variable *variable, uint64_t number);

/* The class that lists the label, as it is or else without what stands aside; NULL for none. */
const struct ddg_class *ddg_class_with_label(const struct ddg_variable *variable,
                                             struct ddg_text label);

/* The same, or else the class of any label; NULL for none. */
const struct ddg_class *ddg_class_of_label(const struct ddg_variable *variable,
                                           struct ddg_text label);

/* The class of that name, or whose name has that word where only one has; NULL for none. */
const struct ddg_class *ddg_class_named(const struct ddg_variable *variable, struct ddg_text name);

/* The class with the highest score; high risk is higher than any. */
const struct ddg_class *ddg_class_highest(const struct ddg_variable *variable);

/* The length of the longest of the phrases that words (ddg_words_of()) have, 0 for none. */
size_t ddg_phrases_longest(const struct ddg_phrases *phrases, const char *words);

/* True when a label is one of the phrases. */
bool ddg_phrases_have(const struct ddg_phrases *phrases, struct ddg_text label);

#endif
