#!/usr/bin/env bash
# Errors and SIGKILL at each system call of writing a recovery copy over an earlier one, again and again: what was said to be kept is
# there, whole, and nothing is left behind by a process that lives.
# usage: tests/slow/autosave_faults.sh [ROUNDS]   (needs strace)
set -euo pipefail
rounds=${1:-10000}; cd "$(dirname "$0")/../.."
cargo build --quiet --release --example write_copy
program=$PWD/target/release/examples/write_copy
here=$(mktemp -d); trap 'rm -rf "$here"' EXIT
folder=$here/state/recovery
run() { rm -rf "$here/state"; "$@" "$program" "$folder" One Two; }
calls='openat,mkdir,statx,newfstatat,flock,fcntl,fstat,fchmod,fchown,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,close'
run strace -f -y -e "trace=$calls" -o "$here/all" >/dev/null
targets=$(awk -v folder="$here/state" '{ split($2, part, "("); n[part[1]]++; if (index($0, folder)) print part[1] ":" n[part[1]] }' "$here/all")
kinds=$(echo "$targets" | wc -l)
echo "calls: $(echo "$targets" | tr '\n' ' ')"
order=$(grep -E '\.convenor-|recovery>' "$here/all" | grep -oE ' (write|fsync|fdatasync|rename|renameat2?)\(' | tr -d ' (' | sed 's/fdatasync/fsync/; s/renameat2\?/rename/' | uniq | tr '\n' ' ')
echo "order: $order"
case "$order" in *"write fsync rename fsync "*) ;; *) echo "the order is wrong"; exit 1;; esac
done=0; lost=0; torn=0; panics=0; litter=0; silent=0
while [ "$done" -lt "$rounds" ]; do
    for fault in error=EIO error=ENOSPC error=EACCES error=EROFS error=EDQUOT signal=SIGKILL; do
        for target in $targets; do
            [ "$done" -lt "$rounds" ] || break 2
            call=${target%%:*}; at=${target##*:}; code=0
            run strace -f -e "trace=$call" -e "inject=$call:$fault:when=$at" -o /dev/null >"$here/said" 2>"$here/errors" || code=$?
            done=$((done + 1))
            copy=$(find "$folder" -name '*.convenor' ! -name '.*' 2>/dev/null | head -1 || true)
            holds=none
            if [ -n "$copy" ]; then
                holds=$(grep -oE '"title": "(One|Two)"' "$copy" | grep -oE 'One|Two' || true)
                [ "$(tail -c 2 "$copy")" = "}" ] && [ -n "$holds" ] || { torn=$((torn + 1)); echo "torn: $target $fault"; }
            fi
            if grep -q '^kept Two' "$here/said"; then want='Two'
            elif grep -q '^kept One' "$here/said"; then want='One|Two'
            else want='none|One|Two'; fi
            echo "$holds" | grep -qxE "$want" || { lost=$((lost + 1)); echo "lost: $target $fault: $holds, said $(tr '\n' ' ' <"$here/said")"; }
            if grep panicked "$here/errors" | grep -vq 'library/std'; then panics=$((panics + 1)); echo "panic: $target $fault"; fi
            if [ "$fault" != signal=SIGKILL ]; then
                [ "$code" = 0 ] || { silent=$((silent + 1)); echo "ended with $code: $target $fault"; }
                if find "$folder" -name '.convenor-*' 2>/dev/null | grep -q .; then litter=$((litter + 1)); echo "litter: $target $fault"; fi
            fi
        done
    done
done
echo "rounds $done at $kinds calls, lost $lost, torn $torn, panics $panics, ended by an error $silent, left behind by a living process $litter"
[ "$lost$torn$panics$silent" = 0000 ]
