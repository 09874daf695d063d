#include "rules/identifiers.h"

#include "rules/words.h"

#include <stdio.h>

/* By name ------------------------------------------------------------------------------------ */

struct kind {
    struct ddg_identifier identifier;
    const char *const *phrases;
};

static const char *const names[] = {"first name",       "last name",
                                    "full name",        "middle name",
                                    "given name",       "family name",
                                    "maiden name",      "surname",
                                    "forename",         "firstname",
                                    "lastname",         "fullname",
                                    "patient name",     "client name",
                                    "member name",      "person name",
                                    "beneficiary name", "subscriber name",
                                    "enrollee name",    "recipient name",
                                    "participant name", "child name",
                                    "mother name",      "mothers name",
                                    "father name",      NULL};
static const char *const social[] = {"ssn", "social security", NULL};
static const char *const phones[] = {"phone",       "telephone",    "fax",           "cell phone",
                                     "phonenumber", "phone number", "mobile number", NULL};
static const char *const emails[] = {"email", "e mail", "emailaddress", NULL};
static const char *const records[] = {"mrn", "medical record", "cin", "mbi", "hicn", NULL};
static const char *const urls[] = {"url", "website", "web address", NULL};
static const char *const internet[] = {"ip address", "ip addr", "ipaddress", NULL};
static const char *const addresses[] = {"address", "street", "addr", NULL};
static const char *const births[] = {
    "dob", "birth date", "date of birth", "birthdate", "birthday", "birth dt", NULL};
static const char *const vehicles[] = {"vin", "license plate", "licence plate", NULL};
static const char *const pictures[] = {"photo", "photograph", "fingerprint", NULL};

static const struct kind kinds[] = {
    {{"names of persons", true}, names},
    {{"social security numbers", true}, social},
    {{"medical record numbers", true}, records},
    {{"birth dates", true}, births},
    {{"telephone numbers", false}, phones},
    {{"e-mail addresses", false}, emails},
    {{"internet addresses", false}, urls},
    {{"IP addresses", false}, internet},
    {{"addresses", false}, addresses},
    {{"vehicle numbers", false}, vehicles},
    {{"pictures", false}, pictures},
};

/* "patient_nbr", "member id" */
static bool is_number_of(const char *words, const char *const *subjects)
{
    static const char *const numbers[] = {"id",   "nbr", "number", "num", "no",   "identifier",
                                          "guid", "uid", "uuid",   "key", "nmbr", NULL};
    char phrase[64];

    for (const char *const *subject = subjects; *subject; subject++)
        for (const char *const *number = numbers; *number; number++) {
            snprintf(phrase, sizeof phrase, "%s %s", *subject, *number);
            if (ddg_words_have(words, phrase))
                return true;
        }
    return false;
}

bool ddg_identifier_by_name(const char *words, struct ddg_identifier *identifier)
{
    static const char *const persons[] = {"patient",     "client",      "member",   "person",
                                          "beneficiary", "subscriber",  "enrollee", "individual",
                                          "recipient",   "participant", "inmate",   "consumer",
                                          "student",     "chart",       "claim",    "encounter",
                                          "record",      "medi cal",    NULL};
    static const char *const others[] = {"account", "acct",    "device", "serial", "certificate",
                                         "license", "licence", "policy", NULL};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ddg_words_have_any(words, kinds[i].phrases)) {
            *identifier = kinds[i].identifier;
            return true;
        }
    *identifier = (struct ddg_identifier){"numbers of persons or their records", true};
    if (is_number_of(words, persons))
        return true;
    *identifier = (struct ddg_identifier){"numbers of accounts, licenses or devices", false};
    return is_number_of(words, others);
}

bool ddg_identifier_of_organisation(const char *words)
{
    static const char *const organisations[] = {
        "facility",     "facilities", "hospital",  "provider", "clinic", "agency",
        "office",       "school",     "pharmacy",  "site",     "vendor", "plan",
        "organization", "department", "oshpd",     "hcai",     "npi",    "program",
        "agencies",     "providers",  "hospitals", NULL};

    return ddg_words_have_any(words, organisations);
}

/* By values ---------------------------------------------------------------------------------- */

