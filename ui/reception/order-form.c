/* order-form.c: what a ticket is for: services, who goes first, language, companions, a note. */
#include "ui/reception/order-form.h"

#include <glib/gi18n.h>

#include "ui/language.h"
#include "ui/reception/companions.h"
#include "ui/service-picker.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

#define MOST_COMPANIONS 9
#define N_PRIORITIES JN_PRIORITY_APPOINTED /* that one comes by booking only */

struct _JnOrderForm
{
  GtkBin parent;

  GtkWidget *picker;
  GtkWidget *priorities[N_PRIORITIES];
  GtkWidget *languages[3];
  GtkWidget *companions; /* who need the same */
  GtkWidget *others;     /* who need something else */
  GtkWidget *note;

  GPtrArray *companion_services; /* of const char *const *, ended by NULL */
};

G_DEFINE_TYPE (JnOrderForm, jn_order_form, GTK_TYPE_BIN)

static guint changed_signal;
static guint scanned_signal;

static void
changed (JnOrderForm *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* -- a row of choices, one of which is on -- */

static void
choice_toggled_cb (GtkToggleButton *button, JnOrderForm *self)
{
  if (gtk_toggle_button_get_active (button))
    changed (self);
}

static GtkWidget *
add_choice (JnOrderForm *self, GtkWidget *flow, GtkWidget *group, const char *label)
{
  GtkWidget *button = gtk_radio_button_new_with_label_from_widget (
      group != NULL ? GTK_RADIO_BUTTON (group) : NULL, label);
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_toggle_button_set_mode (GTK_TOGGLE_BUTTON (button), FALSE);
  jn_add_classes (button, "act");
  g_signal_connect (button, "toggled", G_CALLBACK (choice_toggled_cb), self);
  gtk_widget_set_can_focus (child, FALSE);
  gtk_container_add (GTK_CONTAINER (child), button);
  gtk_container_add (GTK_CONTAINER (flow), child);
  gtk_widget_show_all (child);
  return button;
}

static GtkWidget *
add_choices (GtkWidget *box, const char *label, const char *key)
{
  GtkWidget *flow = gtk_flow_box_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *chip = jn_label_new (key, "key");

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 8);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 8);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 6);
  jn_set_name (flow, label);
  jn_pack (row, jn_text_new (label, "small"));
  jn_pack (row, chip);
  jn_pack (box, row);
  jn_pack (box, flow);
  return flow;
}

static void
add_priorities (JnOrderForm *self, GtkWidget *box)
{
  GtkWidget *flow = add_choices (box, _("Goes first because"), "F7");

  for (guint i = 0; i < N_PRIORITIES; i++)
    self->priorities[i] = add_choice (self, flow, i > 0 ? self->priorities[0] : NULL,
                                      jn_ticket_words_class ((JnPriority)i));
}

static void
add_languages (JnOrderForm *self, GtkWidget *box)
{
  GtkWidget *flow = add_choices (box, _("Language of the citizen"), "F8");
  const JnLanguage *languages = jn_language_list ();

  for (guint i = 0; i < G_N_ELEMENTS (self->languages); i++)
    self->languages[i]
        = add_choice (self, flow, i > 0 ? self->languages[0] : NULL, languages[i].name);
}

void
jn_order_form_show_credits (JnOrderForm *self, JnReception *reception)
{
  for (guint i = 1; i < N_PRIORITIES; i++)
    {
      int credit = jn_reception_get_credit_minutes (reception, (JnPriority)i);
      const char *words = jn_ticket_words_class ((JnPriority)i);
      g_autofree char *label
          = credit > 0 ? g_strdup_printf (_("%s (%d min)"), words, credit) : g_strdup (words);

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->priorities[i])), label) != 0)
        gtk_button_set_label (GTK_BUTTON (self->priorities[i]), label);
    }
}

static guint
find_pressed (GtkWidget *const *buttons, guint n)
{
  for (guint i = 0; i < n; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (buttons[i])))
      return i;
  return 0;
}

static void
press (GtkWidget *button)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
press_next (GtkWidget *const *buttons, guint n)
{
  press (buttons[(find_pressed (buttons, n) + 1) % n]);
}

void
jn_order_form_next_priority (JnOrderForm *self)
{
  press_next (self->priorities, N_PRIORITIES);
}

void
jn_order_form_next_language (JnOrderForm *self)
{
  press_next (self->languages, G_N_ELEMENTS (self->languages));
}

/* -- what it holds -- */

static guint
find_language (JnOrderForm *self)
{
  return find_pressed (self->languages, G_N_ELEMENTS (self->languages));
}

JnTicketOrder
jn_order_form_get_order (JnOrderForm *self)
{
  JnServicePicker *picker = JN_SERVICE_PICKER (self->picker);
  const char *const *services = jn_service_picker_get_services (picker);
  int companions = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->companions));
  JnTicketOrder order = {
    .event = jn_service_picker_get_event (picker),
    .services = *services != NULL ? services : NULL,
    .priority = (JnPriority)find_pressed (self->priorities, N_PRIORITIES),
    .language = jn_language_list ()[find_language (self)].tag,
    .note = gtk_entry_get_text (GTK_ENTRY (self->note)),
  };

  g_ptr_array_set_size (self->companion_services, 0);
  for (int i = 0; i < companions && *services != NULL; i++)
    g_ptr_array_add (self->companion_services, (gpointer)services);
  g_ptr_array_add (self->companion_services, NULL);
  if (self->companion_services->len > 1)
    order.companions = (const char *const *const *)self->companion_services->pdata;
  order.own = jn_companions_get (JN_COMPANIONS (self->others), &order.n_own);
  return order;
}

