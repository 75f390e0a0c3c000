/* catalogue-diff.h: what another version of a form asks otherwise. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * jn_catalogue_diff:
 * @before: the form as published
 *
 * Returns: (transfer full): one line, "questions +2 -1 ~3" and the paths, at most a few; "texts only"
 * where the nodes are the same; "unreadable" where @before does not load
 */
char *jn_catalogue_diff (GBytes *before, GBytes *after);

G_END_DECLS
