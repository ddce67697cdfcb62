#!/usr/bin/env bash
# The figures that `PROGRAM assess` prints for every example are, to the last digit, those that are stored: whatever the build, with and
# without the window, on any number of threads. The checksum is that of the JSON, which has all digits that there are.
# With --update they are stored anew: only where a method or the data changed on purpose, and then the edition in src/analysis/edition.rs
# changes too.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:?the program, such as target/release/convenor}
stored=tests/reference/printed.txt
print() {
    grep -E "^pub const (METHOD|DATA)" src/analysis/edition.rs
    for file in saves/*.convenor; do
        echo "== $(basename "$file")"
        "$program" assess "$file"
        echo "-- json $("$program" assess --json "$file" | cksum)"
    done
}
if [ "${2:-}" = --update ]; then print > "$stored"; echo "stored"; exit 0; fi
for threads in 1 3; do
    RAYON_NUM_THREADS=$threads print | diff -u "$stored" - || { echo "FAILED: other figures on $threads threads"; exit 1; }
done
echo "the same to the last digit: $(grep -c '^== ' "$stored") workspaces on 1 and 3 threads"
