#include "rules/identifiers.h"

#include "rules/words.h"

#include <stdio.h>

/* By name ------------------------------------------------------------------------------------ */

struct kind {
    const char *what;
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
    {"names of persons", names},
    {"social security numbers", social},
    {"telephone numbers", phones},
    {"e-mail addresses", emails},
    {"medical record numbers", records},
    {"internet addresses", urls},
    {"IP addresses", internet},
    {"addresses", addresses},
    {"birth dates", births},
    {"vehicle numbers", vehicles},
    {"pictures", pictures},
};

/* "patient_nbr", "member id" */
static bool is_number_of_subject(const char *words)
{
    static const char *const subjects[] = {
        "patient",  "client",    "member",     "person", "beneficiary", "subscriber",
        "enrollee", "recipient", "individual", "inmate", "participant", "consumer",
        "student",  "account",   "acct",       "device", "serial",      "certificate",
        "license",  "licence",   "policy",     "chart",  "claim",       "encounter",
        "record",   "medi cal",  NULL};
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

const char *ddg_identifier_by_name(const char *words)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ddg_words_have_any(words, kinds[i].phrases))
            return kinds[i].what;
    return is_number_of_subject(words) ? "numbers of persons or their records" : NULL;
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

const char *ddg_identifier_by_values(const struct ddg_table *table, size_t column,
                                     struct ddg_text total)
{
    static const struct {
        const char *what;
        bool (*is)(struct ddg_text value);
    } shapes[] = {
        {"social security numbers", is_social}, {"telephone numbers", is_phone},
        {"e-mail addresses", is_email},         {"internet addresses", is_url},
        {"IP addresses", is_internet},
    };

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct ddg_text first = {NULL, 0};
        bool all = true, same = true;
        size_t filled = 0;

        for (size_t row = 0; all && row < table->rows; row++) {
            struct ddg_text value = ddg_text_trim(ddg_table_field(table, row, column));

            if (value.length == 0 || ddg_text_equal(value, total))
                continue;
            if (filled++ == 0)
                first = value;
            same = same && ddg_text_equal(value, first);
            all = shapes[i].is(value);
        }
        if (all && filled > 0 && (!same || table->rows == 1))
            return shapes[i].what;
    }
    return NULL;
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
