/* check.h: what is wrong with a form, a life event or the facts, by line. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JnFinding:
 * @line: from 1; 0 where no line is to blame
 * @error: what ODK Validate refuses too, or what our vocabulary does not allow; else a warning:
 *   a text missing in zh-Hant, pt or en, a control without label, a node that nothing asks for
 */
typedef struct
{
  long line;
  gboolean error;
  char *text;
} JnFinding;

/* (transfer full) (element-type JnFinding): in the order of lines; errors only when unreadable */
GPtrArray *jn_check_file (const char *path, GError **error);

G_END_DECLS
