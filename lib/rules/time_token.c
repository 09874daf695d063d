#include "rules/time_token.h"

#include "rules/period_parts.h"

/* What says nothing by itself. */
static const uint32_t NOTHING = 1000;

struct known {
    const char *text;
    uint32_t word; /* enum ddg_time_word, or NOTHING */
    uint32_t number;
};

/* Longer ones before those that they begin with. */
static const struct known known[] = {
    {"year to date", DDG_TIME_YTD, 0},
    {"ytd", DDG_TIME_YTD, 0},
    {"up to", DDG_TIME_TO, 0},
    {"to date", DDG_TIME_LATER, 0},
    {"to", DDG_TIME_TO, 0},
    {"through", DDG_TIME_TO, 0},
    {"thru", DDG_TIME_TO, 0},
    {"until", DDG_TIME_BEFORE, 0},
    {"before", DDG_TIME_BEFORE, 0},
    {"prior to", DDG_TIME_BEFORE, 0},
    {"prior", DDG_TIME_BEFORE, 0},
    {"pre", DDG_TIME_BEFORE, 0},
    {"earlier", DDG_TIME_BEFORE, 0},
    {"since", DDG_TIME_SINCE, 0},
    {"later", DDG_TIME_LATER, 0},
    {"after", DDG_TIME_LATER, 0},
    {"onward", DDG_TIME_LATER, 0},
    {"onwards", DDG_TIME_LATER, 0},
    {"beyond", DDG_TIME_LATER, 0},
    {"present", DDG_TIME_NOW, 0},
    {"current", DDG_TIME_NOW, 0},
    {"now", DDG_TIME_NOW, 0},
    {"today", DDG_TIME_NOW, 0},
    {"and", DDG_TIME_AND, 0},
    {"or", DDG_TIME_AND, 0},
    {"q", DDG_TIME_QUARTER, 0},
    {"qtr", DDG_TIME_QUARTER, 0},
    {"quarter", DDG_TIME_QUARTER, 0},
    {"quarters", DDG_TIME_QUARTER, 0},
    {"h", DDG_TIME_HALF, 0},
    {"half", DDG_TIME_HALF, 0},
    {"semester", DDG_TIME_HALF, 0},
    {"first", DDG_TIME_NUMBER, 1},
    {"second", DDG_TIME_NUMBER, 2},
    {"third", DDG_TIME_NUMBER, 3},
    {"fourth", DDG_TIME_NUMBER, 4},
    {"st", NOTHING, 0},
    {"nd", NOTHING, 0},
    {"rd", NOTHING, 0},
    {"th", NOTHING, 0},
    {"of", NOTHING, 0},
    {"the", NOTHING, 0},
    {"in", NOTHING, 0},
    {"from", NOTHING, 0},
    {"year", NOTHING, 0},
    {"years", NOTHING, 0},
    {"cy", NOTHING, 0},
    {"calendar", NOTHING, 0},
    {"combined", NOTHING, 0},
    {"total", NOTHING, 0},
    {"fy", NOTHING, 0},
    {"sfy", NOTHING, 0},
    {"ffy", NOTHING, 0},
    {"sy", NOTHING, 0},
    {"fiscal", NOTHING, 0},
    {"federal", NOTHING, 0},
    {"state", NOTHING, 0},
    {"school", NOTHING, 0},
    {"academic", NOTHING, 0},
    /* signs */
    {"\xe2\x80\x93", DDG_TIME_DASH, 0},
    {"\xe2\x80\x94", DDG_TIME_DASH, 0},
    {"-", DDG_TIME_DASH, 0},
    {"_", DDG_TIME_DASH, 0},
    {"/", DDG_TIME_SLASH, 0},
    {"..", DDG_TIME_TO, 0},
    {":", DDG_TIME_TO, 0},
    {"&", DDG_TIME_AND, 0},
    {",", DDG_TIME_AND, 0},
    {"+", DDG_TIME_PLUS, 0},
    {".", NOTHING, 0},
    {"'", NOTHING, 0},
    {" ", NOTHING, 0},
    {"(", NOTHING, 0},
    {")", NOTHING, 0},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    c = ddg_text_small(c);
    return c >= 'a' && c <= 'z';
}

/* Words end where letters do. */
static bool stands_at(struct ddg_text label, size_t at, const char *text, size_t length)
{
    struct ddg_text here = {label.at + at, length};

    return label.length - at >= length && ddg_text_alike(here, (struct ddg_text){text, length}) &&
           (!is_letter(text[0]) || at + length == label.length ||
            !is_letter(label.at[at + length]));
}

static const struct known *find_known(struct ddg_text label, size_t at)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (stands_at(label, at, known[i].text, strlen(known[i].text)))
            return &known[i];
    return NULL;
}

/* Reads digits; returns how many, 0 where there are too many. */
static unsigned read_digits(struct ddg_text label, size_t at, uint32_t *number)
{
    unsigned digits = 0;

    *number = 0;
    while (at + digits < label.length && is_digit(label.at[at + digits])) {
        if (digits == 8)
            return 0;
        *number = *number * 10 + (uint32_t)(label.at[at + digits++] - '0');
    }
    return digits;
}

/* The month of a word, and how long that is; 0 for any other. */
static uint32_t read_month(struct ddg_text label, size_t at, size_t *length)
{
    char word[16];

    for (*length = 0; at + *length < label.length && is_letter(label.at[at + *length]); ++*length)
        if (*length < sizeof word)
            word[*length] = ddg_text_small(label.at[at + *length]);
    return *length > 0 && *length < sizeof word ? ddg_period_month_of(word, *length) : 0;
}

/* Reads what stands at a place; returns its length, 0 for what is not known. */
static size_t read_one(struct ddg_text label, size_t at, struct ddg_time_token *token, bool *said)
{
    const struct known *here;
    size_t length;

    *said = true;
    *token = (struct ddg_time_token){.word = DDG_TIME_NUMBER};
    if (is_digit(label.at[at]))
        return token->digits = read_digits(label, at, &token->number);
    if ((token->number = read_month(label, at, &length)) > 0) {
        token->word = DDG_TIME_MONTH;
        return length;
    }
    here = find_known(label, at);
    if (!here)
        return 0;
    *said = here->word != NOTHING;
    if (*said)
        *token =
            (struct ddg_time_token){(enum ddg_time_word)here->word, here->number, here->number > 0};
    return strlen(here->text);
}

bool ddg_time_tokens_read(struct ddg_text label, struct ddg_time_token token[DDG_TIME_TOKENS + 1])
{
    size_t count = 0;

    for (size_t at = 0, length; at < label.length; at += length) {
        bool said;

        if (count == DDG_TIME_TOKENS)
            return false;
        length = read_one(label, at, &token[count], &said);
        if (length == 0)
            return false;
        count += said;
    }
    token[count] = (struct ddg_time_token){.word = DDG_TIME_END};
    return true;
}
