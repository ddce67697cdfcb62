#!/usr/bin/env bash
# Runs every fuzz target for some seconds (an hour each without a number), from the corpora that `cargo test` replays. New inputs that
# reach new code are kept in tests/fuzz/found; what fails stands in tests/fuzz/artifacts and the run ends with an error.
# Needs a nightly toolchain and cargo-fuzz: cargo install cargo-fuzz
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-3600}
shift || true
targets=${*:-workspace batch power votes}
for target in $targets; do
    mkdir -p "tests/fuzz/found/$target"
    cargo +nightly fuzz run --fuzz-dir tests/fuzz -s none -O "$target" "tests/fuzz/found/$target" "tests/fuzz/$target" -- \
        -max_total_time="$seconds" -dict=tests/fuzz/words.dict -rss_limit_mb=2048 -timeout=60 -print_final_stats=1 -max_len=65536 2>&1 |
        grep -E 'stat::|panicked|Test unit|ERROR|SUMMARY|assert|DONE' || true
    if [ -n "$(ls -A "tests/fuzz/artifacts/$target" 2>/dev/null)" ]; then
        echo "$target: FAILED"; ls "tests/fuzz/artifacts/$target"; exit 1
    fi
done
