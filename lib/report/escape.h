/*
 * Texts that strangers wrote (labels, names of columns and files), made harmless for a format.
 *
 * What comes out is always UTF-8.  A byte that is none becomes U+FFFD.  JSON keeps control
 * characters as escapes; the other formats show U+FFFD for those and for characters that turn the
 * direction of what follows, and a space for ends of lines and tabs.
 */
#ifndef DDG_REPORT_ESCAPE_H
#define DDG_REPORT_ESCAPE_H

#include "base/text.h"
#include "csv/sink.h"

enum ddg_escape {
    DDG_ESCAPE_TEXT,
    DDG_ESCAPE_MARKDOWN, /* also what would be markup, links or math */
    DDG_ESCAPE_HTML,     /* fit for text and for values of attributes in quotes */
    DDG_ESCAPE_JSON,     /* what stands between the quotes of a string */
};

/* Adds the text to the sink, whose context has the error if there is one. */
void ddg_escape(struct ddg_sink *sink, struct ddg_text text, enum ddg_escape escape);

/* Adds the text as a string of JSON, in quotes. */
void ddg_escape_quoted(struct ddg_sink *sink, struct ddg_text text);

/* How many characters DDG_ESCAPE_TEXT makes of the text: its width, but for characters that are
 * drawn wide or not at all. */
size_t ddg_escape_width(struct ddg_text text);

#endif
