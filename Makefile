# Janela: one non-recursive makefile. `make help` lists what it can do.
MODE ?= debug
B    := build/$(MODE)

CC         ?= cc
PKG_CONFIG ?= pkg-config
VERSION    := 0.1.0
JOBS       ?= $(shell nproc)

CPPFLAGS += -I. -I$(B) -D_GNU_SOURCE -DJN_VERSION='"$(VERSION)"' -DG_LOG_USE_STRUCTURED
CFLAGS   += -std=c11 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wno-unused-parameter -Wno-missing-field-initializers -fno-omit-frame-pointer
CFLAGS_debug   := -O1 -g
CFLAGS_release := -O2 -g -DNDEBUG -DG_DISABLE_CAST_CHECKS
CFLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined
LDFLAGS_asan   := -fsanitize=address,undefined
CFLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
CFLAGS_fuzz    += -Wno-unused-variable # clang takes what only owns (g_autoptr) for unused; gcc tells the rest
LDFLAGS_fuzz   := -fsanitize=address,undefined
ifeq ($(filter $(MODE),debug release asan fuzz),)
$(error MODE is debug, release, asan or fuzz, not '$(MODE)')
endif
ifdef CI
CFLAGS += -Werror
endif

.PHONY: all
all: programs data ## build the programs and their data (MODE=debug|release|asan, CI=1: warnings are errors)

# ---- the floors: each folder compiles with its own libraries' flags -----------------------------
# pkg-config is asked once, and only when something is compiled: `make test` on a bare system installs it first
once  = $(eval $(1) := $(shell $(PKG_CONFIG) $(2)))$($(1))
flags = $(call once,FLAGS_$(1),--cflags $(PKGS_$(1)))
libs  = $(call once,LIBS_$(1),--libs $(PKGS_$(1)))

PKGS_forms    := gio-2.0 libxml-2.0 json-glib-1.0
PKGS_printing := gio-2.0 pangocairo pangoft2 libqrencode libsodium libcbor json-glib-1.0
PKGS_app      := gio-2.0 gio-unix-2.0 json-glib-1.0 libsodium libxml-2.0 pangocairo
PKGS_postgres := $(PKGS_app) libpq
PKGS_journal  := $(PKGS_app) sqlite3 libsodium
PKGS_ui       := gtk+-3.0 json-glib-1.0 libcanberra
PKGS_admin    := $(PKGS_postgres) gdk-pixbuf-2.0 zbar
PKGS_program  := $(PKGS_app) $(PKGS_postgres) $(PKGS_journal) $(PKGS_forms) $(PKGS_printing)
PKGS_window   := $(PKGS_ui) $(PKGS_program)
PKGS_tests    := $(PKGS_window) atspi-2 xtst x11 ibus-1.0 zbar

FLAGS_forms    = $(call flags,forms)
FLAGS_printing = $(call flags,printing)
FLAGS_app      = $(call flags,app)
FLAGS_postgres = $(call flags,postgres)
FLAGS_journal  = $(call flags,journal)
FLAGS_admin    = $(call flags,admin)
FLAGS_ui       = $(call flags,ui)
FLAGS_tests    = $(call flags,tests)
LIBS_forms     = $(call libs,forms)
LIBS_printing  = $(call libs,printing)
LIBS_program   = $(call libs,program)
LIBS_admin     = $(call libs,admin)
LIBS_window    = $(call libs,window)
LIBS_tests     = $(call libs,tests)
cups           = -lcups -lcupsimage -lm

$(B)/forms/%.o:                        PKG = $(FLAGS_forms)
$(B)/printing/%.o:                     PKG = $(FLAGS_printing)
$(B)/app/%.o:                          PKG = $(FLAGS_app)
$(B)/app/postgres/%.o:                 PKG = $(FLAGS_postgres)
$(B)/app/journal/%.o:                  PKG = $(FLAGS_journal)
$(B)/app/open.o:                       PKG = $(FLAGS_postgres)
$(B)/app/admin/%.o:                    PKG = $(FLAGS_admin)
$(B)/ui/%.o:                           PKG = $(FLAGS_ui)
$(B)/ui/program.o: CPPFLAGS += -DJN_LOCALE_DIR='"$(CURDIR)/build/locale"'
$(B)/tests/%.o:                        PKG = $(FLAGS_tests:-I%=-isystem%) # other people's headers warn
$(B)/tests/forms/%.o:                  PKG = $(FLAGS_forms)
$(B)/tests/printing/%.o:               PKG = $(FLAGS_printing)

