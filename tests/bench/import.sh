#!/usr/bin/env bash
# Imports N sales (default 1,000,000) into a fresh private database, then copies the same rows into the same table by a bare COPY
# and prints the ratio and passa's peak memory. Limits: 2.5 times, 64 MB. Usage: tests/bench/import.sh PASSA [N]
set -euo pipefail
passa=$(realpath "$1")
sales=${2:-1000000}
here=$(cd "$(dirname "$0")" && pwd)
bench_status=0
# shellcheck source=tests/bench/verdict.sh
. "$here/verdict.sh"
work=$(mktemp -d)
export PASSA_HOME=$work/home
chmod 711 "$work"
trap '"$passa" db stop --quiet >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

"$here/sales.py" "$sales" "$work/sales.csv"
"$passa" apply "$here/event.yaml" --quiet >/dev/null

import_s=$( { /usr/bin/time -f '%e %M' "$passa" sale import "$work/sales.csv" --profile passa --event bench-night --quiet >"$work/outcome"; } 2>&1 | tail -1)
peak_kb=${import_s#* }
import_s=${import_s% *}
grep -qx "sold: $sales" "$work/outcome"
"$passa" ledger check --quiet >/dev/null

server=$("$passa" db status --json | jq -r .connect)
run() { psql "$server" -XqAt -v ON_ERROR_STOP=1 "$@"; }
columns=$(run -c "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'sale_line'::regclass AND attnum > 0")
run -c "\\copy sale_line TO '$work/rows'"
run -c "ALTER TABLE sale_line DISABLE TRIGGER append_only; TRUNCATE sale_line; CHECKPOINT"
start=$(date +%s.%N)
run -c "\\copy sale_line ($columns) FROM '$work/rows'"
copy_s=$(seconds_since "$start")

verdict "import of $sales sales" "$(ratio "$import_s" "$copy_s")" 2.5 times \
  "($import_s s; floor: bare COPY of the same rows into the same table $copy_s s)"
verdict "import, peak memory" "$(awk -v kb="$peak_kb" 'BEGIN { printf "%.1f", kb / 1024 }')" 64 MB
exit "$bench_status"
