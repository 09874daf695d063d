/*
 * Large zeroed memory that is read here and there, such as the slots of a hash table: in huge pages
 * where the system has them, since most of what such a read costs is finding its page.
 */
#ifndef DDG_BASE_PAGES_H
#define DDG_BASE_PAGES_H

#include "base/error.h"

/* Puts `bytes` zeroed bytes into *pointer; free with ddg_pages_free() and the same number. */
enum ddg_error ddg_pages_new(void *pointer, size_t bytes, struct ddg_context *context);

/* Makes them `more` bytes, of which those behind the first `bytes` are zero.  What is there already
 * is not copied, where the system can move its pages.  After an error all is as it was. */
enum ddg_error ddg_pages_grow(void *pointer, size_t bytes, size_t more,
                              struct ddg_context *context);

/* NULL is fine. */
void ddg_pages_free(void *pointer, size_t bytes);

#endif
