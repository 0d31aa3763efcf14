#!/usr/bin/env bash
# COUNT recorded transactions of a real network, mixed, with their results and metas: read and written again, as bytes and as SEP-51
# JSON. The floor is the same work by the Rust types of the network's own developers (contracts/xdr-oracle), in turns; the best of each
# counts. Target: not slower. Usage: tests/bench/xdr.sh [BENCH] [ORACLE] [COUNT]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench_status=0
# shellcheck source=tests/bench/verdict.sh
. "$here/verdict.sh"
bench=$(realpath "${1:-build/fast/tests/bench/bench_stellar_xdr}")
oracle=${2:-$here/../../contracts/target/release/xdr-oracle}
count=${3:-10000}
if [ ! -x "$oracle" ]; then echo "bench xdr: $oracle was not built: cargo build --release --locked -p xdr-oracle in contracts/" >&2; exit 1; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$here/../fixtures/vectors/network" "$count" >"$work/values" <<'PY'
import itertools, json, pathlib, sys
steps = [step for file in sorted(pathlib.Path(sys.argv[1]).glob("*.json")) for step in json.loads(file.read_text())["steps"] if step.get("meta")]
for step in itertools.islice(itertools.cycle(steps), int(sys.argv[2])):
    print("TransactionEnvelope", step["envelope"], sep="\t")
    print("TransactionResult", step["result"], sep="\t")
    print("TransactionMeta", step["meta"], sep="\t")
PY
ours_bytes=() ours_json=() floor_bytes=() floor_json=()
for _ in 1 2 3; do
  read -r bytes json <<<"$("$bench" 5 <"$work/values")"
  ours_bytes+=("$bytes") ours_json+=("$json")
  read -r bytes json <<<"$("$oracle" time 5 <"$work/values")"
  floor_bytes+=("$bytes") floor_json+=("$json")
done
best() { printf '%s\n' "$@" | least; }
compare() { verdict "$1 of $count transactions" "$(ratio "$2" "$3")" 1 times "($2 s; floor: the Rust types $3 s; best of ${#ours_bytes[@]})"; }
compare "XDR" "$(best "${ours_bytes[@]}")" "$(best "${floor_bytes[@]}")"
compare "SEP-51 JSON" "$(best "${ours_json[@]}")" "$(best "${floor_json[@]}")"
exit "$bench_status"
