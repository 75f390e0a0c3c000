/* form.h: an ODK XForm, read once and shared: instances, binds, controls, texts and actions.
 *
 * Source of the rules: ODK XForms Specification (getodk/xforms-spec), ODK Entities Specification.
 * A form is immutable after reading and may be used from any thread; the answers of one person are
 * a JnFilling (filling.h). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JN_FORM_ERROR (jn_form_error_quark ())
GQuark jn_form_error_quark (void);

/**
 * JnFormError:
 * @JN_FORM_ERROR_SYNTAX: the document is not XML, or an expression does not parse
 * @JN_FORM_ERROR_REFERENCE: something names a node, instance, text or function that is not there
 * @JN_FORM_ERROR_CYCLE: binds depend on each other in a circle; the message names them
 * @JN_FORM_ERROR_LIMIT: a budget (operations, depth, length, size, repeats) was exceeded
 * @JN_FORM_ERROR_UNSUPPORTED: a newer major version of the standard, a DOCTYPE, …
 * @JN_FORM_ERROR_NOT_FOUND: no such node, control or repeat in this filling
 * @JN_FORM_ERROR_REJECTED: the change is not allowed (read-only, fixed repeat, wrong document)
 * @JN_FORM_ERROR_FAILED: anything else
 */
typedef enum
{
  JN_FORM_ERROR_SYNTAX,
  JN_FORM_ERROR_REFERENCE,
  JN_FORM_ERROR_CYCLE,
  JN_FORM_ERROR_LIMIT,
  JN_FORM_ERROR_UNSUPPORTED,
  JN_FORM_ERROR_NOT_FOUND,
  JN_FORM_ERROR_REJECTED,
  JN_FORM_ERROR_FAILED,
} JnFormError;

typedef struct _JnForm JnForm;

/**
 * JnFormLoader:
 * @uri: a jr://file/NAME, jr://file-csv/NAME or jr://instance/NAME address from the form
 *
 * Finds what a form refers to. Returns: (transfer full) (nullable): the bytes, %NULL when missing.
 */
typedef GBytes *(*JnFormLoader) (const char *uri, gpointer user_data);

/* What the form refers to lies beside it; fragments that it includes are taken in (flatten.h). */
JnForm *jn_form_new_from_file (const char *path, GError **error);
JnForm *
jn_form_new_from_bytes (GBytes *xml, JnFormLoader loader, gpointer user_data, GError **error);
JnForm *jn_form_ref (JnForm *form);
void jn_form_unref (JnForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnForm, jn_form_unref)

/* What the document says of itself */
const char *jn_form_get_id (const JnForm *form);
const char *jn_form_get_version (const JnForm *form); /* (nullable) */
const char *jn_form_get_title (const JnForm *form);   /* h:title */
const char *const *
jn_form_get_languages (const JnForm *form); /* itext lang strings, document order */
const char *jn_form_get_default_language (const JnForm *form); /* (nullable) without itext */
GPtrArray *jn_form_get_warnings (const JnForm *form); /* (element-type utf8) (transfer none) */

/**
 * JnControlKind: what the body's controls are.
 * %JN_CONTROL_GROUP stands for a presentation or logical group, %JN_CONTROL_REPEAT for a repeat.
 */
typedef enum
{
  JN_CONTROL_GROUP,
  JN_CONTROL_REPEAT,
  JN_CONTROL_INPUT,
  JN_CONTROL_SELECT1,
  JN_CONTROL_SELECT,
  JN_CONTROL_RANGE,
  JN_CONTROL_RANK,
  JN_CONTROL_UPLOAD,
  JN_CONTROL_TRIGGER,
  JN_CONTROL_SECRET,
} JnControlKind;

/**
 * JnControl: one element of the body, in document order.
 *
 * @ref is the node's path without positions (`/data/child/name`), %NULL for a group without one.
 * Owned by the form.
 */
typedef struct _JnControl JnControl;

const JnControl *jn_form_get_body (const JnForm *form); /* a group without ref that holds all */
JnControlKind jn_control_get_kind (const JnControl *control);
const char *jn_control_get_ref (const JnControl *control);
gboolean jn_control_has_appearance (const JnControl *control, const char *word);
/* (nullable): an attribute of the element, "start", "jn:width", "mediatype" … by its written name */
const char *jn_control_get_attribute (const JnControl *control, const char *name);
const JnControl *jn_control_get_first_child (const JnControl *control);
const JnControl *jn_control_get_next (const JnControl *control);
const JnControl *jn_control_get_parent (const JnControl *control);

/**
 * jn_form_get_fact:
 * @ref: a node's path without positions
 * @subject: (out) (transfer none): the dataset of the nearest entity declaration (`person`, …)
 * @role: (out) (transfer none) (nullable): the role in the visit (`jn:role` of that declaration's
 *   group: `mother`, `father`, `child`, `applicant` …)
 * @property: (out) (transfer none): the property that `entities:saveto` names
 *
 * The fact that an answer to @ref is: the base of once-only. Entities spec, "saveto".
 * Returns: whether @ref is bound to a fact
 */
gboolean jn_form_get_fact (const JnForm *form,
                           const char *ref,
                           const char **subject,
                           const char **role,
                           const char **property);

/**
 * jn_form_get_extension:
 * @name: the local name of an element in the namespace https://janela.example/xforms inside h:head
 *
 * Returns: (transfer none) (nullable): the element as a libxml2 node (forms/service.c reads it)
 */
struct _xmlNode;
const struct _xmlNode *jn_form_get_extension (const JnForm *form, const char *name);

G_END_DECLS
