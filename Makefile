# SPDX-License-Identifier: MIT
# One Makefile for everything; nothing is built outside $(BUILD). "make help" lists the targets.

VERSION    = 0.1.0

CFLAGS    ?= -O2 -g
BUILD     ?= build
PKG_CONFIG ?= pkg-config
INSTALL   ?= install
# Set on the command line: V=1 shows the commands, WERROR=0 lets warnings pass,
# SANITIZE=address,undefined builds with sanitizers (use a BUILD of its own).
V         ?= 0
WERROR    ?= 1
SANITIZE  ?=

prefix    ?= /usr/local
bindir     = $(prefix)/bin
libdir     = $(prefix)/lib
includedir = $(prefix)/include
datadir    = $(prefix)/share
mandir     = $(datadir)/man
packdir    = $(datadir)/mopslint/rules

# --- libraries ---------------------------------------------------------------------------------
# libcsv has no .pc file. gmp: exact shares in fix-first. nettle: SHA-256. sqlite3: the history.
# libcurl 7.80 is the first that tells of each request before it is sent (CURLOPT_PREREQFUNCTION).
PKGS       = libpcre2-8 jansson libcurl yaml-0.1 libutf8proc libxxhash zlib libpsl libidn2 gmp nettle sqlite3
PKG_FAULT := $(shell { $(PKG_CONFIG) --exists --print-errors --errors-to-stdout $(PKGS) 'libcurl >= 7.80.0'; } 2>&1)
PKG_CFLAGS := $(if $(PKG_FAULT),,$(shell $(PKG_CONFIG) --cflags $(PKGS)))
PKG_LIBS  := $(if $(PKG_FAULT),,$(shell $(PKG_CONFIG) --libs $(PKGS)))
LIBS       = -lcsv $(PKG_LIBS) -lm

# --- flags: ours first, then the user's, which are never overwritten ------------------------------
WARN       = -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(filter 1,$(WERROR)),-Werror)
TEST_WARN  = -Wall -Wextra -Wpedantic -Wshadow $(if $(filter 1,$(WERROR)),-Werror)
SAN_FLAGS  = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer) $(if $(COVER),--coverage)
OWN_CPP    = -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -DMOP_VERSION='"$(VERSION)"' -Iinclude -Isrc -I$(BUILD)/gen $(PKG_CFLAGS)
OWN_C      = -std=c11 -fPIC -fvisibility=hidden -pthread $(SAN_FLAGS)
OWN_LD     = -pthread -Wl,--as-needed $(SAN_FLAGS)
COMPILE    = $(CC) $(OWN_CPP) $(CPPFLAGS) $(OWN_C) $(if $(findstring .gen.c,$<),-w,$(WARN)) $(CFLAGS) -MMD -MP -c -o $@ $<
LINK       = $(CC) $(OWN_LD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# What a build is made for: the installed one, and the one under test, which has the fault hooks.
OBJ_CPP    = -DMOP_PACKDIR='"$(packdir)"'
TEST_CPP   = -DMOP_PACKDIR='"$(CURDIR)/rules"' -DMOP_TEST_HOOKS

ifeq ($(V),1)
say = @:
Q =
else
say = @printf '  %-7s %s\n'
Q = @
endif

# --- sources -----------------------------------------------------------------------------------
LIB_SRC   := $(sort $(filter-out src/cli/%,$(wildcard src/*/*.c)) $(wildcard src/*.c src/*/data/*.gen.c))
CLI_SRC   := $(sort $(wildcard src/cli/*.c))
LIB_OBJ    = $(LIB_SRC:%.c=$(BUILD)/obj/%.o)
CLI_OBJ    = $(CLI_SRC:%.c=$(BUILD)/obj/%.o)
# Under test everything but main() is one archive, so that a unit test may call any room.
TEST_OBJ   = $(patsubst %.c,$(BUILD)/test/obj/%.o,$(LIB_SRC) $(filter-out src/cli/main.c,$(CLI_SRC)))
UNIT_SRC  := $(sort $(wildcard tests/unit/test_*.c))
UNIT_HELP := $(sort $(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c)))
UNITS      = $(UNIT_SRC:tests/unit/%.c=$(BUILD)/test/unit/%)
FUZZ_SRC  := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZERS    = $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/test/fuzz/%)
CONNECTORS := $(sort $(wildcard src/exporters/connectors/*.yaml))
PACKS     := $(sort $(wildcard rules/*.yaml))
PACK_DATA := $(sort $(wildcard rules/data/*))
PACK_TESTS := $(sort $(wildcard rules/tests/*))
# What runs it every night, in pull requests or by make, and what looks at it then: installed to be copied from.
OPS_FILES := $(sort $(wildcard contrib/settings.md contrib/mopslint.mk contrib/ci/*.yml contrib/ci/gate/*.yml \
                 $(foreach folder,prometheus grafana cron systemd logrotate gate schema,contrib/$(folder)/*)))
# How to use connectors and write one.
DOC_FILES := $(sort $(wildcard src/exporters/connectors/*.md))
HEADERS   := $(sort $(wildcard include/mopslint/*.h))
OWN_FILES := $(sort $(filter-out %.gen.c,$(wildcard src/*.[ch] src/*/*.[ch] src/*/data/*.h include/mopslint/*.h tests/*.c tests/*/*.[ch])))

PYTHON    ?= $(firstword $(wildcard /usr/bin/python3) python3)
JOBS       = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 2))
# Which parts of the test suite "make check" and "make test" run.
SUITES    ?= unit fuzz cli http foreign schema formats html readme docs language oracle history repairs properties contrib ops real
TEST_ENV   = BUILD='$(BUILD)' PYTHON='$(PYTHON)'

