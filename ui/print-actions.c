/* print-actions.c: the window's actions that print papers of the visit. */
#include "ui/print-actions.h"

#include <glib/gi18n.h>

#include "app/visit-prints.h"

/* (nullable) */
static JnVisit *
find_visit (JnWindow *window)
{
  JnVisit *visit = jn_window_get_visit (window);
  gboolean open = visit != NULL && jn_window_get_prints (window) != NULL
                  && jn_session_get_state (jn_visit_get_session (visit)) == JN_SESSION_OPEN;

  return open ? visit : NULL;
}

static void
say (JnWindow *window, const char *words)
{
  jn_page_say (jn_window_get_page (window, jn_window_get_place (window)), words);
}

static void
notice_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *window = JN_WINDOW (user_data);
  JnVisit *visit = find_visit (window);

  if (visit == NULL)
    return;
  jn_visit_print_notice (visit, jn_window_get_prints (window));
  say (window, _("The notice of what is missing goes to the printer."));
}

/* @text: "" is nothing */
static JnWords
words_of (const char *text)
{
  return jn_words (*text != '\0' ? text : NULL, NULL);
}

/* (service, reason, basis, remedy), as the clerk wrote them */
static void
refusal_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *window = JN_WINDOW (user_data);
  JnVisit *visit = find_visit (window);
  const char *service, *reason, *basis, *remedy;
  JnRefusal refusal;

  if (visit == NULL)
    return;
  g_variant_get (parameter, "(&s&s&s&s)", &service, &reason, &basis, &remedy);
  refusal = (JnRefusal){ service, words_of (reason), words_of (basis), words_of (remedy) };
  jn_visit_print_refusal (visit, jn_window_get_prints (window), &refusal);
  say (window, _("The notice that it is not accepted goes to the printer."));
}

static void
forms_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *window = JN_WINDOW (user_data);
  JnVisit *visit = find_visit (window);
  g_autofree char *words = NULL;
  guint n;

  if (visit == NULL || (n = jn_visit_print_forms (visit, jn_window_get_prints (window))) == 0)
    return;
  words = g_strdup_printf (
      ngettext ("%u form to sign goes to the printer.", "%u forms to sign go to the printer.", n),
      n);
  say (window, words);
}

static const GActionEntry actions[] = {
  { "print-notice", notice_cb },
  { "print-forms", forms_cb },
  { "print-refusal", refusal_cb, "(ssss)" },
};

void
jn_print_actions_add (JnWindow *window)
{
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
}
