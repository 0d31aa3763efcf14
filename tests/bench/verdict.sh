# shellcheck shell=bash disable=SC2034
# Sourced by the benches. verdict NAME FIGURE LIMIT UNIT [DETAIL]: one line with the figure, its target and ok or NOT OK,
# which sets bench_status. A figure without a target has the LIMIT "-".

verdict() {
  local word=ok
  [[ $2 =~ ^[0-9]+([.][0-9]+)?$ ]] || { echo "$1: '$2' is no figure" >&2; bench_status=1; return; }
  if [ "$3" = - ]; then
    word=-
  elif ! awk -v figure="$2" -v limit="$3" 'BEGIN { exit !(figure + 0 <= limit + 0) }'; then
    word="NOT OK"
    bench_status=1
  fi
  printf '%-34s %9s %-5s target %-8s %-7s %s\n' "$1" "$2" "$4" "$([ "$3" = - ] && echo none || echo "<= $3")" "$word" "${5:-}"
}

seconds_since() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.3f", b - a }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
least() { sort -g | head -1; }
