#include "report/record.h"

#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The last second of the year 9999. */
#define LATEST 253402300799

enum ddg_error ddg_record_date(int64_t *seconds, struct ddg_context *context)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t given;

    if (!epoch) {
        *seconds = (int64_t)time(NULL);
        return DDG_OK;
    }
    if (!ddg_parse_unsigned(ddg_text_of(epoch), &given) || given > LATEST)
        return ddg_fail(context, DDG_USAGE,
                        "SOURCE_DATE_EPOCH is a number of seconds since 1970, not '%s'", epoch);
    *seconds = (int64_t)given;
    return DDG_OK;
}

const char *ddg_record_date_text(int64_t seconds, char room[DDG_DATE_ROOM])
{
    time_t time = (time_t)seconds;
    struct tm parts;

    if (!gmtime_r(&time, &parts) || !strftime(room, DDG_DATE_ROOM, "%Y-%m-%dT%H:%M:%SZ", &parts))
        room[0] = '\0';
    return room;
}

bool ddg_record_input_is_new(const struct ddg_inputs *inputs, size_t number)
{
    char own[DDG_DIGEST_ROOM], other[DDG_DIGEST_ROOM];

    ddg_digest_text(&inputs->input[number].digest, own);
    for (size_t i = 0; i < number; i++) {
        if (strcmp(inputs->input[i].name, inputs->input[number].name) != 0)
            continue;
        ddg_digest_text(&inputs->input[i].digest, other);
        if (strcmp(own, other) == 0)
            return false;
    }
    return true;
}