.PHONY: update-golden-http all help deps demo test check check-build bench bench-history install install-ops uninstall clean dist distcheck \
        check-asan check-valgrind check-planted check-format check-tidy check-cppcheck check-includes check-docs \
        fuzz fuzz-build fuzz-cover update-golden format have-libs
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/mopslint $(BUILD)/libmopslint.a $(BUILD)/libmopslint.so.0 $(BUILD)/mopslint.pc

help:
	@sed -n 's/^## //p' Makefile

## demo            install what the build needs, build, judge the sample data, show the report
## all             build/mopslint, the static and the shared library
## test            install what the tests need, then run them all
## check           the tests without installing anything (SUITES="unit cli" runs a part)
## bench           the 25-rule job on a generated file beside wc, libcsv and mawk (RECORDS=N), a fetch beside curl | jq (HTTP_RECORDS=N)
## bench-history   how large a history becomes, by columns, values and wrong cells; some minutes
## install         to $(DESTDIR)$(prefix); uninstall takes it away again
## dist            build/mopslint-VERSION.tar.gz from the tracked files; distcheck tries it
## check-asan      the tests under AddressSanitizer and UndefinedBehaviorSanitizer
## check-valgrind  units and one case per finding id under valgrind
## check-format, check-tidy, check-cppcheck, check-includes, check-docs   static checks
## check-planted   bugs planted in copies of the judge: the oracle has to catch each (some minutes)
## fuzz            each fuzz target for FUZZ_SECONDS (600); fuzz-cover prints the corpora's coverage
## update-golden   rewrite the expected output of the command line cases (CASES=filter)
## deps            install the packages that the build needs (Debian, Ubuntu)
## clean           remove build/

# --- compile and link ----------------------------------------------------------------------------
# Objects are built again when the compiler or a flag changes; of another prefix, only what knows it.
$(BUILD)/flags:   export NOW := $(CC) $(OWN_CPP) $(CPPFLAGS) $(OWN_C) $(WARN) $(CFLAGS) $(LDFLAGS) $(TEST_CPP)
$(BUILD)/packdir: export NOW := $(packdir)
$(BUILD)/flags $(BUILD)/packdir: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$NOW" | cmp -s - $@ || printf '%s\n' "$$NOW" >$@
$(patsubst %.c,$(BUILD)/obj/%.o,$(shell grep -ls MOP_PACKDIR $(LIB_SRC) $(CLI_SRC))): $(BUILD)/packdir
.PHONY: FORCE

have-libs:
	@test -z "$$PKG_FAULT" || { printf '%s\n' "$$PKG_FAULT" "hint: 'make deps' installs what the build needs" >&2; exit 1; }
have-libs: export PKG_FAULT := $(PKG_FAULT)

