/* shelf.h: the whole catalogue of build/, as a server answers it. */
#pragma once

#include "tests/app/fake-backend.h"

G_BEGIN_DECLS

/* Every service, event and department of build/; facts are left out. Signs in at @fake. */
void shelf_stock (JnFakeBackend *fake);

G_END_DECLS
