/* subject.h: what a citizen came for, on a slip. For app/papers/ only. */
#pragma once

#include "app/papers/sheet.h"

G_BEGIN_DECLS

/* A life event in one line, else the first services. @event: (nullable); @services: (nullable) */
void jn_sheet_add_subject (const JnSheet *sheet, const char *event, const char *const *services);

G_END_DECLS
