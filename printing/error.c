/* error.c: the error domain of printing. */
#include "printing/error.h"

G_DEFINE_QUARK (jn - print - error - quark, jn_print_error)