# The shipped connectors, as bytes in the program.
$(BUILD)/gen/connectors.inc: contrib/embed.sh $(CONNECTORS)
	@mkdir -p $(@D)
	@sh contrib/embed.sh $(CONNECTORS) >$@
$(BUILD)/obj/src/exporters/connectors.o $(BUILD)/test/obj/src/exporters/connectors.o: $(BUILD)/gen/connectors.inc
# The style sheet and the script of HTML reports.
$(BUILD)/gen/html.inc: contrib/embed.sh src/report/html.css src/report/html.js
	@mkdir -p $(@D)
	@sh contrib/embed.sh --texts src/report/html.css src/report/html.js >$@
$(BUILD)/obj/src/report/html_assets.o $(BUILD)/test/obj/src/report/html_assets.o: $(BUILD)/gen/html.inc

$(BUILD)/obj/%.o: %.c $(BUILD)/flags | have-libs
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(OBJ_CPP)

$(BUILD)/test/obj/src/%.o: src/%.c $(BUILD)/flags | have-libs
	$(say) CC 'test $<'
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(TEST_CPP)

$(BUILD)/test/obj/tests/%.o: WARN = $(TEST_WARN)
$(BUILD)/test/obj/tests/%.o: tests/%.c $(BUILD)/flags | have-libs
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(TEST_CPP) -DMOP_TOP='"$(CURDIR)"'

$(BUILD)/libmopslint.a: $(LIB_OBJ)
$(BUILD)/test/libtest.a: $(TEST_OBJ)
$(BUILD)/libmopslint.a $(BUILD)/test/libtest.a:
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/libmopslint.so.0: $(LIB_OBJ)
	$(say) LD $@
	$(Q)$(LINK) -shared -Wl,-soname,libmopslint.so.0 $(if $(SANITIZE),,-Wl,-z,defs)

$(BUILD)/mopslint: $(CLI_OBJ) $(BUILD)/libmopslint.a
	$(say) LD $@
	$(Q)$(LINK)

$(BUILD)/test/mopslint: $(BUILD)/test/obj/src/cli/main.o $(BUILD)/test/libtest.a
	$(say) LD $@
	$(Q)$(LINK)

$(UNITS): $(BUILD)/test/unit/%: $(BUILD)/test/obj/tests/unit/%.o $(UNIT_HELP:%.c=$(BUILD)/test/obj/%.o) $(BUILD)/test/libtest.a
	$(say) LD $@
	@mkdir -p $(@D)
	$(Q)$(LINK) -lcmocka

# The fuzz targets replay their corpus in "make check" through a small main of their own.
FUZZ_MAIN = $(BUILD)/test/obj/tests/fuzz/replay.o
$(FUZZERS): $(BUILD)/test/fuzz/%: $(BUILD)/test/obj/tests/fuzz/%.o $(FUZZ_MAIN) $(BUILD)/test/libtest.a
	$(say) LD $@
	@mkdir -p $(@D)
	$(Q)$(LINK) $(if $(FUZZ_MAIN),,-fsanitize=fuzzer)

$(BUILD)/test/nojit.so: tests/nojit.c
	$(say) LD $@
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -fPIC -shared $(TEST_WARN) $(CFLAGS) -o $@ $<

$(BUILD)/mopslint.pc: contrib/mopslint.pc.in $(BUILD)/flags $(BUILD)/packdir
	$(Q)sed -e 's|@prefix@|$(prefix)|' -e 's|@version@|$(VERSION)|' -e 's|@requires@|$(PKGS)|' $< >$@

-include $(shell find $(BUILD)/obj $(BUILD)/test/obj $(BUILD)/bench -name '*.d' 2>/dev/null)

# --- the two commands of a newcomer --------------------------------------------------------------
DEMO = $(BUILD)/mopslint check -r fixtures/demo/taxonomy.yaml --now 2026-11-22T06:00:00Z \
       fixtures/demo/leads.csv fixtures/demo/campaigns.csv

deps:
	@sh contrib/deps.sh build

demo:
	@sh contrib/deps.sh build
	@$(MAKE) --no-print-directory $(JOBS) all
	@printf '\n$$ %s\n\n' '$(strip $(DEMO))'
	@$(DEMO); rc=$$?; case $$rc in \
	0) printf '\nExit status 0: the data is good enough for its reports.\n' ;; \
	1) printf '\nExit status 1: the data falls short, as it should in this sample. Now your own: README.md.\n' ;; \
	*) exit $$rc ;; esac

