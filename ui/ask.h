/* ask.h: a question that appears in the page: some choices, a text, and the button that answers it.
 *
 * There are no dialogs: the page puts it into a slot of its own and takes it away again. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_ASK (jn_ask_get_type ())
G_DECLARE_FINAL_TYPE (JnAsk, jn_ask, JN, ASK, GtkBin)

/* Signals: "answered": the button was pressed and nothing is missing; "left": it was not wanted. */
/* @words: (nullable): what happens then */
JnAsk *jn_ask_new (const char *question, const char *words);

/**
 * jn_ask_add_reasons:
 * @codes: ended by NULL: what jn_ticket_words_why() has words for; the first one is chosen
 *
 * As radio buttons, with a field for another reason.
 */
void jn_ask_add_reasons (JnAsk *self, const char *const *codes);
/* What was chosen or typed; "" is never given: the answer waits for it. */
const char *jn_ask_get_reason (JnAsk *self);

/* A drop-down; returns it: GtkComboBoxText with ids. The first row that is added is chosen. */
GtkWidget *jn_ask_add_list (JnAsk *self, const char *label);
void jn_ask_add_row (GtkWidget *list, const char *id, const char *words);
/* A field; @required: the answer waits for it. */
GtkWidget *jn_ask_add_entry (JnAsk *self, const char *label, gboolean required);
/* Any other field with a label. */
void jn_ask_add_field (JnAsk *self, const char *label, GtkWidget *field);
/* Anything else between question and buttons. */
void jn_ask_add (JnAsk *self, GtkWidget *widget);

/* The button that answers; @danger: it is marked as one that cannot be taken back. */
void jn_ask_set_answer (JnAsk *self, const char *label, gboolean danger);
/* A line of what is wrong; NULL takes it away. */
void jn_ask_say (JnAsk *self, const char *words);

/* Puts it into an empty box and gives it the keyboard; what was there is taken away. */
void jn_ask_put (JnAsk *self, GtkWidget *slot);
/* Ctrl+Enter in it: as its button, but what is marked as dangerous only gets the keyboard by it first. */
void jn_ask_answer (JnAsk *self);
/* Alt+Left in it: it is taken away, the keyboard goes to who had it before. */
void jn_ask_leave (JnAsk *self);
/* (transfer none) (nullable): the question that has the keyboard */
JnAsk *jn_ask_find_focused (GtkWindow *window);
/* Takes away what is there. */
void jn_ask_clear (GtkWidget *slot);
gboolean jn_ask_is_open (GtkWidget *slot);

G_END_DECLS
