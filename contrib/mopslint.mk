# SPDX-License-Identifier: MIT
# For the Makefile of a repository that keeps taxonomies:
#
#     MOPSLINT_RULES = taxonomy.yaml
#     include /usr/local/share/mopslint/contrib/mopslint.mk
#
# `make rules` lints and tests them; `make rules-reports` also leaves what CI platforms read in $(MOPSLINT_OUT).
# `make gate` runs the launch gate over the briefs in $(MOPSLINT_BRIEFS); `make gate BRIEF=FILE` over one. None may have the
# name, an id or a link of another campaign in $(MOPSLINT_KNOWN): CSV files, briefs, folders of briefs. Both are patterns of the
# shell, whose matches may have blanks; no brief at all is an error.
MOPSLINT              ?= mopslint
MOPSLINT_RULES        ?= taxonomy.yaml
MOPSLINT_MIN_COVERAGE ?= 0
MOPSLINT_OUT          ?= build/mopslint

MOPSLINT_BRIEFS       ?= campaigns/*/brief.yaml
MOPSLINT_KNOWN        ?= $(wildcard campaigns) campaigns*.csv
BRIEF                 ?=

.PHONY: gate rules rules-lint rules-test rules-reports
rules: rules-lint rules-test

rules-lint:
	$(MOPSLINT) rules lint $(MOPSLINT_RULES)

rules-test:
	$(MOPSLINT) rules test --min-coverage $(MOPSLINT_MIN_COVERAGE) $(MOPSLINT_RULES)

rules-reports:
	@mkdir -p $(MOPSLINT_OUT)
	status=0; \
	$(MOPSLINT) rules lint -f text -f sarif=$(MOPSLINT_OUT)/lint.sarif -f junit=$(MOPSLINT_OUT)/lint.xml \
	    -f gitlab=$(MOPSLINT_OUT)/code-quality.json $(MOPSLINT_RULES) || status=$$?; \
	$(MOPSLINT) rules test -f text -f junit=$(MOPSLINT_OUT)/rules.xml \
	    --min-coverage $(MOPSLINT_MIN_COVERAGE) $(MOPSLINT_RULES) || status=$$?; \
	exit $$status

gate: export MOPSLINT_BRIEF = $(BRIEF)
gate:
	@status=0; n=0; \
	unmatched() { case $$1 in *[*?[]*) [ ! -e "$$1" ];; *) false;; esac; }; \
	look() { \
	    n=$$((n + 1)); brief=$$1; set --; \
	    for known in $(MOPSLINT_KNOWN); do \
	        unmatched "$$known" || set -- "$$@" --known "$$known"; \
	    done; \
	    $(MOPSLINT) gate $(addprefix -r ,$(MOPSLINT_RULES)) "$$@" "$$brief" || \
	        { rc=$$?; [ $$rc -le $$status ] || status=$$rc; }; \
	}; \
	if [ -n "$$MOPSLINT_BRIEF" ]; then \
	    look "$$MOPSLINT_BRIEF"; \
	else \
	    for brief in $(MOPSLINT_BRIEFS); do unmatched "$$brief" || look "$$brief"; done; \
	fi; \
	[ $$n -gt 0 ] || { echo 'no brief matches MOPSLINT_BRIEFS' >&2; exit 2; }; \
	exit $$status
