# Janela: one non-recursive makefile. `make help` lists what it can do.
MODE ?= debug
B    := build/$(MODE)

CC         ?= cc
PKG_CONFIG ?= pkg-config
VERSION    := 0.1.0

CPPFLAGS += -I. -I$(B) -D_GNU_SOURCE -DJN_VERSION='"$(VERSION)"' -DG_LOG_USE_STRUCTURED
CFLAGS   += -std=c11 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wno-unused-parameter -Wno-missing-field-initializers -fno-omit-frame-pointer
CFLAGS_debug   := -O1 -g
CFLAGS_release := -O2 -g -DNDEBUG -DG_DISABLE_CAST_CHECKS
CFLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined
LDFLAGS_asan   := -fsanitize=address,undefined
ifdef CI
CFLAGS += -Werror
endif

# ---- the floors: each folder compiles with its own libraries' flags -----------------------------
flags = $(shell $(PKG_CONFIG) --cflags $(1))
libs  = $(shell $(PKG_CONFIG) --libs $(1))

PKGS_forms    := gio-2.0 libxml-2.0 json-glib-1.0
PKGS_printing := gio-2.0 pangocairo pangoft2 libqrencode libsodium libcbor json-glib-1.0
PKGS_app      := gio-2.0 gio-unix-2.0 json-glib-1.0 libsodium libxml-2.0 pangocairo
PKGS_postgres := $(PKGS_app) libpq
PKGS_journal  := $(PKGS_app) sqlite3 libsodium
PKGS_ui       := gtk+-3.0 json-glib-1.0
LIBS_cups     := -lcups -lcupsimage

SRC_forms    := $(wildcard forms/*.c)
SRC_printing := $(wildcard printing/*.c)
SRC_app      := $(filter-out app/admin/%,$(wildcard app/*.c app/*/*.c))
SRC_admin    := $(wildcard app/admin/*.c)
SRC_form     := $(wildcard forms/tool/*.c)
SRC_ui       := $(filter-out ui/main.c,$(wildcard ui/*.c ui/*/*.c))

obj = $(patsubst %.c,$(B)/%.o,$(1))
$(B)/forms/%.o $(B)/tests/forms/%.o:       PKG = $(FLAGS_forms)
$(B)/printing/%.o $(B)/tests/printing/%.o: PKG = $(FLAGS_printing)
$(B)/app/%.o:                              PKG = $(FLAGS_app)
$(B)/app/postgres/%.o:                     PKG = $(FLAGS_postgres)
$(B)/app/journal/%.o:                      PKG = $(FLAGS_journal)
$(B)/app/open.o $(B)/app/admin/%.o $(B)/app/steward/%.o: PKG = $(FLAGS_postgres)
$(B)/ui/%.o:                               PKG = $(FLAGS_ui)
$(B)/tests/app/%.o $(B)/tests/faults/%.o $(B)/tests/bench/%.o: PKG = $(FLAGS_everything)
$(B)/tests/ui/%.o $(B)/tests/gui/%.o:      PKG = $(FLAGS_everything)

FLAGS_forms      := $(call flags,$(PKGS_forms))
FLAGS_printing   := $(call flags,$(PKGS_printing))
FLAGS_app        := $(call flags,$(PKGS_app))
FLAGS_postgres   := $(call flags,$(PKGS_postgres))
FLAGS_journal    := $(call flags,$(PKGS_journal))
FLAGS_ui         := $(call flags,$(PKGS_ui))
FLAGS_everything := $(call flags,$(PKGS_forms) $(PKGS_printing) $(PKGS_journal) $(PKGS_postgres) $(PKGS_ui) atspi-2 zbar)
LIBS_forms       := $(call libs,$(PKGS_forms)) -lm
LIBS_printing    := $(call libs,$(PKGS_printing)) $(LIBS_cups) -lm
LIBS_app         := $(call libs,$(PKGS_app) $(PKGS_postgres) $(PKGS_journal) $(PKGS_forms) $(PKGS_printing)) $(LIBS_cups) -lm
LIBS_ui          := $(call libs,$(PKGS_ui)) $(LIBS_app)

PROGRAMS := $(if $(wildcard ui/main.c),janela) $(if $(SRC_admin),janela-admin) $(if $(SRC_form),janela-form)

.PHONY: all
all: $(PROGRAMS:%=$(B)/bin/%) $(PROGRAMS:%=build/bin/%)

build/bin/%: $(B)/bin/%
	@mkdir -p $(@D)
	@ln -sfn ../$(MODE)/bin/$* $@

$(B)/lib/forms.a:    $(call obj,$(SRC_forms))
$(B)/lib/printing.a: $(call obj,$(SRC_printing))
$(B)/lib/app.a:      $(call obj,$(SRC_app))
$(B)/lib/ui.a:       $(call obj,$(SRC_ui)) $(B)/ui/resources.o
$(B)/lib/%.a:
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcs $@ $^

$(B)/bin/janela-form: $(call obj,$(SRC_form)) $(B)/lib/forms.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $(LDFLAGS_$(MODE)) -o $@ $^ $(LIBS_forms)

# ---- compiling -----------------------------------------------------------------------------------
$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(PKG) $(CFLAGS) $(CFLAGS_$(MODE)) -MMD -MP -c -o $@ $<

# rebuild everything when the flags change
.PHONY: force
$(B)/flags: force
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS) $(CFLAGS_$(MODE))' | cmp -s - $@ || \
	 echo '$(CC) $(CPPFLAGS) $(CFLAGS) $(CFLAGS_$(MODE))' > $@

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# ---- tests: tests/<floor>/test-*.c is one g_test program each ------------------------------------
tests = $(patsubst %.c,$(B)/%,$(wildcard tests/$(1)/test-*.c))
helpers = $(call obj,$(filter-out tests/$(1)/test-%,$(wildcard tests/$(1)/*.c)))
$(B)/tests/forms/test-%: $(B)/tests/forms/test-%.o $(call helpers,forms) $(B)/lib/forms.a
	$(CC) $(LDFLAGS) $(LDFLAGS_$(MODE)) -o $@ $^ $(LIBS_forms)
$(B)/tests/printing/test-%: $(B)/tests/printing/test-%.o $(call helpers,printing) $(B)/lib/printing.a
	$(CC) $(LDFLAGS) $(LDFLAGS_$(MODE)) -o $@ $^ $(LIBS_printing) -lzbar

.PHONY: tests-forms tests-printing clean
tests-forms:    $(call tests,forms)
tests-printing: $(call tests,printing)

clean:
	rm -rf build
.SECONDARY:
