#!/bin/sh
# A million cases through `convenor batch -`: every line answered, in order, in constant memory.
#
#     tests/slow/stream.sh [PROGRAM [LINES]]
#
# PROGRAM is a release build (default target/release/convenor), LINES defaults to 1000000. Needs awk and GNU time.
# Takes about three minutes on two cores. Compares the peak memory of LINES with that of a hundredth of them.
set -eu
program=${1:-target/release/convenor}
lines=${2:-1000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cases() {
    # Twelve members in turn from a list, three issues, with and without a convenor; every thousandth line is wrong.
    awk -v lines="$1" 'BEGIN {
        n = split("USA CHN FRA DEU GBR RUS IND BRA ZAF JPN CAN AUS KOR MEX IDN TUR SAU ITA ARG NGA EGY NOR SWE FIN ISR", code, " ")
        split("technology climate general", issue, " ")
        for (i = 1; i <= lines; i++) {
            if (i % 1000 == 0) { print "{\"name\": \"" i "\", \"members\": [\"XXX\"]}"; continue }
            list = ""
            for (k = 0; k < 12; k++) list = list (k ? "," : "") "\"" code[(i + k * 2) % n + 1] "\""
            lead = i % 2 ? ",\"leads\":[\"" code[i % n + 1] "\"]" : ""
            print "{\"name\":\"" i "\",\"members\":[" list "]" lead ",\"issue\":\"" issue[i % 3 + 1] "\",\"questions\":" i % 5 + 1 "}"
        }
    }'
}

peak() {
    cases "$1" | /usr/bin/time -f '%M %e' -o "$folder/time" "$program" batch - |
        awk -v lines="$1" '
            NR % 1000 == 0 { if ($0 !~ /"error":/ || $0 !~ "\"line\":" NR "}") { print "line " NR ": no error: " $0 > "/dev/stderr"; bad = 1 } next }
            index($0, "{\"name\":\"" NR "\",\"deadlock\":") != 1 { print "line " NR ": " $0 > "/dev/stderr"; bad = 1; exit }
            END { if (bad || NR != lines) { print NR " answers to " lines " lines" > "/dev/stderr"; exit 1 } }'
    read -r kilobytes seconds <"$folder/time"
    echo "$1 lines: peak $kilobytes KB, $seconds s" >&2
    echo "$kilobytes"
}

few=$(peak $((lines / 100)))
many=$(peak "$lines")
[ "$many" -le $((few + few / 4 + 8192)) ] || { echo "memory grows: $few KB, then $many KB" >&2; exit 1; }
echo "constant memory: $few KB for $((lines / 100)) lines, $many KB for $lines"
