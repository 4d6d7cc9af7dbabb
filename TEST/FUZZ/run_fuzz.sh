#!/bin/sh
# run_fuzz.sh build-folder seconds: runs every fuzz target so long, from the corpora of TEST/DATA.
# A finding is left in build-folder/fuzz/target/; the last line counts.
build=$1
seconds=${2:-20}
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$here/../DATA" && pwd)
passed=0
failed=0
for target in "$build"/bin/*_fuzz; do
    name=$(basename "$target")
    work=$build/fuzz/$name
    mkdir -p "$work/corpus"
    # each line of a corpus of cases is a seed
    for in in "$data"/CORE/*.in; do
        (cd "$work/corpus" && split -l 1 -a 4 "$in" "$(basename "$in")-")
    done
    words=
    [ -f "$here/$name.dict" ] && words="-dict=$here/$name.dict"
    # shellcheck disable=SC2086
    if "$target" $words -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
        -artifact_prefix="$work/" "$work/corpus" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        echo "fuzz: $name passed ($(grep -c . "$work/log") lines of log)"
    else
        failed=$((failed + 1))
        echo "fuzz: $name FAILED, see $work/log"
        tail -20 "$work/log"
    fi
done
echo "fuzz: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
