/* commands.h: what janela-form can do: one function a subcommand, each in its own file. */
#pragma once

/* @argv[0] is the subcommand's name. Returns: the program's exit code; 2 for wrong usage. */
int jn_tool_xpath (int argc, char **argv);
int jn_tool_check (int argc, char **argv);
int jn_tool_run (int argc, char **argv);
int jn_tool_bench (int argc, char **argv);
int jn_tool_flatten (int argc, char **argv);
