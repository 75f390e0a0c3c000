/* settings.h: what this terminal knows before anyone signs in: server, terminal, printers, folder.
 *
 * A GKeyFile: group [janela] with the keys dsn, terminal, counter, language, text-scale, lock-after, print-server; one
 * group [printer NAME] for each printer (printing/printer.h); group [use] says which printer serves
 * what: receipt=NAME, form=NAME, ticket=NAME …; a printer chosen at the terminal itself stands in
 * its state folder. Groups [kiosk] and [board] have login and password-file, for what stands alone
 * in the hall, and [board] speech=true. $XDG_CONFIG_HOME/janela/janela.conf, else /etc/janela/janela.conf;
 * JANELA_CONFIG names another file, JANELA_DSN another server, JANELA_STATE another state folder. */
#pragma once

#include <gio/gio.h>
#include "printing/printer.h"

G_BEGIN_DECLS

#define JN_TYPE_SETTINGS (jn_settings_get_type ())
G_DECLARE_FINAL_TYPE (JnSettings, jn_settings, JN, SETTINGS, GObject)

/**
 * jn_settings_new:
 * @counter: `--counter N`, 0 for none: several terminals may run on one machine
 *
 * Reads the settings; a missing file is no error, a broken one or one that says what cannot be meant is
 * (always G_KEY_FILE_ERROR: the file, and the line in it).
 * Returns: (transfer full)
 */
JnSettings *jn_settings_new (int counter, GError **error);
/* From a text, for tests and the administration: the same rules. */
JnSettings *jn_settings_new_from_data (const char *text, int counter, GError **error);

int jn_settings_get_counter (JnSettings *self);
const char *jn_settings_get_dsn (JnSettings *self); /* (nullable): the embedded server */
const char *
jn_settings_get_terminal (JnSettings *self); /* "T07"; with a counter: T and two digits */
/* This terminal's own folder (0700, made when first asked for): journal, key, form cache. */
const char *jn_settings_get_state_folder (JnSettings *self);
/* Seconds without a key or button after which the window locks itself: lock-after, 600 */
guint jn_settings_get_lock_after (JnSettings *self);
/* Holds that folder until @self goes: two programs at one counter would take it from each other.
 * Error: CONFLICT `terminal-open` */
gboolean jn_settings_hold_state (JnSettings *self, GError **error);
const char *jn_settings_get_print_server (JnSettings *self); /* (nullable): CUPS's own choice */

/* The clerk's choices; each is written to the state folder at once. */
const char *jn_settings_get_language (JnSettings *self); /* "zh-Hant", "pt", "en" */
void jn_settings_set_language (JnSettings *self, const char *language);
double jn_settings_get_text_scale (JnSettings *self); /* 1.0 … 2.0 */
void jn_settings_set_text_scale (JnSettings *self, double scale);

/* For a screen that nobody sits at, @role "kiosk" or "board": the account that it signs in with; NULL:
 * none is set up. (transfer full): the password, from a file of its own; errors of reading it. */
char *jn_settings_get_account (JnSettings *self, const char *role);
char *jn_settings_read_password (JnSettings *self, const char *role, GError **error);
/* Whether the board speaks what it calls (off unless the settings say so). */
gboolean jn_settings_get_speech (JnSettings *self);

/**
 * jn_settings_get_printer:
 * @use: "receipt", "form" …
 *
 * Returns: (transfer none) (nullable): the printer that serves it; %NULL: none is set up
 */
const JnPrinterProfile *jn_settings_get_printer (JnSettings *self, const char *use);
/* (transfer container): the uses that have a printer, sorted; %NULL-terminated, strings borrowed. */
const char **jn_settings_list_uses (JnSettings *self);
/**
 * jn_settings_set_printer:
 * @profile: (nullable): %NULL: none, even where the settings file names one
 *
 * Chosen at this terminal: written to its state folder at once, and stronger than the settings file.
 * Returns: %FALSE with a G_FILE_ERROR when it could not be written; it then holds until the end.
 */
gboolean jn_settings_set_printer (JnSettings *self,
                                  const char *use,
                                  const JnPrinterProfile *profile,
                                  GError **error);

G_END_DECLS
