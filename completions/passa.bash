# bash completion for passa, generated from its commands
_passa_about() {
    verbs="" options="" valued=""
    case "$1" in
    "") verbs="init apply diff get delete manifest audit event sale settle settlement escrow proof explain payout channel report recon job top notice metrics ledger network account contract key message tx localnet db config doctor completion man" ;;
    "init")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "apply")
        options="--file -f --overwrite-drift --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--file -f --format -o --log-format --organizer --db" ;;
    "diff")
        options="--file -f --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--file -f --format -o --log-format --organizer --db" ;;
    "get")
        options="--archived --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "delete")
        options="--dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "manifest") verbs="check explain schema" ;;
    "manifest check")
        options="--file -f --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--file -f --format -o --log-format --organizer --db" ;;
    "manifest explain")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "manifest schema")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "audit") verbs="list tail seal verify export" ;;
    "audit list")
        options="--since --actor --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--since --actor --limit --format -o --log-format --organizer --db" ;;
    "audit tail")
        options="--limit --follow --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--limit --format -o --log-format --organizer --db" ;;
    "audit seal")
        options="--sign --sign-home --passphrase-fd --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--sign --passphrase-fd --passphrase-file --format -o --log-format --organizer --db" ;;
    "audit verify")
        options="--signed-by --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--signed-by --format -o --log-format --organizer --db" ;;
    "audit export")
        options="--after --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--after --format -o --log-format --organizer --db" ;;
    "event") verbs="list oversold" ;;
    "event list")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "event oversold")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "sale") verbs="import list show profile profiles" ;;
    "sale import")
        options="--profile --event --tier --rejects --max-refused --accept-corrections --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--profile --event --tier --rejects --max-refused --format -o --log-format --organizer --db" ;;
    "sale list")
        options="--event --status --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --status --limit --format -o --log-format --organizer --db" ;;
    "sale show")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "sale profile") verbs="check new" ;;
    "sale profile check")
        options="--profile --event --tier --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--profile --event --tier --format -o --log-format --organizer --db" ;;
    "sale profile new")
        options="--name --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--name --format -o --log-format --organizer --db" ;;
    "sale profiles")
        options="--show --yaml --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--show --yaml --format -o --log-format --organizer --db" ;;
    "settle")
        options="--event --through --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --through --format -o --log-format --organizer --db" ;;
    "settlement") verbs="list show" ;;
    "settlement list")
        options="--event --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --format -o --log-format --organizer --db" ;;
    "settlement show")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "escrow") verbs="pay show release" ;;
    "escrow pay")
        options="--event --sign-with --max-fee --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --sign-with --max-fee --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "escrow show")
        options="--all --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "escrow release")
        options="--plan --reason --approve --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--plan --reason --approve --format -o --log-format --organizer --db" ;;
    "proof") verbs="create verify" ;;
    "proof create")
        options="--settlement --party --out --force --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--settlement --party --out --format -o --log-format --organizer --db" ;;
    "proof verify")
        options="--root --contract --network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--root --contract --network --format -o --log-format --organizer --db" ;;
    "explain") verbs="payout sale settlement" ;;
    "explain payout")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "explain sale")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "explain settlement")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "payout") verbs="create approve send resume list show watch cancel" ;;
    "payout create")
        options="--settlement --event --file --payee --again --key --window --treasury --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--settlement --event --file --payee --key --window --treasury --format -o --log-format --organizer --db" ;;
    "payout approve")
        options="--sha256 --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--sha256 --format -o --log-format --organizer --db" ;;
    "payout send")
        options="--wait --channels --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--wait --channels --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "payout resume")
        options="--wait --channels --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--wait --channels --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "payout list")
        options="--event --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --limit --format -o --log-format --organizer --db" ;;
    "payout show")
        options="--from --limit --state --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--from --limit --state --format -o --log-format --organizer --db" ;;
    "payout watch")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "payout cancel")
        options="--reason --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--reason --format -o --log-format --organizer --db" ;;
    "channel") verbs="create list verify close" ;;
    "channel create")
        options="--treasury --count --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--treasury --count --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "channel list")
        options="--treasury --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--treasury --format -o --log-format --organizer --db" ;;
    "channel verify")
        options="--treasury --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--treasury --format -o --log-format --organizer --db" ;;
    "channel close")
        options="--treasury --keep --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--treasury --keep --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "report") verbs="event statement" ;;
    "report event")
        options="--out --force --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--out --format -o --log-format --organizer --db" ;;
    "report statement")
        options="--party --out --force --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--party --out --format -o --log-format --organizer --db" ;;
    "recon") verbs="run list show close" ;;
    "recon run")
        options="--event --treasury --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --treasury --format -o --log-format --organizer --db" ;;
    "recon list")
        options="--open --all --runs --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--limit --format -o --log-format --organizer --db" ;;
    "recon show")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "recon close")
        options="--code --reason --payout --dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--code --reason --payout --format -o --log-format --organizer --db" ;;
    "job") verbs="list run resume work install diff cancel failed pause dead status show" ;;
    "job list")
        options="--declared --paused --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "job run")
        options="--event --treasury --from --until --max-catchup --jitter --rate --timeout --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --treasury --from --until --max-catchup --jitter --rate --timeout --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "job resume")
        options="--event --treasury --reason --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --treasury --reason --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "job work")
        options="--jitter --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--jitter --passphrase-file --format -o --log-format --organizer --db" ;;
    "job install") verbs="systemd cron"
        options="--print --user --to --passa --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--to --passa --format -o --log-format --organizer --db" ;;
    "job diff") verbs="systemd cron"
        options="--user --to --passa --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--to --passa --format -o --log-format --organizer --db" ;;
    "job cancel")
        options="--period --reason --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--period --reason --format -o --log-format --organizer --db" ;;
    "job failed")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "job pause")
        options="--event --treasury --reason --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --treasury --reason --format -o --log-format --organizer --db" ;;
    "job dead") verbs="list retry discard" ;;
    "job dead list")
        options="--job --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--job --limit --format -o --log-format --organizer --db" ;;
    "job dead retry")
        options="--reason --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--reason --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "job dead discard")
        options="--reason --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--reason --format -o --log-format --organizer --db" ;;
    "job status")
        options="--job --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--job --limit --format -o --log-format --organizer --db" ;;
    "job show")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "top")
        options="--event --interval --once --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --interval --format -o --log-format --organizer --db" ;;
    "notice") verbs="list deliver retry test" ;;
    "notice list")
        options="--state --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--state --limit --format -o --log-format --organizer --db" ;;
    "notice deliver")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "notice retry")
        options="--dead --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "notice test")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "metrics") verbs="write serve" ;;
    "metrics write")
        options="--file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--file --format -o --log-format --organizer --db" ;;
    "metrics serve")
        options="--listen --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--listen --format -o --log-format --organizer --db" ;;
    "ledger") verbs="balance journal check export" ;;
    "ledger balance")
        options="--event --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --format -o --log-format --organizer --db" ;;
    "ledger journal")
        options="--event --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --limit --format -o --log-format --organizer --db" ;;
    "ledger check")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "ledger export")
        options="--event --format -o --json --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--event --format -o --log-format --organizer --db" ;;
    "network") verbs="list health" ;;
    "network list")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "network health")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "account") verbs="create show trust" ;;
    "account create")
        options="--friendbot --from --amount --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--from --amount --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "account show")
        options="--network --asset --treasury --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --asset --treasury --format -o --log-format --organizer --db" ;;
    "account trust")
        options="--asset --key --limit --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--asset --key --limit --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "contract") verbs="list show build plan apply diff verify upgrade read invoke events queue queued extend restore keep calls" ;;
    "contract list")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "contract show")
        options="--network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --format -o --log-format --organizer --db" ;;
    "contract build")
        options="--package --profile --out --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--package --profile --out --format -o --log-format --organizer --db" ;;
    "contract plan")
        options="--network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --format -o --log-format --organizer --db" ;;
    "contract apply")
        options="--lock --max-fee --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--lock --max-fee --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "contract diff")
        options="--network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --format -o --log-format --organizer --db" ;;
    "contract verify")
        options="--wasm --lock --network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--wasm --lock --network --format -o --log-format --organizer --db" ;;
    "contract upgrade")
        options="--lock --key --sign-with --max-fee --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--lock --key --sign-with --max-fee --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "contract read")
        options="--network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --format -o --log-format --organizer --db" ;;
    "contract invoke")
        options="--build-only --valid-for --simulate-only --key --sign-with --max-fee --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--valid-for --key --sign-with --max-fee --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "contract events")
        options="--from --after --cursor --follow --stored --limit --network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--from --after --cursor --limit --network --format -o --log-format --organizer --db" ;;
    "contract queue")
        options="--dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "contract queued")
        options="--state --limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--state --limit --format -o --log-format --organizer --db" ;;
    "contract extend")
        options="--ledgers --key --sign-with --max-fee --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--ledgers --key --sign-with --max-fee --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "contract restore")
        options="--key --sign-with --max-fee --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--key --sign-with --max-fee --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "contract keep")
        options="--passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "contract calls")
        options="--limit --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--limit --format -o --log-format --organizer --db" ;;
    "key") verbs="new import connect list show export-public" ;;
    "key new")
        options="--passphrase-fd --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--passphrase-fd --passphrase-file --format -o --log-format --organizer --db" ;;
    "key import")
        options="--seed-fd --mnemonic-fd --mnemonic-file --mnemonic-passphrase-file --index --passphrase-fd --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--seed-fd --mnemonic-fd --mnemonic-file --mnemonic-passphrase-file --index --passphrase-fd --passphrase-file --format -o --log-format --organizer --db" ;;
    "key connect")
        options="--account --timeout --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--account --timeout --format -o --log-format --organizer --db" ;;
    "key list")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "key show")
        options="--verify --passphrase-fd --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--passphrase-fd --passphrase-file --format -o --log-format --organizer --db" ;;
    "key export-public")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "message") verbs="sign verify" ;;
    "message sign")
        options="--key --passphrase-fd --passphrase-file --file --base64 --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--key --passphrase-fd --passphrase-file --file --format -o --log-format --organizer --db" ;;
    "message verify")
        options="--account --signature --file --base64 --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--account --signature --file --format -o --log-format --organizer --db" ;;
    "tx") verbs="show wait decode sign combine submit" ;;
    "tx show")
        options="--network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --format -o --log-format --organizer --db" ;;
    "tx wait")
        options="--network --timeout --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --timeout --format -o --log-format --organizer --db" ;;
    "tx decode")
        options="--type --network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--type --network --format -o --log-format --organizer --db" ;;
    "tx sign")
        options="--key --passphrase-fd --passphrase-file --dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--key --passphrase-fd --passphrase-file --network --yes --format -o --log-format --organizer --db" ;;
    "tx combine")
        options="--network --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --format -o --log-format --organizer --db" ;;
    "tx submit")
        options="--dry-run -n --network --yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--network --yes --format -o --log-format --organizer --db" ;;
    "localnet") verbs="up down status accounts key reset" ;;
    "localnet up")
        options="--port --close-every --limits --foreground --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--port --close-every --limits --format -o --log-format --organizer --db" ;;
    "localnet down")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "localnet status")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "localnet accounts")
        options="--count --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--count --format -o --log-format --organizer --db" ;;
    "localnet key")
        options="--name --passphrase-fd --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--name --passphrase-fd --passphrase-file --format -o --log-format --organizer --db" ;;
    "localnet reset")
        options="--yes --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "db") verbs="status migrate stop psql archive backup verify restore" ;;
    "db status")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "db migrate")
        options="--dry-run -n --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "db stop")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "db psql")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "db archive") verbs="on base status off" ;;
    "db archive on")
        options="--key --to --every --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--key --to --every --format -o --log-format --organizer --db" ;;
    "db archive base")
        options="--keep --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--keep --format -o --log-format --organizer --db" ;;
    "db archive status")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "db archive off")
        options="--force --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "db backup")
        options="--key --out --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--key --out --format -o --log-format --organizer --db" ;;
    "db verify")
        options="--scratch --keep-foreign --signed-by --passphrase-fd --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--scratch --signed-by --passphrase-fd --passphrase-file --format -o --log-format --organizer --db" ;;
    "db restore")
        options="--to-time --keep-foreign --signed-by --passphrase-fd --passphrase-file --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--to-time --signed-by --passphrase-fd --passphrase-file --format -o --log-format --organizer --db" ;;
    "config") verbs="explain" ;;
    "config explain")
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "doctor")
        options="--offline --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "completion") verbs="bash zsh fish"
        options="--json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--format -o --log-format --organizer --db" ;;
    "man")
        options="--out --json --format -o --quiet -q --verbose -v --log-format --no-color --no-input --organizer --db"
        valued="--out --format -o --log-format --organizer --db" ;;
    *) return 1 ;;
    esac
}
_passa_choices() {
    case "$1" in
    "sale list --status") echo paid partially_refunded refunded cancelled chargeback ;;
    "recon close --code") echo funding paid returned written_off reissued refunded provider_corrected ;;
    "notice list --state") echo waiting sent dead ;;
    "ledger export --format"|"ledger export -o") echo hledger beancount csv jsonl ;;
    "tx decode --network") echo public testnet futurenet standalone ;;
    *" --format"|*" -o") echo table plain json jsonl csv ;;
    *" --log-format") echo text json journal ;;
    esac
}
_passa() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" spoken="" word verbs options valued
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $word == -* ]] && break
        spoken="${spoken:+$spoken }$word"
    done
    until _passa_about "$spoken"; do
        [[ $spoken == *" "* ]] && spoken="${spoken% *}" || spoken=""
    done
    local choices
    choices="$(_passa_choices "$spoken $prev")"
    if [[ -n $choices ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$cur")
    elif [[ " $valued " == *" $prev "* ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    elif [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
    elif [[ -n $verbs ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    fi
}
complete -o filenames -F _passa passa
