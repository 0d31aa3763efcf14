#!/usr/bin/env bash
# Settlement over SALES sales, their refunds and corrections, six parties and eight creators, against its floor in the same run:
# the bare aggregate plus the bare membership INSERT of the same rows, in psql. Prints seconds and the ratio (target: 1.5).
# Usage: tests/bench/settle.sh [PASSA] [SALES] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench_status=0
# shellcheck source=tests/bench/verdict.sh
. "$here/verdict.sh"
passa=$(realpath "${1:-build/fast/cli/passa}")
sales=${2:-1000000}
rounds=${3:-3}
work=$(mktemp -d)
chmod 711 "$work"
export PASSA_HOME=$work/home PASSA_ACTOR=bench
unset PASSA_DB
trap '"$passa" db stop --quiet >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

"$here/sales.py" "$sales" "$work/sales.csv" "$work/later.csv"
"$passa" apply "$here/event.yaml" --quiet >/dev/null
"$passa" sale import "$work/sales.csv" --profile passa --event bench-night --quiet >/dev/null
"$passa" sale import "$work/later.csv" --profile passa --event bench-night --accept-corrections --quiet >/dev/null
rm "$work/sales.csv" "$work/later.csv"
server=$("$passa" db status --json | jq -r .connect)
run() { psql -XqAt -v ON_ERROR_STOP=1 "${server/dbname=passa/dbname=$1}" "${@:2}"; }
lines=$(run passa -c "VACUUM ANALYZE" -c "SELECT count(*) FROM sale_line")
changed=$(run passa -c "SELECT count(*) FROM sale_line WHERE seq > 0")

# Every round begins with a copy of the same unsettled database, for the floor and for the settlement alike; both commit. They
# take turns and the best of each counts: the machine may be busy with other things.
fresh_copy() { run postgres -c "SET client_min_messages = warning" -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1 TEMPLATE passa" -c CHECKPOINT; }
floors=()
settles=()
for _ in $(seq "$rounds"); do
  fresh_copy bench_floor
  start=$(date +%s.%N)
  run bench_floor >/dev/null <<'SQL'
BEGIN;
SELECT plan_version_id, campaign_version_id, creator_id, asset_id, count(*), sum(gross), sum(tax), sum(fee_platform), sum(fee_payment), sum(net)
FROM sale_line WHERE occurred_at < now() + interval '10 years' GROUP BY 1, 2, 3, 4;
INSERT INTO settlement_line SELECT organizer_id, event_id, id, event_id FROM sale_line WHERE occurred_at < now() + interval '10 years';
COMMIT;
SQL
  floors+=("$(seconds_since "$start")")
  run postgres -c "DROP DATABASE bench_floor"
  fresh_copy bench_settle
  start=$(date +%s.%N)
  "$passa" settle --event bench-night --db "${server/dbname=passa/dbname=bench_settle}" --quiet >"$work/out"
  settles+=("$(seconds_since "$start")")
done
[ "$(grep -c share "$work/out")" = 6 ]
"$passa" ledger check --db "${server/dbname=passa/dbname=bench_settle}" --quiet >/dev/null # every law holds
floor=$(printf '%s\n' "${floors[@]}" | least)
settle=$(printf '%s\n' "${settles[@]}" | least)
verdict "settlement of $lines lines" "$(ratio "$settle" "$floor")" 1.5 times \
  "($settle s; $changed of them refunds and corrections; floor: aggregate and membership INSERT $floor s; best of $rounds)"
exit "$bench_status"