SRC_forms    := $(wildcard forms/*.c)
SRC_form     := $(wildcard forms/tool/*.c)
SRC_printing := $(wildcard printing/*.c)
SRC_app      := $(filter-out app/admin/%,$(wildcard app/*.c app/*/*.c))
SRC_admin    := $(wildcard app/admin/*.c)
SRC_ui       := $(filter-out ui/main.c,$(wildcard ui/*.c ui/*/*.c))
RESOURCES    := $(wildcard ui/janela.gresource.xml)

obj = $(patsubst %.c,$(B)/%.o,$(1))
resources_o := $(if $(RESOURCES),$(B)/ui/resources.o)
forms_a     := $(B)/lib/forms.a
printing_a  := $(B)/lib/printing.a
app_a       := $(B)/lib/app.a $(forms_a) $(printing_a)
ui_a        := $(resources_o) $(B)/lib/ui.a $(app_a)

# ---- programs ------------------------------------------------------------------------------------
PROGRAMS := $(if $(wildcard ui/main.c),janela) $(if $(SRC_admin),janela-admin) $(if $(SRC_form),janela-form)

.PHONY: programs
programs: $(PROGRAMS:%=$(B)/bin/%) $(PROGRAMS:%=build/bin/%)

# build/bin/ holds links to the programs of the last build, whatever its mode
.PHONY: $(PROGRAMS:%=build/bin/%)
$(PROGRAMS:%=build/bin/%): build/bin/%: | $(B)/bin/%
	@mkdir -p $(@D)
	@ln -sfn ../$(MODE)/bin/$* $@

$(forms_a):         $(call obj,$(SRC_forms))
$(printing_a):      $(call obj,$(SRC_printing))
$(B)/lib/app.a:     $(call obj,$(SRC_app))
$(B)/lib/ui.a:      $(call obj,$(SRC_ui))
$(B)/lib/%.a:
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcs $@ $(filter %.o,$^)

link = @mkdir -p $(@D); echo '  LINK    $@'; \
       $(CC) $(CFLAGS_$(MODE)) $(LDFLAGS) $(LDFLAGS_$(MODE)) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(1)

$(B)/bin/janela-form: $(call obj,$(SRC_form)) $(forms_a)
	$(call link,$(LIBS_forms) -lm)
$(B)/bin/janela-admin: $(call obj,$(SRC_admin)) $(app_a)
	$(call link,$(LIBS_program) $(LIBS_admin) $(cups))
$(B)/bin/janela: $(B)/ui/main.o $(ui_a)
	$(call link,$(LIBS_window) $(cups))

# ---- compiling -----------------------------------------------------------------------------------
compile = @mkdir -p $(@D); echo '  CC      $<'; \
          $(CC) $(CPPFLAGS) $(PKG) $(CFLAGS) $(CFLAGS_$(MODE)) -MMD -MP -c -o $@ $<
$(B)/%.o: %.c $(B)/flags
	$(compile)

$(B)/ui/resources.c: $(RESOURCES)
	@mkdir -p $(@D)
	@echo '  RES     $<'
	@glib-compile-resources --generate-source --internal --c-name jn_ui --sourcedir=ui --sourcedir=assets \
	  --dependency-file=$@.d --generate-phony-targets --target=$@ $<
	@sed -i 's|^$<:|$@:|' $@.d
$(B)/ui/resources.o: $(B)/ui/resources.c $(B)/flags
	$(compile)
-include $(wildcard $(B)/ui/resources.c.d)

# rebuild everything when the flags change
.PHONY: force
$(B)/flags: force
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS) $(CFLAGS_$(MODE))' | cmp -s - $@ || \
	 echo '$(CC) $(CPPFLAGS) $(CFLAGS) $(CFLAGS_$(MODE))' > $@

-include $(shell find $(B) -name '*.d' ! -name '*.c.d' 2>/dev/null)

