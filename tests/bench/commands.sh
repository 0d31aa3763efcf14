#!/usr/bin/env bash
# How long a user waits for the smallest commands: `passa --version`, and `event list` with the private database running.
# The best of N runs (default 50) counts, since the machine may be busy; beside it the floor: an empty program linked with
# the same libraries, and one psql session with one query against the same server. Usage: tests/bench/commands.sh [PASSA] [N]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench_status=0
# shellcheck source=tests/bench/verdict.sh
. "$here/verdict.sh"
passa=$(realpath "${1:-build/fast/cli/passa}")
runs=${2:-50}
work=$(mktemp -d)
chmod 711 "$work"
export PASSA_HOME=$work/home
unset PASSA_DB
trap '"$passa" db stop --quiet >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

# pair N FLOOR... -- COMMAND...: runs both in turns and prints the floor's best, the command's best and its median, in
# milliseconds. A command that fails is an error, not a fast run.
pair() {
  python3 - "$@" <<'PY'
import subprocess, sys, time

def milliseconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000

runs, words = int(sys.argv[1]), sys.argv[2:]
cut = words.index("--")
floor, taken = zip(*((milliseconds(words[:cut]), milliseconds(words[cut + 1:])) for _ in range(runs)))
print(f"{min(floor):.1f} {min(taken):.1f} {sorted(taken)[runs // 2]:.1f}")
PY
}

"$passa" apply "$here/../../manifests/examples/starter" --quiet >/dev/null
server=$("$passa" db status --json | jq -r .connect)
readelf -d "$passa" | sed -n 's/.*(NEEDED).*\[\(lib.*\)\]/-l:\1/p' >"$work/libraries"
echo 'int main() {}' | g++ -x c++ - -x none -o "$work/empty" -Wl,--no-as-needed "@$work/libraries"
read -r empty version version_median <<<"$(pair "$runs" "$work/empty" -- "$passa" --version)"
read -r psql list list_median <<<"$(pair "$runs" psql "$server" -XqAtc 'SELECT name FROM organizer' -- "$passa" event list)"
verdict "passa --version" "$version" 10 ms "(median $version_median; floor: an empty program with its libraries $empty)"
verdict "passa event list, warm" "$list" 60 ms "(median $list_median; floor: psql with one query $psql)"
exit "$bench_status"
