/* desk-driver.h: drives the real program from outside: sees it as a screen reader does, types as a hand does.
 *
 * The driver needs a display (tests/with-x) and a session bus (tests/with-bus). Things are found by
 * role and accessible name; a control without a name of its own has that of the label in front of
 * it. Every wait has a deadline; when it passes, the visible tree and a picture of the screen are
 * left beside the log and the process aborts, so that a test says what it saw. */
#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* libatspi declares none of these itself. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiSelection, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)

typedef struct _JnDeskDriver JnDeskDriver;

/**
 * jn_desk_driver_start:
 * @arguments: (nullable): what to say after the program's name, as {"--counter", "7", NULL}
 * @environment: (nullable): further NAME=VALUE strings
 *
 * Starts janela from $JANELA_BIN and waits for its window.
 * Returns: (transfer full): free with jn_desk_driver_stop()
 */
JnDeskDriver *jn_desk_driver_start (const char *const *arguments, const char *const *environment);
/* Another program of GTK instead of janela: for tests of the driver itself. */
JnDeskDriver *jn_desk_driver_start_program (const char *path,
                                            const char *const *arguments,
                                            const char *const *environment);
/* Asks the program to end, waits, and returns what it exited with (-1: it had to be killed). */
int jn_desk_driver_stop (JnDeskDriver *self);
/* The same for one that ends by itself: it is not asked, and was told how already. */
int jn_desk_driver_wait_end (JnDeskDriver *self);
/* Kills it as a power cut would. */
void jn_desk_driver_kill (JnDeskDriver *self);

/* Seconds that a wait may take; 60 at first. */
void jn_desk_driver_set_deadline (JnDeskDriver *self, double seconds);

/**
 * jn_desk_driver_find:
 * @role: ATSPI_ROLE_INVALID for any
 * @name: the accessible name; a last "*" stands for any rest, a first one for any beginning
 *
 * Returns: (transfer full) (nullable): the first such visible thing, now; %NULL when there is none
 */
AtspiAccessible *jn_desk_driver_find (JnDeskDriver *self, AtspiRole role, const char *name);
/* The same, waited for. Returns: (transfer full) */
AtspiAccessible *jn_desk_driver_wait (JnDeskDriver *self, AtspiRole role, const char *name);
void jn_desk_driver_wait_gone (JnDeskDriver *self, AtspiRole role, const char *name);

typedef gboolean (*JnDeskCondition) (JnDeskDriver *self, gpointer user_data);
/* Waits until @condition holds; @what says in words what was waited for. */
void jn_desk_driver_until (JnDeskDriver *self,
                           JnDeskCondition condition,
                           gpointer user_data,
                           const char *what);

/* Presses a button, ticks a box, chooses a row: waits until it is there and sensitive. */
void jn_desk_driver_press (JnDeskDriver *self, AtspiRole role, const char *name);
/* The same for each of that name that is there and not on yet. Returns: how many there were */
guint jn_desk_driver_press_all (JnDeskDriver *self, AtspiRole role, const char *name);
/* Puts the focus into the field with that label and waits until it is there. */
void jn_desk_driver_focus (JnDeskDriver *self, const char *label);
/* Writes into the field with that label, any script, at once. */
void jn_desk_driver_fill (JnDeskDriver *self, const char *label, const char *text);
/* Whether the thing with that accessible id (a form's question: its node's path) is on the page now. */
gboolean jn_desk_driver_shows (JnDeskDriver *self, const char *id);
/* Answers the question with that accessible id: "#2" takes the second choice or ticks the second box;
 * "#2 Label" does so too, and writes the label where a list is searched by typing; other text is
 * written. */
void jn_desk_driver_answer (JnDeskDriver *self, const char *id, const char *answer);
/* Picks @choice in the drop-down with that label. */
void jn_desk_driver_choose (JnDeskDriver *self, const char *label, const char *choice);
/* What stands in the field. Returns: (transfer full) */
char *jn_desk_driver_read (JnDeskDriver *self, const char *label);

/* Keys arrive when they arrive: waits until the field reads @text. */
void jn_desk_driver_wait_text (JnDeskDriver *self, const char *label, const char *text);

/* Real key presses through the X server: "F2", "Control+Return", "Alt+Left". */
void jn_desk_driver_key (JnDeskDriver *self, const char *keys);
/* Real key presses, one after another; ASCII only. */
void jn_desk_driver_type (JnDeskDriver *self, const char *text);
guint jn_desk_driver_get_keys (JnDeskDriver *self); /* how many were pressed so far */

/* Waits until two looks at the screen, a few frames apart, see the same: nothing moves any more. */
void jn_desk_driver_settle (JnDeskDriver *self);
/* A number that changes with what is on the screen. */
guint jn_desk_driver_get_checksum (JnDeskDriver *self);
/* The whole screen as a PNG. */
void jn_desk_driver_picture (JnDeskDriver *self, const char *path);
/* The visible tree, one line a thing: role, name, states. Returns: (transfer full) */
char *jn_desk_driver_describe (JnDeskDriver *self);

G_END_DECLS
