#!/usr/bin/env bash
# Errors and SIGKILL at each system call of writing a file: what was there is still there, or the new file is, whole.
# usage: tests/slow/faults.sh PROGRAM [MOST]   (needs strace); MOST is how many calls are tried
set -euo pipefail
program=$(realpath "$1"); most=${2:-60}; root=$(cd "$(dirname "$0")/../.." && pwd)
here=$(mktemp -d); trap 'rm -rf "$here"' EXIT
example=$root/saves/trade.convenor; out=$here/folder/out.csv; mkdir "$here/folder"
run() { "$@" "$program" export "$example" --to csv --out "$out" --date 2026-01-01; }
run env >/dev/null; cp "$out" "$here/new"; echo "what was there before" > "$here/old"
# The order of a save: write, sync the file, rename, sync the folder.
cp "$here/old" "$out"
run strace -f -y -e trace=write,fsync,fdatasync,rename,renameat,renameat2 -o "$here/order" >/dev/null
order=$(grep -E '\.convenor-|/folder>' "$here/order" | grep -oE '^[0-9]+ +(write|fsync|fdatasync|rename|renameat2?)\(' | grep -oE '[a-z0-9]+\($' | tr -d '(' | sed 's/fdatasync/fsync/; s/renameat2\?/rename/' | uniq | tr '\n' ' ')
echo "order: $order"
case "$order" in *"write fsync rename fsync "*) ;; *) echo "the order is wrong"; exit 1;; esac
# Which calls of the saving thread are about the folder: the how many-th of their kind.
calls='openat,open,creat,statx,newfstatat,readlink,getdents64,ioctl,fcntl,fstat,fchmod,fchown,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,close'
run strace -f -y -e "trace=$calls" -o "$here/all" >/dev/null
main=$(head -1 "$here/all" | cut -d' ' -f1)
targets=$(awk -v main="$main" -v folder="$here/folder" '$1 == main { split($2, part, "("); n[part[1]]++; if (index($0, folder)) print part[1] ":" n[part[1]] }' "$here/all" | head -"$most")
echo "calls: $(echo "$targets" | tr '\n' ' ')"
rounds=0; torn=0; lost=0; panics=0; silent=0; litter=0
for fault in error=EIO error=ENOSPC error=EACCES error=EROFS error=EDQUOT signal=SIGKILL; do
    for target in $targets; do
        call=${target%%:*}; at=${target##*:}
        cp "$here/old" "$out"; rm -f "$here"/folder/.convenor-*
        code=0
        run strace -f -e "trace=$call" -e "inject=$call:$fault:when=$at" -o /dev/null >"$here/said" 2>&1 || code=$?
        rounds=$((rounds + 1))
        if [ "$code" = 101 ] || grep panicked "$here/said" | grep -vq 'library/std'; then panics=$((panics + 1)); fi
        if [ ! -e "$out" ]; then lost=$((lost + 1)); echo "lost: $target $fault"
        elif cmp -s "$out" "$here/new"; then :
        elif cmp -s "$out" "$here/old"; then if [ "$code" = 0 ]; then silent=$((silent + 1)); echo "silent: $target $fault"; fi
        else torn=$((torn + 1)); echo "torn: $target $fault"; fi
        # A killed process cannot clear up; one that goes on must.
        if [ "$fault" != signal=SIGKILL ] && ls "$here"/folder/.convenor-* >/dev/null 2>&1; then litter=$((litter + 1)); echo "litter: $target $fault"; fi
    done
done
echo "rounds $rounds, lost $lost, torn $torn, panics $panics, unsaved without a word $silent, left behind by a living process $litter"
[ "$lost$torn$panics$silent" = 0000 ]
