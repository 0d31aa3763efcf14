#!/usr/bin/env bash
# How long the books are away (RTO): SALES sales, settled, are backed up, restored into a new home and proved by `ledger check`; and the
# same from an archive: base copy, the log since, a moment between two commits. Floor, in the same run: the bare
# pg_dump -Fc and pg_restore of the same database. Prints minutes and the ratios (targets: 1.5, and 2 with the proof).
# Usage: tests/bench/restore.sh [PASSA] [SALES]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench_status=0
# shellcheck source=tests/bench/verdict.sh
. "$here/verdict.sh"
passa=$(realpath "${1:-build/fast/cli/passa}")
sales=${2:-1000000}
work=$(mktemp -d)
chmod 711 "$work"
export PASSA_ACTOR=bench
unset PASSA_DB PASSA_HOME
at() { PASSA_HOME=$work/$1 "$passa" "${@:2}"; }
# shellcheck disable=SC2317
end() { for home in day fresh moment; do [ ! -d "$work/$home" ] || at "$home" db stop --quiet >/dev/null 2>&1 || true; done; rm -rf "$work"; }
trap end EXIT
minutes() { awk -v s="$1" 'BEGIN { printf "%.2f", s / 60 }'; }
# The new machine has the keys and nothing else.
new_home() { mkdir "$work/$1" && chmod 711 "$work/$1" && cp -r "$work/day/keys" "$work/$1/keys"; }
# It takes minutes: what it is at, on stderr.
began=$(date +%s)
at_work() { echo "bench restore, $(($(date +%s) - began)) s: $*" >&2; }

at_work "a home with an archive"
mkdir "$work/day" && chmod 711 "$work/day"
(umask 077 && echo words >"$work/passphrase")
at day apply "$here/event.yaml" --quiet >/dev/null
at day key new backup --passphrase-file "$work/passphrase" --quiet >/dev/null
at day db archive on --key backup --to "$work/archive" --quiet >/dev/null
at day db archive base --quiet >/dev/null
at_work "$sales sales are made up"
"$here/sales.py" "$sales" "$work/sales.csv"
at_work "they are imported"
at day sale import "$work/sales.csv" --profile passa --event bench-night --quiet >/dev/null
rm "$work/sales.csv"
at_work "settled"
at day settle --event bench-night --quiet >/dev/null
server=$(at day db status --json | jq -r .connect)
run() { psql -XqAt -v ON_ERROR_STOP=1 "${server/dbname=passa/dbname=$1}" "${@:2}"; }
lines=$(run passa -c "SELECT count(*) FROM sale_line")

at_work "backed up"
start=$(date +%s.%N)
at day db backup --key backup --out "$work/books.backup" --quiet >/dev/null
backup=$(seconds_since "$start")

at_work "the floor: pg_dump and pg_restore"
run postgres -c "CREATE DATABASE bench_floor" -c CHECKPOINT
start=$(date +%s.%N)
pg_dump -Fc "$server" >"$work/bare.dump"
floor_dump=$(seconds_since "$start")
start=$(date +%s.%N)
pg_restore --single-transaction --no-owner -d "${server/dbname=passa/dbname=bench_floor}" <"$work/bare.dump"
floor_restore=$(seconds_since "$start")
run postgres -c "DROP DATABASE bench_floor" -c CHECKPOINT
rm "$work/bare.dump"

at_work "restored into a new home, and proved"
new_home fresh
start=$(date +%s.%N)
at fresh db restore "$work/books.backup" --passphrase-file "$work/passphrase" --quiet >/dev/null
restore=$(seconds_since "$start")
at fresh ledger check --quiet >/dev/null
rto=$(seconds_since "$start")
restored=$(psql -XqAt "$(at fresh db status --json | jq -r .connect)" -c "SELECT count(*) FROM sale_line")
[ "$restored" = "$lines" ]
at fresh db stop --quiet >/dev/null

at_work "to a moment, of the archive"
moment=$(run passa -c "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
run passa -c "CREATE TABLE after_the_moment ()" -c "SELECT pg_switch_wal()" >/dev/null
until [ "$(run passa -c "SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 16777216) FROM pg_stat_archiver")" = t ]; do sleep 1; done
at day db stop --quiet >/dev/null
new_home moment
start=$(date +%s.%N)
at moment db restore "$work/archive" --to-time "$moment" --passphrase-file "$work/passphrase" --quiet >/dev/null
at moment ledger check --quiet >/dev/null
archive=$(seconds_since "$start")
restored=$(psql -XqAt "$(at moment db status --json | jq -r .connect)" -c "SELECT count(*) FROM sale_line WHERE to_regclass('after_the_moment') IS NULL")
[ "$restored" = "$lines" ]

verdict "backup of $lines sale lines" "$(ratio "$backup" "$floor_dump")" 1.5 times "($backup s, $(du -m "$work/books.backup" | cut -f1) MB; floor: pg_dump -Fc $floor_dump s)"
verdict "restore, proved" "$(ratio "$restore" "$floor_restore")" 2 times "($restore s; floor: pg_restore $floor_restore s)"
verdict "restore, then ledger check (RTO)" "$(minutes "$rto")" - min
verdict "the same to a moment, of an archive" "$(minutes "$archive")" - min "(its base copy is of before all sales: the whole log is replayed)"
exit "$bench_status"
