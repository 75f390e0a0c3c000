/* companions.c: who came along and needs something else: a number of his own, called at the same counter. */
#include "ui/reception/companions.h"

#include <glib/gi18n.h>

#include "ui/service-picker.h"
#include "ui/widgets.h"

#define MOST 5

struct _JnCompanions
{
  GtkBin parent;

  GtkWidget *rows;
  GtkWidget *add;

  JnCatalogue *catalogue;
  GPtrArray *pickers; /* of JnServicePicker */
  GArray *chosen;     /* of JnCompanion, borrowing from the pickers */
};

G_DEFINE_TYPE (JnCompanions, jn_companions, GTK_TYPE_BIN)

static void
refresh (JnCompanions *self)
{
  gtk_widget_set_sensitive (self->add, self->pickers->len < MOST);
}

static void
remove_clicked_cb (GtkButton *button, JnCompanions *self)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (button), "row");

  g_ptr_array_remove (self->pickers, g_object_get_data (G_OBJECT (row), "picker"));
  gtk_widget_destroy (row);
  refresh (self);
  gtk_widget_grab_focus (self->add);
}

static JnServicePicker *
add_row (JnCompanions *self)
{
  GtkWidget *row = jn_card_new (NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = jn_text_new (_("Comes along, with a number of their own"), "strong");
  GtkWidget *picker = jn_service_picker_new_small (self->catalogue, _("What this person needs"));
  GtkWidget *remove = jn_button_new (_("Leave out"), NULL, "act small-act");

  gtk_box_pack_start (GTK_BOX (head), title, TRUE, TRUE, 0);
  gtk_widget_show (title);
  jn_pack (head, remove);
  jn_pack (row, head);
  jn_pack (row, picker);
  g_object_set_data (G_OBJECT (row), "picker", picker);
  g_object_set_data (G_OBJECT (remove), "row", row);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_clicked_cb), self);
  g_ptr_array_add (self->pickers, picker);
  jn_pack (self->rows, row);
  refresh (self);
  return JN_SERVICE_PICKER (picker);
}

void
jn_companions_add (JnCompanions *self)
{
  if (self->pickers->len < MOST)
    jn_service_picker_grab_search (add_row (self));
}

void
jn_companions_clear (JnCompanions *self)
{
  g_ptr_array_set_size (self->pickers, 0);
  jn_empty (self->rows);
  refresh (self);
}

const JnCompanion *
jn_companions_get (JnCompanions *self, guint *n_companions)
{
  g_array_set_size (self->chosen, 0);
  for (guint i = 0; i < self->pickers->len; i++)
    {
      JnServicePicker *picker = self->pickers->pdata[i];
      const char *const *services = jn_service_picker_get_services (picker);
      JnCompanion companion = { .event = jn_service_picker_get_event (picker),
                                .services = *services != NULL ? services : NULL };

      if (!jn_service_picker_is_empty (picker))
        g_array_append_val (self->chosen, companion);
    }
  *n_companions = self->chosen->len;
  return (const JnCompanion *)self->chosen->data;
}

GVariant *
jn_companions_keep (JnCompanions *self)
{
  g_auto (GVariantBuilder) kept = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));

  for (guint i = 0; i < self->pickers->len; i++)
    g_variant_builder_add (&kept, "v", jn_service_picker_keep (self->pickers->pdata[i]));
  return g_variant_builder_end (&kept);
}

void
jn_companions_take (JnCompanions *self, GVariant *kept)
{
  GVariantIter iter;
  GVariant *picker;

  jn_companions_clear (self);
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "v", &picker))
    {
      jn_service_picker_take (add_row (self), picker);
      g_variant_unref (picker);
    }
}

static void
jn_companions_finalize (GObject *object)
{
  JnCompanions *self = JN_COMPANIONS (object);

  g_ptr_array_unref (self->pickers);
  g_array_unref (self->chosen);
  g_clear_object (&self->catalogue);
  G_OBJECT_CLASS (jn_companions_parent_class)->finalize (object);
}

static void
jn_companions_class_init (JnCompanionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_companions_finalize;
}

static void
jn_companions_init (JnCompanions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->pickers = g_ptr_array_new ();
  self->chosen = g_array_new (FALSE, FALSE, sizeof (JnCompanion));
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->add = jn_button_new (_("Somebody along with other needs"), "⇧F7", "act");
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (jn_companions_add), self);
  jn_pack (box, self->rows);
  jn_pack (box, self->add);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
}

GtkWidget *
jn_companions_new (JnCatalogue *catalogue)
{
  JnCompanions *self = g_object_new (JN_TYPE_COMPANIONS, NULL);

  self->catalogue = g_object_ref (catalogue);
  return GTK_WIDGET (self);
}
