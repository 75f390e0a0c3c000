/* error.c: the one error domain of the form engine. */
#include "forms/form.h"

G_DEFINE_QUARK (jn - form - error - quark, jn_form_error)
