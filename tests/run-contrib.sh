#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-contrib.sh: the recipes of contrib/ for CI, the git hook and the Makefile fragment, each run on a
# repository with a taxonomy that is well and one that is not.
. "$(dirname "$0")/run-common.sh"
mkdir "$work/bin" "$work/tmp"
ln -s "$build/test/mopslint" "$work/bin/mopslint"
PATH=$work/bin:$PATH
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null RUNNER_TEMP=$work/tmp GITHUB_STEP_SUMMARY=$work/summary.md

# expect NAME RC PATTERN COMMAND...: the exit status, and a line of the output that PATTERN matches.
expect() {
    local name=$1 rc=$2 pattern=$3 got
    shift 3
    "$@" >"$work/log" 2>&1 </dev/null
    got=$?
    if [ "$got" -eq "$rc" ] && grep -qE -- "$pattern" "$work/log"; then pass; else
        fail "$name: exit status $got, expected $rc and '$pattern'"
        tail -n 12 "$work/log" | sed 's/^/    /'
    fi
}
sound() { cp "$top/tests/contrib/taxonomy.yaml" taxonomy.yaml; }
broken() { sed 's/when: {source: google}/when: {source: gogle}/' "$top/tests/contrib/taxonomy.yaml" >taxonomy.yaml; }
doubtful() { grep -v '^    message:' "$top/tests/contrib/taxonomy.yaml" >taxonomy.yaml; }
untested() { sed 's/source: facebook/source: linkedin/' "$top/tests/contrib/taxonomy.yaml" >taxonomy.yaml; }

hook() {
    mkdir "$work/repo" && cd "$work/repo" || exit 3
    git init -q -b main . && git config user.name test && git config user.email test@acme.example
    cp "$top/contrib/hooks/pre-commit" .git/hooks/pre-commit
    sound && git add . && expect 'hook: a sound taxonomy' 0 'file changed' git commit -m one
    broken && git add . && sound
    expect 'hook: what is staged counts, not the work tree' 1 '^taxonomy.yaml:20:20: error: ' git commit -m two
    git checkout -q HEAD -- . && doubtful && git add .
    expect 'hook: a doubtful one' 1 'missing-message' git commit -m three
    git config mopslint.taxonomies gone.yaml
    expect 'hook: a taxonomy that is not there' 1 '^gone.yaml: error: ' git commit -m three
    git config mopslint.taxonomies other.yaml
    git checkout -q HEAD -- taxonomy.yaml && cp taxonomy.yaml other.yaml && printf 'x: [\n' >notes.yaml && git add . &&
        expect 'hook: other files are not its matter' 0 'changed' git commit -m four
    git config mopslint.taxonomies taxonomy.yaml
    broken && git add . && git commit -qm six --no-verify && git rm -q notes.yaml &&
        expect 'hook: what is only deleted' 1 '^taxonomy.yaml:20:20: error: ' git commit -m seven
    git reset -q --hard && sound && git add . && git commit -qm eight --no-verify
    git config --unset mopslint.taxonomies
    for form in bom quoted json; do
        git reset -q --hard && broken
        case $form in
            bom) { printf '\357\273\277'; cat taxonomy.yaml; } >form.yaml ;;
            quoted) sed 's/^mopslint:/"mopslint" :/' taxonomy.yaml >form.yaml ;;
            json) printf '{\n  "name": "t", "mopslint": 1, "records": {"lead": {"feelds": {}}}\n}\n' >form.json ;;
        esac
        git checkout -q -- taxonomy.yaml && git add .
        expect "hook: a rule file, $form" 1 '^form.(yaml|json):[0-9]+:[0-9]+: error: ' git commit -m "$form"
        git rm -qf --cached form.* && rm form.*
    done
    printf '{"name": "other"}\n' >package.json && git add . && expect 'hook: JSON of others' 0 changed git commit -m json
    git config mopslint.minCoverage 100 && untested && git add .
    expect 'hook: tests that fail' 1 'campaign.source.vocabulary' git commit -m five
    expect 'hook: files by name' 1 'campaign.source.vocabulary' "$top/contrib/hooks/pre-commit" notes.yaml taxonomy.yaml
    PATH=/usr/bin:/bin expect 'hook: no mopslint' 1 'not installed' git commit -m six
    cd "$top" || exit 3
}