# ---- data: services flattened into plain XForms, events, facts, translations ---------------------
FRAGMENTS := $(wildcard forms/fragments/*.xml)
SERVICES  := $(patsubst forms/%,build/%,$(wildcard forms/services/*/*.xml))
EVENTS    := $(patsubst forms/%,build/%,$(wildcard forms/events/*.xml))
FACTS     := $(patsubst forms/%,build/%,$(wildcard forms/*.xml))
LOCALES   := $(patsubst assets/po/%.po,build/locale/%/LC_MESSAGES/janela.mo,$(wildcard assets/po/*.po))

.PHONY: data
data: $(if $(SRC_form),$(SERVICES)) $(EVENTS) $(FACTS) $(LOCALES)

build/services/%.xml: forms/services/%.xml $(FRAGMENTS) | $(B)/bin/janela-form
	@mkdir -p $(@D)
	@echo '  FORM    $@'
	@$(B)/bin/janela-form flatten $< $@.new && mv $@.new $@
build/events/%.xml build/%.xml: forms/%.xml
$(EVENTS) $(FACTS): build/%: forms/%
	@mkdir -p $(@D)
	@cp $< $@
build/locale/%/LC_MESSAGES/janela.mo: assets/po/%.po
	@mkdir -p $(@D)
	@echo '  MO      $@'
	@msgfmt --check-format --check-header -o $@ $<

# ---- translations --------------------------------------------------------------------------------
POT         := assets/po/janela.pot
translated   = $(sort $(wildcard ui/*.c ui/*/*.c ui/*.ui ui/*/*.ui app/*.c app/*/*.c printing/*.c forms/*.c))
XGETTEXT    := xgettext --from-code=UTF-8 --package-name=janela --package-version=$(VERSION) --sort-by-file --add-location=file \
               --add-comments=TRANSLATORS: --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
               --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 --keyword=jn_text:2 --keyword=jn_text_context:2c,3 --keyword=jn_text_plural:2,3

.PHONY: pot po-check
pot: ## collect what has to be translated into assets/po/ and merge it into each language
	@mkdir -p $(dir $(POT))
	$(XGETTEXT) -o $(POT) $(translated)
	@sed -i '/^"POT-Creation-Date:/d' $(POT)
	@for po in assets/po/*.po; do [ ! -e "$$po" ] || msgmerge --quiet --update --add-location=file --backup=none --no-fuzzy-matching "$$po" $(POT); done
po-check: ## check that every text is translated into every language
	@tests/house/translations "$(XGETTEXT)" $(translated)

# ---- tests: tests/<floor>/test-*.c is one g_test program each; tests/README.md says how they run --
test_programs = $(patsubst %.c,$(B)/%,$(sort $(wildcard $(1:%=tests/%/test-*.c))))
helpers       = $(call obj,$(filter-out $(wildcard tests/$(1)/test-*.c),$(wildcard tests/$(1)/*.c)))

$(B)/tests/forms/test-%: $(B)/tests/forms/test-%.o $(call helpers,forms) $(forms_a)
	$(call link,$(LIBS_forms) -lm)
$(B)/tests/printing/test-%: $(B)/tests/printing/test-%.o $(call helpers,printing) $(printing_a)
	$(call link,$(LIBS_printing) -lzbar $(cups))
$(B)/tests/app/test-%: $(B)/tests/app/test-%.o $(call helpers,app) $(app_a)
	$(call link,$(LIBS_tests) $(cups))
$(B)/tests/app/test-papers: $(B)/tests/printing/picture.o
$(B)/tests/app/test-prints $(B)/tests/app/test-slip $(B)/tests/app/test-visit-prints: $(B)/tests/printing/cups-server.o
$(B)/tests/app/test-prints $(B)/tests/ui/test-print-faults: $(B)/tests/printing/relay.o
$(B)/tests/ui/test-print-driverless: $(B)/tests/printing/ipp-printer.o
$(B)/tests/app/test-scripts: $(B)/tests/forms/script.o
$(B)/tests/faults/test-%: $(B)/tests/faults/test-%.o $(call helpers,faults) $(app_a)
	$(call link,$(LIBS_tests) $(cups))
$(B)/tests/faults/test-server: $(call obj,tests/app/server.c tests/app/value.c)
$(B)/tests/ui/test-%: $(B)/tests/ui/test-%.o $(call helpers,ui) $(call helpers,app) $(B)/tests/printing/cups-server.o $(ui_a)
	$(call link,$(LIBS_window) $(cups))
$(B)/tests/gui/test-%: $(B)/tests/gui/test-%.o $(call helpers,gui) $(app_a)
	$(call link,$(LIBS_tests) $(cups))

# These build by a make of their own. What is asked for beside them comes before: two makes at once would write the same
# archives, one removing what the other is linking.
OWN := $(filter test asan bench fuzz demo run,$(MAKECMDGOALS))
ifneq ($(OWN),)
$(OWN): | $(filter-out $(OWN),$(MAKECMDGOALS))
endif
ifneq ($(word 2,$(OWN)),)
.NOTPARALLEL:
endif

UNIT  := forms printing app
SUITE := $(UNIT) ui gui faults
.PHONY: tests tests-unit $(SUITE:%=tests-%) test unit asan
$(foreach floor,$(SUITE),$(eval tests-$(floor): $(call test_programs,$(floor))))
tests: $(SUITE:%=tests-%) benches # which are only measured by hand, but built by all
tests-unit: $(UNIT:%=tests-%)
test: ## install what is missing, build and run every test (ONLY=tests/forms or a single one)
	@assets/setup/install-packages
	@$(MAKE) --no-print-directory -j$(JOBS) all tests
	@B=$(B) tests/run $(ONLY)
asan: ## run the unit tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=asan programs data tests-unit
	@B=build/asan tests/run $(or $(ONLY),$(UNIT:%=tests/%))

.PHONY: conformance
conformance: programs ## score the form engine on the peers' own cases, where ../shared/conformance is there
	@tests/house/conformance

# ---- measuring and breaking ----------------------------------------------------------------------
BENCHES := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/bench/bench-*.c)))
$(B)/tests/bench/bench-paper: $(B)/tests/bench/bench-paper.o $(call obj,tests/printing/samples.c tests/printing/cups-server.c) $(printing_a)
	$(call link,$(LIBS_printing) $(cups))
$(B)/tests/bench/bench-backend: $(call obj,tests/app/server.c tests/app/value.c)
$(B)/tests/bench/bench-queue $(B)/tests/bench/bench-queue-flush: $(call obj,tests/app/server.c tests/app/value.c tests/app/hall-calls.c tests/app/hall-day.c tests/app/fake-backend.c)
$(B)/tests/bench/bench-search: $(B)/tests/bench/bench-search.o $(call obj,tests/app/shelf.c tests/app/fake-backend.c) $(ui_a)
	$(call link,$(LIBS_window) $(cups))
$(B)/tests/bench/bench-submit: $(B)/tests/bench/bench-submit.o $(call obj,tests/app/server.c tests/app/value.c tests/forms/script.c) $(app_a)
	$(call link,$(LIBS_program) $(cups))
$(B)/tests/bench/bench-window: $(B)/tests/bench/bench-window.o $(B)/tests/printing/cups-server.o $(call helpers,ui) $(call helpers,app) $(ui_a)
	$(call link,$(LIBS_window) $(cups))
$(B)/tests/bench/bench-%: $(B)/tests/bench/bench-%.o $(call obj,$(filter-out tests/bench/bench-%,$(wildcard tests/bench/*.c))) $(ui_a)
	$(call link,$(LIBS_window) $(cups))
.PHONY: bench benches fuzz fuzzers
benches: $(BENCHES)
bench: ## measure against the targets (ONLY=forms …): a table, and build/bench.json
	@assets/setup/install-packages build run test bench
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=release all benches
	@B=build/release tests/bench/run $(ONLY)

FUZZERS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fuzz/fuzz-*.c)))
$(B)/tests/fuzz/fuzz-%: $(B)/tests/fuzz/fuzz-%.o $(app_a)
	$(call link,-fsanitize=fuzzer $(LIBS_program) $(cups))
fuzzers: $(FUZZERS)
fuzz: ## feed the readers of foreign data with noise (ONLY=NAME, TIME=60 seconds each)
	@assets/setup/install-packages build run fuzz
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=fuzz CC=clang fuzzers
	@B=build/fuzz tests/fuzz/run $(ONLY)

# ---- keeping the house in order ------------------------------------------------------------------
.PHONY: lint layers format
lint: layers ## check layout, first lines, scripts and documents
	@tests/house/lint
layers: ## check who includes what
	@tests/house/layers
format: ## lay out every source file by .clang-format
	@assets/setup/install-packages lint
	@git ls-files '*.c' '*.h' | xargs -r clang-format -i

# ---- running -------------------------------------------------------------------------------------
.PHONY: run stop demo demo-reset clean help
run: ## install, build, start the embedded backend and the steward, and open the window
	@assets/setup/run
stop: ## stop what `make run` left running in the background
	@assets/setup/run --stop
demo: ## play one whole visit by itself; leaves receipts and pictures in build/demo/
	@assets/setup/install-packages
	@$(MAKE) --no-print-directory -j$(JOBS) all tests-gui
	@B=$(B) tests/gui/demo
demo-reset: ## begin anew: remove the demo's data
	@assets/setup/run --reset
clean: ## remove everything that was built
	rm -rf build
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
.SECONDARY:
.DELETE_ON_ERROR:
