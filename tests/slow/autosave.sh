#!/usr/bin/env bash
# Kills the window a second after an edit, again and again: the edit must be in the recovery copy, which must be whole.
# usage: tests/slow/autosave.sh PROGRAM [ROUNDS]   (needs Xvfb and xdotool)
set -euo pipefail
program=$(realpath "$1"); rounds=${2:-20}
here=$(mktemp -d); display=:$((90 + RANDOM % 9))
Xvfb "$display" -screen 0 1280x800x24 >/dev/null 2>&1 & screen=$!
trap 'kill "$screen" 2>/dev/null || true; rm -rf "$here"' EXIT
export DISPLAY=$display LIBGL_ALWAYS_SOFTWARE=1
sleep 1
lost=0; torn=0; litter=0
for round in $(seq "$rounds"); do
    home=$here/$round; mkdir -p "$home"
    HOME=$home XDG_STATE_HOME=$home/state XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data "$program" >/dev/null 2>&1 & window=$!
    for _ in $(seq 100); do id=$(xdotool search --pid "$window" 2>/dev/null | tail -1 || true); [ -n "$id" ] && break; sleep 0.2; done
    sleep 2.5
    xdotool windowfocus "$id" 2>/dev/null || true
    xdotool key ctrl+g
    sleep 0.2
    # The last edit is made a second before the end, while an earlier copy may be under way.
    xdotool key ctrl+g
    sleep 1
    kill -9 "$window"; wait "$window" 2>/dev/null || true
    copy=$(find "$home/state" -name '*.convenor' 2>/dev/null | head -1)
    if [ -z "$copy" ] || ! grep -q 'New grouping 2' "$copy"; then lost=$((lost + 1)); fi
    if [ -n "$copy" ] && ! python3 -m json.tool "$copy" >/dev/null; then torn=$((torn + 1)); fi
    litter=$((litter + $(find "$home" -name '.convenor-*.tmp' | wc -l)))
done
echo "rounds $rounds, edits older than a second lost $lost, torn copies $torn, files left behind $litter"
[ "$lost" = 0 ] && [ "$torn" = 0 ]
