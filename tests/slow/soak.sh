#!/usr/bin/env bash
# soak.sh PROGRAM [SECONDS [WINDOW_SECONDS]]: random commands against the program without its window (an hour), then random keys and
# clicks against the window (fifteen minutes). Memory must stay flat within 10 %, and the window must live and answer at the end.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${1:?the program, such as target/release/convenor}")
seconds=${2:-3600}
in_window=${3:-900}
seed=${CONVENOR_SEED:-20261127}
if [ "$seconds" -gt 0 ]; then
    CONVENOR_SOAK=$seconds CONVENOR_SEED=$seed cargo test --test soak -- --ignored --nocapture | grep -E 'commands in|test result|panicked|grew'
fi
[ "$in_window" -gt 0 ] || exit 0
work=$(mktemp -d)
mkdir -p "$work/home"
Xvfb :93 -screen 0 1400x900x24 -nolisten tcp >/dev/null 2>&1 &
xvfb=$!
export DISPLAY=:93 HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state" XDG_DATA_HOME="$work/data"
export LIBGL_ALWAYS_SOFTWARE=1 WINIT_UNIX_BACKEND=x11
unset WAYLAND_DISPLAY
sleep 1
cp saves/techno-democracies.convenor "$work/a.convenor"
"$program" "$work/a.convenor" >"$work/out" 2>&1 &
app=$!
trap 'kill $app $xvfb 2>/dev/null || true; rm -rf "$work"' EXIT
window=""
for _ in $(seq 100); do window=$(xdotool search --onlyvisible --name Convenor 2>/dev/null | head -1) && [ -n "$window" ] && break; sleep 0.1; done
[ -n "$window" ] || { echo "no window"; cat "$work/out"; exit 1; }
xdotool windowsize "$window" 1400 900 windowfocus "$window"
memory() { awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$app/status"; }
RANDOM=$((seed % 32768))
keys=(ctrl+g ctrl+z ctrl+z ctrl+y F2 Escape Return Tab Tab Down Up Right Left ctrl+k alt+1 alt+2 alt+3 F5 Escape space ctrl+d Delete F6 Page_Down ctrl+plus ctrl+minus ctrl+0 ctrl+s)
letters=(norway sweden t12 123 ü)
end=$((SECONDS + in_window)); third=$((SECONDS + in_window / 3)); half=$((SECONDS + in_window / 2))
warm=0; most=0; acts=0; slowest=0
while [ $SECONDS -lt $end ]; do
    began=$(date +%s%N)
    case $((RANDOM % 10)) in
        0|1|2|3) xdotool key --clearmodifiers "${keys[$((RANDOM % ${#keys[@]}))]}" ;;
        4) xdotool type --delay 5 "${letters[$((RANDOM % ${#letters[@]}))]}"; xdotool key Escape ;;
        5|6|7) xdotool mousemove $((RANDOM % 1400)) $((40 + RANDOM % 830)) click 1 ;;
        8) xdotool mousemove $((RANDOM % 1400)) $((40 + RANDOM % 830)) click 3; xdotool key Escape ;;
        9) xdotool mousemove $((RANDOM % 1400)) $((100 + RANDOM % 700)) mousedown 1 mousemove $((RANDOM % 1400)) $((100 + RANDOM % 700)) mouseup 1 ;;
    esac
    sleep 0.05
    took=$((($(date +%s%N) - began) / 1000000)); [ $took -gt $slowest ] && slowest=$took
    acts=$((acts + 1))
    kill -0 $app 2>/dev/null || { echo "the window ended after $acts acts"; cat "$work/out"; exit 1; }
    if [ $((acts % 20)) = 0 ]; then
        now=$(memory)
        if [ $SECONDS -gt $third ]; then
            if [ $SECONDS -le $half ]; then [ "$now" -gt $warm ] && warm=$now; else [ "$now" -gt $most ] && most=$now; fi
        fi
    fi
done
grep -i panick "$work/out" && exit 1
ls "$work"/state/*/faults 2>/dev/null && exit 1
echo "window: $acts acts in $in_window s, seed $seed: memory $warm MB after half, at most $most MB then; slowest act $slowest ms"
[ "$most" -le $((warm + warm / 10 + 8)) ] || { echo "memory grew"; exit 1; }
