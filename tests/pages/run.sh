#!/usr/bin/env bash
# Every example as HTML, in a headless Chromium. `tests/pages/run.sh PROGRAM`
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
program="$(realpath "$1")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

CHROMIUM="$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)"
if [ -z "$CHROMIUM" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium >/dev/null
    CHROMIUM="$(command -v chromium)"
fi
if [ -z "$CHROMIUM" ] || ! command -v npm >/dev/null; then
    echo "needed: chromium and npm" >&2
    exit 1
fi
export CHROMIUM
cp "$here/check.mjs" "$here/package.json" "$work"
(cd "$work" && npm install --no-audit --no-fund --silent)
pages=()
for file in "$here"/../../saves/*.convenor; do
    page="$work/$(basename "${file%.convenor}").html"
    "$program" export "$file" --to html --out "$page" --date 2026-11-26 >/dev/null
    pages+=("$page")
done
cd "$work" && node check.mjs "${pages[@]}"