gboolean
jn_order_form_is_empty (JnOrderForm *self)
{
  return jn_service_picker_is_empty (JN_SERVICE_PICKER (self->picker));
}

gboolean
jn_order_form_choose_nth (JnOrderForm *self, guint position)
{
  return jn_service_picker_choose_nth (JN_SERVICE_PICKER (self->picker), position);
}

void
jn_order_form_note_use (JnOrderForm *self)
{
  jn_service_picker_note_use (JN_SERVICE_PICKER (self->picker));
}

void
jn_order_form_add_companion (JnOrderForm *self)
{
  jn_companions_add (JN_COMPANIONS (self->others));
}

gboolean
jn_order_form_take_typed (JnOrderForm *self)
{
  return jn_service_picker_take_typed (JN_SERVICE_PICKER (self->picker));
}

void
jn_order_form_grab_search (JnOrderForm *self)
{
  jn_service_picker_grab_search (JN_SERVICE_PICKER (self->picker));
}

void
jn_order_form_clear (JnOrderForm *self)
{
  press (self->priorities[JN_PRIORITY_NONE]);
  press (self->languages[0]);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->companions), 0);
  gtk_entry_set_text (GTK_ENTRY (self->note), "");
  jn_companions_clear (JN_COMPANIONS (self->others));
  jn_service_picker_clear (JN_SERVICE_PICKER (self->picker));
}

void
jn_order_form_load (JnOrderForm *self, JnTicket *ticket)
{
  JnServicePicker *picker = JN_SERVICE_PICKER (self->picker);
  const char *const *services = jn_ticket_get_services (ticket);
  const JnLanguage *languages = jn_language_list ();
  JnPriority priority = jn_ticket_get_priority (ticket);

  jn_order_form_clear (self);
  for (; *services != NULL; services++)
    jn_service_picker_add (picker, *services);
  press (self->priorities[priority < N_PRIORITIES ? priority : JN_PRIORITY_NONE]);
  for (guint i = 0; i < G_N_ELEMENTS (self->languages); i++)
    if (g_str_equal (languages[i].tag, jn_ticket_get_language (ticket)))
      press (self->languages[i]);
  gtk_entry_set_text (GTK_ENTRY (self->note), jn_ticket_get_note (ticket));
}

GVariant *
jn_order_form_keep (JnOrderForm *self)
{
  return g_variant_new ("(uuds@*@av)", find_pressed (self->priorities, N_PRIORITIES),
                        find_language (self),
                        gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->companions)),
                        gtk_entry_get_text (GTK_ENTRY (self->note)),
                        jn_service_picker_keep (JN_SERVICE_PICKER (self->picker)),
                        jn_companions_keep (JN_COMPANIONS (self->others)));
}

void
jn_order_form_take (JnOrderForm *self, GVariant *kept)
{
  guint priority, language;
  double companions;
  const char *note;
  g_autoptr (GVariant) chosen = NULL;
  g_autoptr (GVariant) others = NULL;

  g_variant_get (kept, "(uud&s@*@av)", &priority, &language, &companions, &note, &chosen, &others);
  press (self->priorities[priority]);
  press (self->languages[language]);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->companions), companions);
  gtk_entry_set_text (GTK_ENTRY (self->note), note);
  jn_service_picker_take (JN_SERVICE_PICKER (self->picker), chosen);
  jn_companions_take (JN_COMPANIONS (self->others), others);
}

/* -- the widget -- */

static void
picker_scanned_cb (JnServicePicker *picker, const char *text, JnOrderForm *self)
{
  g_signal_emit (self, scanned_signal, 0, text);
}

static void
jn_order_form_finalize (GObject *object)
{
  g_ptr_array_unref (JN_ORDER_FORM (object)->companion_services);
  G_OBJECT_CLASS (jn_order_form_parent_class)->finalize (object);
}

static void
jn_order_form_class_init (JnOrderFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_order_form_finalize;
  changed_signal = g_signal_new ("changed", JN_TYPE_ORDER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  scanned_signal = g_signal_new ("scanned", JN_TYPE_ORDER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jn_order_form_init (JnOrderForm *self)
{
  self->companion_services = g_ptr_array_new ();
}

static GtkWidget *
make_rest (JnOrderForm *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *companions = jn_text_new (_("Companions who need the same"), "small");
  GtkWidget *note = jn_text_new (_("Note for the counter"), "small");

  self->companions = gtk_spin_button_new_with_range (0, MOST_COMPANIONS, 1);
  self->note = gtk_entry_new ();
  jn_label_for (companions, self->companions);
  jn_label_for (note, self->note);
  jn_pack (left, companions);
  jn_pack (left, self->companions);
  jn_pack (right, note);
  jn_pack (right, self->note);
  jn_pack (row, left);
  gtk_box_pack_start (GTK_BOX (row), right, TRUE, TRUE, 0);
  gtk_widget_show (right);
  return row;
}

GtkWidget *
jn_order_form_new (JnSession *session, JnReception *reception)
{
  JnOrderForm *self = g_object_new (JN_TYPE_ORDER_FORM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->picker = jn_service_picker_new (jn_session_get_catalogue (session));
  jn_service_picker_set_hint (JN_SERVICE_PICKER (self->picker),
                              _("Search, or scan a slip, an appointment or a receipt"));
  jn_pack (box, self->picker);
  self->others = jn_companions_new (jn_session_get_catalogue (session));
  jn_pack (box, self->others);
  add_priorities (self, box);
  add_languages (self, box);
  jn_pack (box, make_rest (self));
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
  jn_order_form_show_credits (self, reception);
  g_signal_connect_swapped (self->picker, "changed", G_CALLBACK (changed), self);
  g_signal_connect (self->picker, "scanned", G_CALLBACK (picker_scanned_cb), self);
  return GTK_WIDGET (self);
}
