#!/usr/bin/env bash
# The program opens no network socket: neither the command line nor the window, whose every system call for a socket is looked at.
# usage: tests/slow/network.sh PROGRAM   (needs strace, Xvfb and xdotool)
set -euo pipefail
program=$(realpath "$1"); root=$(cd "$(dirname "$0")/../.." && pwd)
here=$(mktemp -d); display=:$((80 + RANDOM % 9))
Xvfb "$display" -screen 0 1280x800x24 >/dev/null 2>&1 & screen=$!
trap 'kill "$screen" 2>/dev/null || true; rm -rf "$here"' EXIT
export HOME=$here XDG_STATE_HOME=$here/state XDG_CONFIG_HOME=$here/config XDG_DATA_HOME=$here/data
look() { strace -f -e trace=socket,connect -o "$here/trace.$1" "${@:2}" >/dev/null 2>&1 || true; }
example=$root/saves/techno-democracies.convenor
look assess "$program" assess "$example"
look export "$program" export "$example" --to html --out "$here/a.html"
sleep 1
DISPLAY=$display LIBGL_ALWAYS_SOFTWARE=1 timeout 40 strace -f -e trace=socket,connect -o "$here/trace.window" "$program" "$example" >/dev/null 2>&1 & window=$!
sleep 15
for key in F5 Escape ctrl+e Escape F1 Escape ctrl+g ctrl+s; do DISPLAY=$display xdotool key "$key"; sleep 1; done
wait "$window" || true
sockets=$(cat "$here"/trace.* | grep -c 'socket(' || true)
inet=$(cat "$here"/trace.* | grep -c 'AF_INET' || true)
echo "sockets $sockets, of the network $inet"
[ "$inet" = 0 ] && [ "$sockets" -gt 0 ]