static bool is_social(struct ddg_text value)
{
    return ddg_text_fits(value, "999-99-9999");
}

static bool is_phone(struct ddg_text value)
{
    static const char *const shapes[] = {
        "(999) 999-9999",  "(999)999-9999",   "999-999-9999",    "999.999.9999", "999 999-9999",
        "1-999-999-9999~", "+1 999 999 9999", "+1-999-999-9999", "+19999999999", NULL};

    return ddg_text_fits_any(value, shapes);
}

static bool is_url(struct ddg_text value)
{
    static const char *const shapes[] = {"http://~", "https://~", "www.~", NULL};

    return ddg_text_fits_any(value, shapes);
}

static bool is_email(struct ddg_text value)
{
    const char *at = value.length > 0 ? memchr(value.at, '@', value.length) : NULL;
    size_t before = at ? (size_t)(at - value.at) : 0, after = value.length - before;

    return at && before > 0 && after > 3 && memchr(at, '.', after) &&
           !memchr(value.at, ' ', value.length) && !memchr(at + 1, '@', after - 1);
}

static bool is_internet(struct ddg_text value)
{
    unsigned parts = 0;

    for (size_t i = 0; i < value.length; i++) {
        unsigned number = 0, digits = 0;

        for (; i < value.length && value.at[i] >= '0' && value.at[i] <= '9' && digits < 4; i++) {
            number = number * 10 + (unsigned)(value.at[i] - '0');
            digits++;
        }
        parts++;
        if (digits == 0 || number > 255 || (i < value.length && value.at[i] != '.'))
            return false;
    }
    return parts == 4 && value.at[value.length - 1] != '.';
}

/* True when all values have the shape, and there are several. */
static bool all_are(const struct ddg_table *table, size_t column, struct ddg_text total,
                    bool (*is)(struct ddg_text value))
{
    struct ddg_text first = {NULL, 0};
    bool same = true;
    size_t filled = 0;

    for (size_t row = 0; row < table->rows; row++) {
        struct ddg_text value = ddg_text_trim(ddg_table_field(table, row, column));

        if (value.length == 0 || ddg_text_equal(value, total))
            continue;
        if (!is(value))
            return false;
        if (filled++ == 0)
            first = value;
        same = same && ddg_text_equal(value, first);
    }
    return filled > 0 && (!same || table->rows == 1);
}

bool ddg_identifier_by_values(const struct ddg_table *table, size_t column, struct ddg_text total,
                              struct ddg_identifier *identifier)
{
    static const struct {
        struct ddg_identifier identifier;
        bool (*is)(struct ddg_text value);
    } shapes[] = {
        {{"social security numbers", true}, is_social}, {{"telephone numbers", false}, is_phone},
        {{"e-mail addresses", false}, is_email},        {{"internet addresses", false}, is_url},
        {{"IP addresses", false}, is_internet},
    };

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (all_are(table, column, total, shapes[i].is)) {
            *identifier = shapes[i].identifier;
            return true;
        }
    return false;
}

static bool is_like_name(struct ddg_text value)
{
    static const char *const others[] = {"county",  "city",    "hospital", "center",     "centre",
                                         "health",  "medical", "clinic",   "plan",       "inc",
                                         "llc",     "school",  "district", "department", "total",
                                         "unknown", "other",   NULL};
    char words[DDG_WORDS_ROOM];
    unsigned count = 0;

    ddg_words_of(value, words);
    for (const char *at = words + 1; *at; at++) {
        if (*at >= '0' && *at <= '9')
            return false;
        count += *at == ' ';
    }
    return count >= 2 && count <= 4 && !ddg_words_have_any(words, others);
}

bool ddg_identifier_like_names(const struct ddg_table *table, size_t column, struct ddg_text total)
{
    size_t filled = 0, like = 0;

    for (size_t row = 0; row < table->rows; row++) {
        struct ddg_text value = ddg_text_trim(ddg_table_field(table, row, column));

        if (value.length == 0 || ddg_text_equal(value, total))
            continue;
        filled++;
        like += is_like_name(value);
    }
    return filled > 0 && like * 2 >= filled;
}
