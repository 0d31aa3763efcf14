#!/usr/bin/env bash
# How long a developer waits: a clean `fast` build of passa and all its tests (target 5 minutes on two cores, no compiler
# cache), and one edited command file to a linked binary (target 10 s). Builds the committed tree in a folder of its own.
# Usage: tests/bench/build.sh [CORES]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench_status=0
# shellcheck source=tests/bench/verdict.sh
. "$here/verdict.sh"
cores=${1:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$here/../.." "$work/passa"
cd "$work/passa"
export CCACHE_DISABLE=1

start=$(date +%s.%N)
cmake --preset fast >/dev/null
cmake --build --preset fast -j"$cores" >/dev/null
clean=$(seconds_since "$start")
start=$(date +%s.%N)
cmake --build --preset fast -j"$cores" >/dev/null
nothing=$(seconds_since "$start")

edits=()
for round in 1 2 3; do
  echo "// edited by the bench, round $round" >>cli/event/list.cpp
  start=$(date +%s.%N)
  cmake --build --preset fast -j"$cores" --target passa >/dev/null
  edits+=("$(seconds_since "$start")")
done
verdict "clean fast build, $cores cores" "$clean" 300 s "(without a compiler cache, tests included)"
verdict "edited command to linked binary" "$(printf '%s\n' "${edits[@]}" | least)" 10 s "(best of ${#edits[@]}; floor: nothing to do $nothing)"
exit "$bench_status"
