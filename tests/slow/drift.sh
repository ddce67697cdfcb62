#!/usr/bin/env bash
# Predicts each year of the built-in votes from those before, and measures drift: the stored figures, the table in METHODS.md and
# the bounds that it promises must come out again. About half a minute on two cores after the build.
#
#   tests/slow/drift.sh           # compares
#   tests/slow/drift.sh --write   # writes assets/data/drift.csv anew
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ "${1:-}" = --write ]; then export CONVENOR_WRITE_DRIFT=1; fi
cargo test --test drift -- --ignored --nocapture
