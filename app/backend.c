/* backend.c: the interface's dispatch, its error domain and its signals. */
#include "app/backend.h"

typedef struct
{
  char *node;
  GVariant *args;
} JnBackendErrorPrivate;

static void
jn_backend_error_private_init (JnBackendErrorPrivate *details)
{
  details->node = NULL;
  details->args = NULL;
}

static void
jn_backend_error_private_copy (const JnBackendErrorPrivate *from, JnBackendErrorPrivate *to)
{
  to->node = g_strdup (from->node);
  to->args = from->args != NULL ? g_variant_ref (from->args) : NULL;
}

static void
jn_backend_error_private_clear (JnBackendErrorPrivate *details)
{
  g_free (details->node);
  g_clear_pointer (&details->args, g_variant_unref);
}

G_DEFINE_EXTENDED_ERROR (JnBackendError, jn_backend_error)
G_DEFINE_INTERFACE (JnBackend, jn_backend, G_TYPE_OBJECT)

GType
jn_link_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { JN_LINK_OFFLINE, "JN_LINK_OFFLINE", "offline" },
    { JN_LINK_CONNECTING, "JN_LINK_CONNECTING", "connecting" },
    { JN_LINK_ONLINE, "JN_LINK_ONLINE", "online" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("JnLinkState", values));
  return type;
}

static void
jn_backend_default_init (JnBackendInterface *iface)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  g_object_interface_install_property (
      iface,
      g_param_spec_enum ("link-state", NULL, NULL, JN_TYPE_LINK_STATE, JN_LINK_OFFLINE, flags));
  g_object_interface_install_property (
      iface, g_param_spec_uint ("unsent", NULL, NULL, 0, G_MAXUINT, 0, flags));
  g_object_interface_install_property (
      iface, g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags));
  g_object_interface_install_property (iface,
                                       g_param_spec_string ("refusal", NULL, NULL, NULL, flags));
  g_signal_new ("changed", JN_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_STRING, G_TYPE_STRING);
  g_signal_new ("moved", JN_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

GError *
jn_backend_error_new (JnBackendError kind, const char *code, const char *node, GVariant *args)
{
  GError *error = g_error_new_literal (JN_BACKEND_ERROR, (int)kind, code);
  JnBackendErrorPrivate *details = jn_backend_error_get_private (error);

  details->node = g_strdup (node);
  details->args = args != NULL ? g_variant_ref_sink (args) : NULL;
  return error;
}

gboolean
jn_backend_error_is_refusal (const GError *error)
{
  return error->domain == JN_BACKEND_ERROR && error->code != JN_BACKEND_ERROR_OFFLINE
         && error->code != JN_BACKEND_ERROR_UNKNOWN && error->code != JN_BACKEND_ERROR_FAILED;
}

const char *
jn_backend_error_get_code (const GError *error)
{
  return error->message;
}

const char *
jn_backend_error_get_node (const GError *error)
{
  g_return_val_if_fail (error->domain == JN_BACKEND_ERROR, NULL);
  return jn_backend_error_get_private (error)->node;
}

GVariant *
jn_backend_error_get_args (const GError *error)
{
  g_return_val_if_fail (error->domain == JN_BACKEND_ERROR, NULL);
  return jn_backend_error_get_private (error)->args;
}

void
jn_backend_sign_in_async (JnBackend *self,
                          const JnCredentials *credentials,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (JN_IS_BACKEND (self) && credentials != NULL);
  JN_BACKEND_GET_IFACE (self)->sign_in_async (self, credentials, cancellable, callback, user_data);
}

GVariant *
jn_backend_sign_in_finish (JnBackend *self, GAsyncResult *result, GError **error)
{
  return JN_BACKEND_GET_IFACE (self)->sign_in_finish (self, result, error);
}

void
jn_backend_sign_out_async (JnBackend *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (JN_IS_BACKEND (self));
  JN_BACKEND_GET_IFACE (self)->sign_out_async (self, cancellable, callback, user_data);
}

gboolean
jn_backend_sign_out_finish (JnBackend *self, GAsyncResult *result, GError **error)
{
  return JN_BACKEND_GET_IFACE (self)->sign_out_finish (self, result, error);
}

void
jn_backend_run_async (JnBackend *self,
                      JnCommand *command,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (JN_IS_BACKEND (self) && command != NULL);
  JN_BACKEND_GET_IFACE (self)->run_async (self, command, cancellable, callback, user_data);
}

GVariant *
jn_backend_run_finish (JnBackend *self, GAsyncResult *result, GError **error)
{
  return JN_BACKEND_GET_IFACE (self)->run_finish (self, result, error);
}

void
jn_backend_ask_async (JnBackend *self,
                      JnQuery *query,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (JN_IS_BACKEND (self) && query != NULL);
  JN_BACKEND_GET_IFACE (self)->ask_async (self, query, cancellable, callback, user_data);
}

GVariant *
jn_backend_ask_finish (JnBackend *self, GAsyncResult *result, GError **error)
{
  return JN_BACKEND_GET_IFACE (self)->ask_finish (self, result, error);
}

void
jn_backend_put_blob_async (JnBackend *self,
                           GBytes *blob,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (JN_IS_BACKEND (self) && blob != NULL);
  JN_BACKEND_GET_IFACE (self)->put_blob_async (self, blob, cancellable, callback, user_data);
}

char *
jn_backend_put_blob_finish (JnBackend *self, GAsyncResult *result, GError **error)
{
  return JN_BACKEND_GET_IFACE (self)->put_blob_finish (self, result, error);
}

void
jn_backend_get_blob_async (JnBackend *self,
                           const char *hash,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (JN_IS_BACKEND (self) && hash != NULL);
  JN_BACKEND_GET_IFACE (self)->get_blob_async (self, hash, cancellable, callback, user_data);
}

GBytes *
jn_backend_get_blob_finish (JnBackend *self, GAsyncResult *result, GError **error)
{
  return JN_BACKEND_GET_IFACE (self)->get_blob_finish (self, result, error);
}

JnLinkState
jn_backend_get_link_state (JnBackend *self)
{
  JnLinkState state = JN_LINK_OFFLINE;

  g_object_get (self, "link-state", &state, NULL);
  return state;
}

char *
jn_backend_get_refusal (JnBackend *self)
{
  char *refusal = NULL;

  g_return_val_if_fail (JN_IS_BACKEND (self), NULL);
  g_object_get (self, "refusal", &refusal, NULL);
  return refusal;
}

guint
jn_backend_get_unsent (JnBackend *self)
{
  guint unsent = 0;

  g_object_get (self, "unsent", &unsent, NULL);
  return unsent;
}

void
jn_backend_changed (JnBackend *self, const char *kind, const char *id)
{
  g_signal_emit_by_name (self, "changed", kind, id);
}

void
jn_backend_moved (JnBackend *self)
{
  g_signal_emit_by_name (self, "moved");
}
