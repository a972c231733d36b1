# SPDX-License-Identifier: MIT
# For the Makefile of a repository that keeps taxonomies:
#
#     MOPSLINT_RULES = taxonomy.yaml
#     include /usr/local/share/mopslint/contrib/mopslint.mk
#
# `make rules` lints and tests them; `make rules-reports` also leaves what CI platforms read in $(MOPSLINT_OUT).
# `make gate` runs the launch gate over the briefs in $(MOPSLINT_BRIEFS); `make gate BRIEF=FILE` over one. None may have the
# name, an id or a link of another campaign in $(MOPSLINT_KNOWN): CSV files, briefs, folders of briefs.
MOPSLINT              ?= mopslint
MOPSLINT_RULES        ?= taxonomy.yaml
MOPSLINT_MIN_COVERAGE ?= 0
MOPSLINT_OUT          ?= build/mopslint

MOPSLINT_BRIEFS       ?= $(wildcard campaigns/*/brief.yaml)
MOPSLINT_KNOWN        ?= $(wildcard campaigns campaigns*.csv)
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

gate:
	status=0; \
	for brief in $(or $(BRIEF),$(MOPSLINT_BRIEFS)); do \
	    $(MOPSLINT) gate $(addprefix -r ,$(MOPSLINT_RULES)) $(addprefix --known ,$(MOPSLINT_KNOWN)) "$$brief" || \
	        { rc=$$?; [ $$rc -le $$status ] || status=$$rc; }; \
	done; \
	exit $$status