test:
	@sh contrib/deps.sh test
	@$(MAKE) --no-print-directory $(JOBS) check

check-build: $(BUILD)/test/mopslint $(UNITS) $(FUZZERS)

check: check-build
	@$(TEST_ENV) bash tests/run-all.sh $(SUITES)

update-golden: check-build
	@$(TEST_ENV) bash tests/run-cli.sh --update $(CASES)

update-golden-http: check-build
	@$(TEST_ENV) bash tests/run-http.sh --update $(CASES)

# --- checks beside the tests ---------------------------------------------------------------------
check-asan:
	@ASAN_OPTIONS=$${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0} UBSAN_OPTIONS=print_stacktrace=1 \
	CASE_SECONDS=$${CASE_SECONDS:-300} $(MAKE) --no-print-directory $(JOBS) check BUILD='$(BUILD)/asan' SANITIZE=address,undefined \
	SUITES='$(filter-out real docs schema formats html contrib ops language repairs properties,$(SUITES))' ORACLE_CASES=$${ORACLE_CASES:-200} \
	HISTORY_NIGHTS=$${HISTORY_NIGHTS:-130} HISTORY_CASES=$${HISTORY_CASES:-12}

check-valgrind: check-build $(BUILD)/test/nojit.so
	@$(TEST_ENV) bash tests/run-units.sh --valgrind
	@$(TEST_ENV) bash tests/run-cli.sh --valgrind $(or $(CASES),fire-)

check-format:
	@if command -v clang-format >/dev/null; then clang-format --dry-run -Werror $(OWN_FILES); \
	else echo 'check-format: skipped, no clang-format'; fi

format:
	clang-format -i $(OWN_FILES)

check-tidy: $(BUILD)/gen/connectors.inc $(BUILD)/gen/html.inc
	@if command -v clang-tidy >/dev/null; then \
	printf '%s\n' $(filter-out %.gen.c,$(LIB_SRC) $(CLI_SRC)) | xargs -n 4 -P "$$(nproc)" sh tests/check-tidy.sh $(OWN_CPP) $(OBJ_CPP) $(CPPFLAGS) -- ; \
	else echo 'check-tidy: skipped, no clang-tidy'; fi

check-planted:
	@$(PYTHON) tests/oracle/planted.py

check-cppcheck: $(BUILD)/gen/connectors.inc $(BUILD)/gen/html.inc
	@if command -v cppcheck >/dev/null; then \
	cppcheck --quiet -j "$$(nproc)" --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--suppress=missingIncludeSystem --template=gcc -Iinclude -Isrc -I$(BUILD)/gen -DMOP_VERSION='""' -DMOP_PACKDIR='""' \
	$(filter-out %.gen.c,$(LIB_SRC) $(CLI_SRC)); \
	else echo 'check-cppcheck: skipped, no cppcheck'; fi

check-includes: | have-libs
	@CC='$(CC)' bash tests/check-includes.sh $(OWN_CPP) $(CPPFLAGS)

check-docs: $(BUILD)/test/mopslint
	@$(TEST_ENV) bash tests/run-docs.sh

# --- fuzzing -------------------------------------------------------------------------------------
FUZZ_SECONDS ?= 600
fuzz-build: $(FUZZERS)
fuzz:
	@$(MAKE) --no-print-directory $(JOBS) fuzz-build BUILD='$(BUILD)/fuzz' CC=clang FUZZ_MAIN= WERROR=0 \
	SANITIZE=fuzzer-no-link,address,undefined
	@BUILD='$(BUILD)/fuzz' FUZZ_SECONDS=$(FUZZ_SECONDS) bash tests/run-fuzz.sh $(CASES)

fuzz-cover:
	@$(MAKE) --no-print-directory $(JOBS) fuzz-build BUILD='$(BUILD)/cover' COVER=1 CFLAGS='-O0 -g'
	@BUILD='$(BUILD)/cover' bash tests/run-fuzz.sh --cover $(CASES)

