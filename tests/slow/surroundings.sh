#!/usr/bin/env bash
# surroundings.sh PROGRAM: starts the program where something is missing: display, graphics driver, fonts, message bus, home, a state
# folder that can be written, room on the disk; stops it for a while, and sets its clock. Each time there is a window that takes an edit,
# or one sentence with the cure. Needs Xvfb and xdotool; faketime for the clock.
set -uo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${1:?the program, such as target/release/convenor}")
work=$(mktemp -d); failed=0
Xvfb :94 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & with_gl=$!
Xvfb :95 -screen 0 1280x800x24 -nolisten tcp -extension GLX >/dev/null 2>&1 & without_gl=$!
trap 'kill $with_gl $without_gl 2>/dev/null; rm -rf "$work"' EXIT
sleep 1
unset WAYLAND_DISPLAY
export LIBGL_ALWAYS_SOFTWARE=1
fresh() { home=$work/$1; mkdir -p "$home"; clean=(env -u DISPLAY HOME="$home" XDG_STATE_HOME="$home/state" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data"); }
# A sentence and an end: no window is possible.
sentence() {
    local what=$1 words=$2; shift 2
    local said; said=$(timeout 20 "$@" 2>&1); local code=$?
    if [ $code = 0 ] || [ $code = 124 ] || echo "$said" | grep -qiE 'panicked|\.rs:' || ! echo "$said" | grep -q "$words"; then
        echo "FAILED  $what: code $code: $said"; failed=1
    else echo "fine    $what: “$said”"; fi
}
# A window that takes an edit. DISPLAY is that of the screen.
window() {
    local what=$1 screen=$2 kept=$3; shift 3
    "$@" >"$work/out" 2>&1 & local app=$!
    local id=""
    for _ in $(seq 80); do id=$(DISPLAY=$screen xdotool search --onlyvisible --name Convenor 2>/dev/null | head -1); [ -n "$id" ] && break; kill -0 $app 2>/dev/null || break; sleep 0.1; done
    if [ -z "$id" ]; then
        wait $app 2>/dev/null
        if grep -qiE 'panicked|\.rs:' "$work/out" || ! grep -qE 'install|check|start it' "$work/out"; then echo "FAILED  $what: no window: $(cat "$work/out")"; failed=1
        else echo "fine    $what: no window, “$(tail -1 "$work/out")”"; fi
        return
    fi
    sleep 1.5
    if [ -n "${during:-}" ]; then eval "$during"; fi
    DISPLAY=$screen xdotool windowfocus "$id" key --clearmodifiers ctrl+g; sleep 3
    if ! kill -0 $app 2>/dev/null || grep -qi panicked "$work/out"; then echo "FAILED  $what: it ended: $(cat "$work/out")"; failed=1
    elif [ "$kept" = kept ] && ! grep -rqs 'New grouping' "$home/state"; then echo "FAILED  $what: the edit is in no recovery copy"; failed=1
    else echo "fine    $what: a window that takes an edit$([ "$kept" = kept ] && echo ', kept')"; fi
    kill $app 2>/dev/null; wait $app 2>/dev/null
}
fresh a; sentence "no display" "there is no display" "${clean[@]}" "$program"
fresh b; sentence "a display that does not answer" "DISPLAY" "${clean[@]}" DISPLAY=:77 "$program"
fresh c; window "no GLX" :95 kept "${clean[@]}" DISPLAY=:95 "$program"
fresh d; window "no driver in software either" :94 kept "${clean[@]}" DISPLAY=:94 LIBGL_DRIVERS_PATH=/nonexistent GBM_BACKENDS_PATH=/nonexistent MESA_LOADER_DRIVER_OVERRIDE=none "$program"
fresh e; window "no fonts of the system" :94 kept "${clean[@]}" DISPLAY=:94 FONTCONFIG_FILE=/dev/null FONTCONFIG_PATH=/nonexistent "$program"
fresh f; during='DISPLAY=:94 xdotool windowfocus $id key ctrl+o; sleep 2; DISPLAY=:94 xdotool key Escape; sleep 0.5'
window "no message bus, open asked for" :94 kept "${clean[@]}" DISPLAY=:94 DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent "$program"; during=
fresh g; window "no home" :94 lost env -u HOME -u XDG_STATE_HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME DISPLAY=:94 "$program"
fresh h; window "a state folder that cannot be made" :94 lost "${clean[@]}" XDG_STATE_HOME=/dev/null/state DISPLAY=:94 "$program"
fresh i; window "a home that is a file" :94 lost env -u XDG_STATE_HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME HOME=/dev/null DISPLAY=:94 "$program"
fresh j; window "no room for any file" :94 lost "${clean[@]}" DISPLAY=:94 bash -c "ulimit -f 0; trap '' XFSZ; exec '$program'"
fresh k; during='kill -STOP $app; sleep 5; kill -CONT $app; sleep 1'
window "stopped for five seconds" :94 kept "${clean[@]}" DISPLAY=:94 "$program"; during=
fresh l; window "a file that is none" :94 kept "${clean[@]}" DISPLAY=:94 "$program" /nonexistent/a.convenor
if command -v faketime >/dev/null; then
    library=$(find /usr/lib /usr/local/lib -name 'libfaketime.so.1' 2>/dev/null | head -1)
    # Through the library itself: whoever ends the command ends the window.
    fresh m; window "a clock of 1975" :94 kept "${clean[@]}" DISPLAY=:94 LD_PRELOAD="$library" FAKETIME="@1975-01-01 00:00:00" "$program"
    for jump in 2031-06-01 1999-06-01; do
        fresh "n$jump"; echo "@2026-06-01 00:00:00" >"$home/clock"
        during="sleep 2; echo '@$jump 00:00:00' >$home/clock; sleep 1"
        window "a clock that jumps from 2026 to ${jump%%-*}" :94 kept "${clean[@]}" DISPLAY=:94 LD_PRELOAD="$library" FAKETIME_TIMESTAMP_FILE="$home/clock" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 "$program"
    done; during=
else echo "not tried: clocks (no faketime)"; fi
exit $failed
