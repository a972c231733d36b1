# SPDX-License-Identifier: MIT
# bash completion for mopslint
_mopslint()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]-}
    local check='--rules --config --profile --record --without --map --format --output --findings --findings-by --repairs
        --repairs-undo --fail-on --min-confidence --min-value-confidence --min-report --min-coverage --cohort
        --max-samples --select --ignore --baseline --write-baseline --now --threads --show-values --delimiter
        --encoding --skip-lines --max-field-newlines --columns-as-given --allow-empty --history --ratchet --full --quiet --color --progress
        --ca-file --deadline --max-requests --allow-http --trace --help'
    local fetch='--output --list --schema --dry-run --state --full --quiet --color --progress --config --ca-file --deadline --max-requests
        --allow-http --trace --help'
    local test='--min-coverage --uncovered --now --format --output --quiet --color --help'
    local lint='--format --output --select --ignore --now --fail-on --quiet --color --help'
    local doctor='--config --profile --format --now --help'
    local gate='--rules --config --links --known --encoding --now --waive --reason --by --attest --evidence --format --output --fixed-links
        --live --expect-tag --expect-host --allow-private --ca-file --proxy --deadline --trace --fail-on --quiet --color --init --schema --help'
    local history='--history --config --profile --format --all --full --score --last --keep --older-than --now --dry-run --table --run
        --color --help'
    local packs='utm ga4-channels hubspot-lifecycle salesforce-lifecycle lead-completeness link privacy
        pipeline-reports gate'
    local words=

    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words='check gate fetch rules history doctor --help --version'
    else
        case $prev in
        -r | --rules) words=$packs ;;
        -f | --format) [ "$command" = doctor ] && words='text json' || words='text json markdown html sarif junit github gitlab prometheus' ;;
        --fail-on) words='error warning never' ;;
        --color | --progress) words='auto always never' ;;
        --findings-by) words='fixer=' ;;
        --table) words='runs sources types scores rules values signatures fields stages datasets files' ;;
        --score | --last | --keep | --older-than | --run) return ;;
        --expect-tag | --expect-host | --proxy | --waive | --reason | --by | --attest | --evidence | --record | --without | --map | --min-* | --cohort | --max-samples | --select | --ignore | --now | \
            --deadline | --max-requests | --threads | --delimiter | --encoding | --skip-lines | --max-field-newlines) return ;;
        *)
            case $command in
            check) [[ $cur == -* ]] && words=$check ;;
            fetch) [[ $cur == -* ]] && words=$fetch ;;
            doctor) words=$doctor ;;
            gate) [[ $cur == -* ]] && words=$gate ;;
            history) case $COMP_CWORD in
                2) words='list show compare trend prune export' ;;
                *) [[ $cur == -* ]] && words=$history ;;
                esac ;;
            rules) case $COMP_CWORD/${COMP_WORDS[2]-} in
                2/*) words='lint test list explain schema' ;;
                */lint) if [[ $cur == -* ]]; then words=$lint; else words=$packs; fi ;;
                */test) if [[ $cur == -* ]]; then words=$test; else words=$packs; fi ;;
                */list) words='--rules --words --files --help' ;;
                *) words='--rules --config --help' ;;
                esac ;;
            esac ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -o bashdefault -o default -F _mopslint mopslint