platforms() {
    local action=$top/contrib/ci/action.yml gitlab=$top/contrib/ci/gitlab-ci.yml steps=$top/tests/contrib/steps.py
    mkdir "$work/ci" && cd "$work/ci" || exit 3
    sound
    expect 'action: sound' 0 '^mopslint [0-9]' "$python" "$steps" action "$action" min-coverage=90
    broken
    expect 'action: broken' 2 '^::error .*file=taxonomy.yaml,line=20,' "$python" "$steps" action "$action"
    untested
    expect 'action: a test fails' 1 '^::error .*file=taxonomy.yaml,line=29,' "$python" "$steps" action "$action" sarif=lint.sarif
    expect 'action: SARIF' 0 '"version": *"2.1.0"' cat lint.sarif
    expect 'action: the summary' 0 'campaign.source.vocabulary' cat "$GITHUB_STEP_SUMMARY"
    expect 'gitlab: a test fails' 1 'expected' "$python" "$steps" gitlab "$gitlab"
    expect 'gitlab: the test report' 0 '<failure' cat rules.xml
    doubtful
    expect 'gitlab: a finding' 1 'missing-message' "$python" "$steps" gitlab "$gitlab"
    expect 'gitlab: code quality' 0 '"check_name": *"missing-message"' cat gl-code-quality.json
    sound
    expect 'gitlab: sound' 0 'no problems' "$python" "$steps" gitlab "$gitlab"
    expect 'workflow: the inputs of the action' 0 'inputs known' "$python" "$steps" workflow "$top/contrib/ci/github-workflow.yml" "$action"
    cd "$top" || exit 3
}

fragment() {
    mkdir "$work/make" && cd "$work/make" || exit 3
    printf 'include %s/contrib/mopslint.mk\n' "$top" >Makefile
    sound && expect 'make rules: sound' 0 'no problems' make rules
    untested && expect 'make rules: a test fails' 2 'campaign.source.vocabulary' make rules MOPSLINT_MIN_COVERAGE=50
    expect 'make rules-reports' 2 'campaign.source.vocabulary' make rules-reports
    expect 'make rules-reports: files' 0 '<failure' cat build/mopslint/rules.xml
    cd "$top" || exit 3
}

# A connector may be called anything that a file may: its text stands in an array with a number.
embed() {
    mkdir "$work/embed" && cd "$work/embed" || exit 3
    printf 'name: acme-crm\n' >acme-crm.yaml
    { echo '#include "exporters/connector.h"'; sh "$top/contrib/embed.sh" acme-crm.yaml; } >connectors.c
    expect 'embed.sh: a name with a hyphen' 0 '"acme-crm"' cat connectors.c
    expect 'embed.sh: its C text' 0 compiles sh -c "${CC:-cc} -std=c11 -fsyntax-only -I'$top/src' connectors.c && echo compiles"
    cd "$top" || exit 3
}

