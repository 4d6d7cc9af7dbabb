#!/bin/bash
# run_fuzz.sh build-folder seconds: runs every fuzz target so long, two at a time.
# Seeds are the corpora of TEST/DATA/CORE (a case a line), TEST/DATA/MESSAGES and, where there is
# one, TEST/FUZZ/CORPUS/TARGET.  A finding is left in build-folder/fuzz/target/.
set -u
build=$(cd "${1:?usage: run_fuzz.sh build-folder [seconds]}" && pwd) || exit 1
seconds=${2:-20}
here=$(cd "$(dirname "$0")" && pwd)
data=$here/../DATA

run_one() { # target: prints a line that begins with passed or FAILED
    local name work in words
    name=$(basename "$1")
    work=$build/fuzz/$name
    mkdir -p "$work/corpus"
    for in in "$data"/CORE/*.in; do
        [ -f "$in" ] && (cd "$work/corpus" && split -l 1 -a 4 "$in" "$(basename "$in")-")
    done
    for in in "$data"/MESSAGES/* "$here/CORPUS/${name^^}"/*; do
        [ -f "$in" ] && cp "$in" "$work/corpus/"
    done
    words=()
    [ -f "$here/$name.dict" ] && words=("-dict=$here/$name.dict")
    if "$1" "${words[@]}" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
        -artifact_prefix="$work/" "$work/corpus" >"$work/log" 2>&1; then
        echo "passed $name: $(grep -o 'Done [0-9]* runs' "$work/log")"
    else
        echo "FAILED $name, see $work/log: $(grep -m 1 -E 'ERROR|runtime error|FUZZ|_fuzz.cxx:' "$work/log")"
    fi
}
export -f run_one
export build seconds here data

results=$(printf '%s\n' "$build"/bin/*_fuzz | xargs -P 2 -I@ bash -c 'run_one "@"')
printf '%s\n' "$results"
passed=$(grep -c '^passed' <<<"$results")
failed=$(grep -c '^FAILED' <<<"$results")
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -eq "$(find "$here" -name '*_fuzz.cxx' | wc -l)" ]
