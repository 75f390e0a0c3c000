/* node-path.h: nodes named by their places from the document node on, both ways. */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

/* (nullable): the node at @path, "/" is the document */
xmlNode *jn_node_at_path (xmlDoc *doc, const char *path);
/* (transfer full) */
char *jn_node_get_path (const xmlNode *node);
