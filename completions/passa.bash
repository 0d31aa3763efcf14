# bash completion for passa, generated from its commands
_passa() {
    local words="${COMP_WORDS[*]:1:COMP_CWORD-1}" cur="${COMP_WORDS[COMP_CWORD]}"
    case "$words" in
    "completion"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "doctor"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "db psql"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "db stop"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db --dry-run" -f -- "$cur")) ;;
    "db migrate"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db --dry-run" -f -- "$cur")) ;;
    "db status"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "tx decode"*) COMPREPLY=($(compgen -W "--type --network --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "key show"*) COMPREPLY=($(compgen -W "--verify --passphrase-fd --passphrase-file --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "key list"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "key import"*) COMPREPLY=($(compgen -W "--seed-fd --passphrase-fd --passphrase-file --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "key new"*) COMPREPLY=($(compgen -W "--passphrase-fd --passphrase-file --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "ledger check"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "ledger journal"*) COMPREPLY=($(compgen -W "--event --limit --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "ledger balance"*) COMPREPLY=($(compgen -W "--event --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "explain settlement"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "settlement show"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "settlement list"*) COMPREPLY=($(compgen -W "--event --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "settle"*) COMPREPLY=($(compgen -W "--event --through --json --quiet --no-color --no-input --organizer --db --dry-run" -f -- "$cur")) ;;
    "sale profiles"*) COMPREPLY=($(compgen -W "--show --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "sale show"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "sale list"*) COMPREPLY=($(compgen -W "--event --status --limit --json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "sale import"*) COMPREPLY=($(compgen -W "--profile --event --rejects --accept-corrections --json --quiet --no-color --no-input --organizer --db --dry-run" -f -- "$cur")) ;;
    "event list"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "manifest schema"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "manifest explain"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "manifest check"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "get"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "diff"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "apply"*) COMPREPLY=($(compgen -W "--overwrite-drift --json --quiet --no-color --no-input --organizer --db --dry-run" -f -- "$cur")) ;;
    "init"*) COMPREPLY=($(compgen -W "--json --quiet --no-color --no-input --organizer --db" -f -- "$cur")) ;;
    "") COMPREPLY=($(compgen -W "init apply diff get manifest event sale settle settlement explain ledger key tx db doctor completion" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$(_passa_verbs "$words")" -- "$cur")) ;;
    esac
}
_passa_verbs() {
    case "$1" in
    manifest) echo "check explain schema" ;;
    event) echo "list" ;;
    sale) echo "import list show profiles" ;;
    settlement) echo "list show" ;;
    explain) echo "settlement" ;;
    ledger) echo "balance journal check" ;;
    key) echo "new import list show" ;;
    tx) echo "decode" ;;
    db) echo "status migrate stop psql" ;;
    esac
}
complete -F _passa passa