# --- speed ---------------------------------------------------------------------------------------
RECORDS ?= 500000
HTTP_RECORDS ?= 1000000
BENCH    = $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(CC) -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -std=c11 $(TEST_WARN) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< -lcsv

bench: $(BENCH) $(BUILD)/mopslint
	@BUILD='$(BUILD)' bash tests/bench/run.sh $(RECORDS)
	@BUILD='$(BUILD)' bash tests/bench/http.sh $(HTTP_RECORDS)

bench-history: $(BUILD)/mopslint
	@$(PYTHON) tests/bench/history.py $(BUILD)/mopslint

# --- install, dist -------------------------------------------------------------------------------
PLACE = $(INSTALL) -D -m 644
install: all install-ops
	$(INSTALL) -D -m 755 $(BUILD)/mopslint $(DESTDIR)$(bindir)/mopslint
	$(PLACE) $(BUILD)/libmopslint.a $(DESTDIR)$(libdir)/libmopslint.a
	$(INSTALL) -D -m 755 $(BUILD)/libmopslint.so.0 $(DESTDIR)$(libdir)/libmopslint.so.0
	ln -sf libmopslint.so.0 $(DESTDIR)$(libdir)/libmopslint.so
	$(PLACE) $(BUILD)/mopslint.pc $(DESTDIR)$(libdir)/pkgconfig/mopslint.pc
	$(PLACE) -t $(DESTDIR)$(includedir)/mopslint $(HEADERS)
	$(PLACE) -t $(DESTDIR)$(packdir) $(PACKS)
	$(if $(PACK_DATA),$(PLACE) -t $(DESTDIR)$(packdir)/data $(PACK_DATA))
	$(if $(PACK_TESTS),$(PLACE) -t $(DESTDIR)$(packdir)/tests $(PACK_TESTS))
	$(PLACE) contrib/mopslint.1 $(DESTDIR)$(mandir)/man1/mopslint.1
	$(PLACE) -t $(DESTDIR)$(datadir)/doc/mopslint/connectors $(DOC_FILES)
	$(PLACE) contrib/completions/mopslint.bash $(DESTDIR)$(datadir)/bash-completion/completions/mopslint
	$(PLACE) contrib/completions/_mopslint $(DESTDIR)$(datadir)/zsh/site-functions/_mopslint
	$(PLACE) contrib/completions/mopslint.fish $(DESTDIR)$(datadir)/fish/vendor_completions.d/mopslint.fish

# With the paths of this installation, so that they work where they are copied to.
install-ops:
	for file in $(OPS_FILES); do to="$(DESTDIR)$(datadir)/mopslint/$$file"; $(PLACE) "$$file" "$$to" && \
	    sed 's|/usr/local/bin|$(bindir)|g; s|/usr/local/share|$(datadir)|g' "$$file" >"$$to" || exit; done
	chmod 755 $(DESTDIR)$(datadir)/mopslint/contrib/cron/mopslint-cron

uninstall:
	rm -f $(DESTDIR)$(bindir)/mopslint $(DESTDIR)$(libdir)/libmopslint.a $(DESTDIR)$(libdir)/libmopslint.so.0 \
	$(DESTDIR)$(libdir)/libmopslint.so $(DESTDIR)$(libdir)/pkgconfig/mopslint.pc $(DESTDIR)$(mandir)/man1/mopslint.1 \
	$(DESTDIR)$(datadir)/bash-completion/completions/mopslint $(DESTDIR)$(datadir)/zsh/site-functions/_mopslint \
	$(DESTDIR)$(datadir)/fish/vendor_completions.d/mopslint.fish
	rm -rf $(DESTDIR)$(includedir)/mopslint $(DESTDIR)$(datadir)/mopslint $(DESTDIR)$(datadir)/doc/mopslint

DIST = mopslint-$(VERSION)
dist:
	@mkdir -p $(BUILD)
	git ls-files -z | tar --null -T - --transform 's|^|$(DIST)/|' --owner=0 --group=0 --sort=name -czf $(BUILD)/$(DIST).tar.gz
	@echo $(BUILD)/$(DIST).tar.gz

distcheck: dist
	@MAKE='$(MAKE) --no-print-directory $(JOBS)' bash tests/check-dist.sh $(BUILD)/$(DIST).tar.gz

clean:
	rm -rf $(BUILD)