# A repository as contrib/gate/README.md has it: on main a campaign that is over, on the branch one to be launched.
briefs() {
    local action=$top/contrib/ci/gate/action.yml gitlab=$top/contrib/ci/gate-gitlab-ci.yml steps=$top/tests/contrib/steps.py
    mkdir "$work/briefs" && cd "$work/briefs" || exit 3
    git init -q -b main . && git config user.name test && git config user.email test@acme.example
    cp "$top/fixtures/gate/taxonomy.yaml" . && mkdir -p campaigns/over campaigns/new
    sed 's/^end: .*/end: 2020-01-01/; s/^start: .*/start: 2019-12-02/' "$top/fixtures/gate/standard.yaml" >campaigns/over/brief.yaml
    git add . && git commit -qm main && git update-ref refs/remotes/origin/main HEAD && base=$(git rev-parse HEAD)
    git checkout -qb branch && future "$top/fixtures/gate/lightweight.yaml" >campaigns/new/brief.yaml && git add . && git commit -qm go
    GITHUB_BASE_REF=main expect 'gate action: one that may be launched' 0 '^mopslint [0-9]' "$python" "$steps" action "$action"
    expect 'gate action: the summary' 0 'Launch gate: GO' cat "$GITHUB_STEP_SUMMARY"
    expect 'gate action: all, without a pull request' 1 'campaigns/over/brief.yaml' "$python" "$steps" action "$action"
    expect 'gate action: no brief' 2 'no brief matches' "$python" "$steps" action "$action" briefs='nowhere/*.yaml'
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect 'gate gitlab: may be launched' 0 '^GO' "$python" "$steps" gitlab "$gitlab"
    expect 'gate gitlab: pages' 0 'launch gate' cat gate/1.html
    # What no brief's folder has: the taxonomy for all, told and failing none; nothing at all is said.
    git checkout -qb taxonomy main && echo '# newer' >>taxonomy.yaml && git commit -qam taxonomy && : >"$GITHUB_STEP_SUMMARY"
    GITHUB_BASE_REF=main expect 'gate action: the taxonomy alone' 0 '^mopslint [0-9]' "$python" "$steps" action "$action"
    GITHUB_BASE_REF=main expect 'gate action: the taxonomy alone, annotated' 0 '^::warning .*file=campaigns/over/brief.yaml,line=' "$python" "$steps" action "$action"
    expect 'gate action: the taxonomy alone, the summary' 0 'Launch gate: HOLD' cat "$GITHUB_STEP_SUMMARY"
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect 'gate gitlab: the taxonomy alone' 0 '^HOLD' "$python" "$steps" gitlab "$gitlab"
    git checkout -qb notes main && echo x >notes.txt && git add notes.txt && git commit -qm notes
    GITHUB_BASE_REF=main expect 'gate action: nothing to look at' 0 '^::notice::no brief was looked at' "$python" "$steps" action "$action"
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect 'gate gitlab: nothing to look at' 0 '^no brief was looked at' "$python" "$steps" gitlab "$gitlab"
    # What it is made of: a file that it extends, a list, one that does not load, one that git does not know.
    git checkout -qb parts main && mkdir lists && mv taxonomy.yaml base.yaml && printf 'value\nacme\n' >lists/partners.csv
    printf 'mopslint: 1\nextends: [base.yaml]\nvocabularies: {partner: {file: lists/partners.csv}}\n' >taxonomy.yaml
    git add . && git commit -qm parts && git update-ref refs/remotes/origin/parts HEAD && base=$(git rev-parse HEAD)
    for part in base.yaml lists/partners.csv; do
        git checkout -qb "$part" parts && printf '%s\n' '# more' >>"$part" && git commit -qam part
        told "$part" '^::warning .*file=campaigns/over/brief.yaml,line=' '^HOLD' 0
    done
    git checkout -qb ill parts && echo 'recrods: {}' >>base.yaml && git commit -qam ill
    told 'an ill part' "^::error file=base.yaml,line=[0-9]+,col=1::unknown key 'recrods'" "unknown key 'recrods'" 2
    git checkout -qb unknown parts && git rm -q --cached lists/partners.csv && git commit -qm unknown && git update-ref refs/remotes/origin/parts HEAD
    base=$(git rev-parse HEAD) && echo x >notes.txt && git add notes.txt && git commit -qm notes
    told 'a list that git does not know' '^::warning .*file=campaigns/over/brief.yaml,line=' '^HOLD' 0
    rm -r lists && git checkout -q branch && base=$(git rev-parse main)
    # A sibling with its name, in git or in the CRM's list, stands in the way; the list may be missing.
    mkdir campaigns/twin && sed 's/^utm_id: .*//' campaigns/new/brief.yaml >campaigns/twin/brief.yaml
    GITHUB_BASE_REF=main expect 'gate action: a twin' 1 'another campaign has the name' "$python" "$steps" action "$action"
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect 'gate gitlab: a twin' 1 'campaigns/twin/brief.yaml' "$python" "$steps" gitlab "$gitlab"
    printf 'include %s/contrib/mopslint.mk\n' "$top" >Makefile
    expect 'make gate: a twin' 2 'campaigns/twin/brief.yaml' make gate BRIEF=campaigns/new/brief.yaml
    rm -r campaigns/twin
    grep '^name:' campaigns/new/brief.yaml | sed 's/^name: */name\n/' >campaigns.csv
    GITHUB_BASE_REF=main expect 'gate action: in the list' 1 'another campaign has the name' "$python" "$steps" action "$action"
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect 'gate gitlab: in the list' 1 'campaigns.csv, line 2' "$python" "$steps" gitlab "$gitlab"
    expect 'make gate: in the list' 2 'campaigns.csv, line 2' make gate BRIEF=campaigns/new/brief.yaml
    rm campaigns.csv
    GITHUB_BASE_REF=main expect 'gate action: no such list' 3 'cannot open' "$python" "$steps" action "$action" known=nowhere
    sed -i 's/utm_source=newsletter/utm_source=nl/' campaigns/new/brief.yaml && git commit -qam hold
    GITHUB_BASE_REF=main expect 'gate action: held' 1 '^::error .*file=campaigns/new/brief.yaml,line=' "$python" "$steps" action "$action"
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect 'gate gitlab: held' 1 'link-names' "$python" "$steps" gitlab "$gitlab"
    expect 'gate gitlab: the test report' 0 '<failure' cat gate/1.xml
    printf 'brief: 1\nnmae: x\n' >campaigns/new/brief.yaml && git commit -qam broken
    GITHUB_BASE_REF=main expect 'gate action: no brief at all' 2 "^::error file=campaigns/new/brief.yaml,line=2,col=1::unknown key 'nmae'" "$python" "$steps" action "$action"
    expect 'gate action: no brief at all, the summary' 0 'Launch gate: NOT LOOKED AT' cat "$GITHUB_STEP_SUMMARY"
    expect 'gate workflow: the inputs of the action' 0 'inputs known' "$python" "$steps" workflow "$top/contrib/ci/gate-workflow.yml" "$action"
    expect 'make gate' 2 "unknown key 'nmae'" make gate
    future "$top/fixtures/gate/lightweight.yaml" >campaigns/new/brief.yaml
    expect 'make gate: one' 0 '^GO' make gate BRIEF=campaigns/new/brief.yaml
    mkdir 'campaigns/a new one' && mv campaigns/new/brief.yaml 'campaigns/a new one'
    expect 'make gate: blanks in a name' 0 '^GO' make gate BRIEF='campaigns/a new one/brief.yaml'
    expect 'make gate: blanks in a match' 0 '^GO' make gate MOPSLINT_BRIEFS='campaigns/a*/brief.yaml'
    expect 'make gate: no brief' 2 'no brief matches' make gate MOPSLINT_BRIEFS='nowhere/*.yaml'
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect 'gate gitlab: no brief' 2 'no brief matches' "$python" "$steps" gitlab "$gitlab" BRIEFS='nowhere/*.yaml'
    cd "$top" || exit 3
}
# told NAME PATTERN PATTERN RC: what the action and the job say of a branch off parts.
told() {
    GITHUB_BASE_REF=parts expect "gate action: $1" "$4" "$2" "$python" "$steps" action "$action"
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base expect "gate gitlab: $1" "$4" "$3" "$python" "$steps" gitlab "$gitlab"
}
# The brief, with a start on the next Tuesday that is in no freeze.
future() {
    local day
    day=$(date -d 'next tuesday' +%Y-%m-%d)
    case $day in *-12-1[89] | *-12-2? | *-12-3?) day=$(date -d "$day +21 days" +%Y-%m-%d) ;; *-01-0[1-4]) day=$(date -d "$day +7 days" +%Y-%m-%d) ;; esac
    sed "s/^start: .*/start: $day/" "$1"
}

if command -v git >/dev/null && "$python" -c 'import yaml' 2>/dev/null; then briefs; else skip 'contrib: no git or python3-yaml, so no briefs'; fi
if command -v git >/dev/null; then hook; else skip 'contrib: no git, so no hook'; fi
if "$python" -c 'import yaml' 2>/dev/null; then platforms; else skip 'contrib: no python3-yaml'; fi
fragment
embed
summary
