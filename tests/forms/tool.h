/* tool.h: runs janela-form as scripts do. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  int status;
  char *out;
} ToolRun;

void tool_run_clear (ToolRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolRun, tool_run_clear)

/* @input: (nullable): what stands on its standard input; @arguments: NULL-terminated */
ToolRun tool_run (const char *input, const char *const *arguments);
/* Runs it without input; @out: (nullable): not looked at */
void tool_expect (int status, const char *out, const char *const *arguments);
/* (transfer full): the path of a file made in @folder */
char *tool_write (const char *folder, const char *name, const char *content);

#define ARGUMENTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

G_END_DECLS
