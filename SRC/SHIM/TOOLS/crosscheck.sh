#!/bin/bash
# crosscheck.sh CACHE: type-checks every product source with __VMS defined, 32-bit long and pointers,
# for alpha64-dec-vms and ia64-hp-openvms.  cc1plus is built once from Debian's gcc-12-source (about
# five minutes a target) and kept in CACHE, outside the repository.
set -u
cache=${1:?usage: crosscheck.sh CACHE}
top=$(cd "$(dirname "$0")/../../.." && pwd)
mkdir -p "$cache"
jobs=$(nproc)

build_compiler() { # target
    local w
    w=$(mktemp -d) || return 1
    echo "crosscheck: building cc1plus for $1 (about five minutes, once)"
    (
        set -e
        mkdir "$w/src" "$w/b"
        tar -xJf /usr/src/gcc-12/gcc-12*.tar.xz --strip-components=1 -C "$w/src" \
            --exclude='*/gcc/testsuite' --exclude='*/gcc/ada' --exclude='*/gcc/go' --exclude='*/gcc/fortran' \
            --exclude='*/libstdc++-v3' --exclude='*/libgo' --exclude='*/libphobos' --exclude='*/libgfortran' \
            --exclude='*/libsanitizer' --exclude='*/libffi' --exclude='*/libgomp' --exclude='*/libada' \
            --exclude='*/libobjc' --exclude='*/libitm' --exclude='*/libvtv' --exclude='*/zlib' \
            --exclude='*/libquadmath' --exclude='*/libatomic' --exclude='*/gcc/jit' --exclude='*/ChangeLog*'
        cd "$w/b"
        export MAKEINFO=true
        ../src/configure --target="$1" --enable-languages=c,c++ --without-headers --with-newlib \
            --with-system-zlib --disable-nls --disable-bootstrap --disable-lto --disable-libssp \
            --disable-libquadmath --disable-shared --disable-threads --disable-multilib --disable-plugin \
            --disable-analyzer --enable-checking=release --disable-werror --without-isl --without-zstd \
            CFLAGS="-O1 -g0" CXXFLAGS="-O1 -g0"
        make -j"$jobs" MAKEINFO=true configure-gcc all-build-libiberty all-build-libcpp all-libiberty \
            all-libcpp all-libdecnumber all-libbacktrace all-libcody
        make -j"$jobs" MAKEINFO=true -C gcc cc1plus
        cp gcc/cc1plus "$cache/cc1plus-$1.new" && mv "$cache/cc1plus-$1.new" "$cache/cc1plus-$1"
    ) >"$cache/build-$1.log" 2>&1
    local status=$?
    rm -rf "$w"
    [ $status = 0 ] || { tail -20 "$cache/build-$1.log"; echo "crosscheck: no compiler for $1"; }
    return $status
}

# a private view of the include rooms, as CMake makes it
view=$(mktemp -d)
trap 'rm -rf "$view"' EXIT
ln -s "$top/INCLUDE/CORE" "$top/INCLUDE/VMS" "$top/INCLUDE/MTA" "$top/INCLUDE/boostset.h" "$view/"
mkdir "$view/bits"
# glibc's header assumes a __float128 that these targets do not have
cat >"$view/bits/floatn.h" <<'H'
#ifndef _BITS_FLOATN_H
#define _BITS_FLOATN_H
#define __HAVE_FLOAT128 0
#define __HAVE_DISTINCT_FLOAT128 0
#define __HAVE_FLOAT64X 0
#define __HAVE_FLOAT64X_LONG_DOUBLE 0
#include <bits/floatn-common.h>
#endif
H
[ -f "$top/build/inc/MTA/mail_msg.h" ] && cp "$top/build/inc/MTA/mail_msg.h" "$view/"
python3 "$top/SRC/SHIM/TOOLS/message_compiler.py" --header "$view/mail_msg.h" "$top/SRC/MESSAGES/MAIL_MSG.MSG" 2>/dev/null

g=/usr/lib/gcc/x86_64-linux-gnu/12
check_one() { # compiler source
    local folder log
    folder=$(dirname "$2")
    log=$("$1" -quiet -nostdinc -nostdinc++ -D_GNU_SOURCE -std=c++98 -Wall -Wextra -Wno-long-long -Werror \
        -Wno-pragmas -Wno-unknown-pragmas -fsyntax-only -isystem "$view" -I"$view" -I"$folder" \
        -isystem "$top/SRC/SHIM/INCLUDE" -isystem /usr/include/c++/12 \
        -isystem /usr/include/x86_64-linux-gnu/c++/12/32 -isystem /usr/include/c++/12/backward \
        -isystem /usr/include/x86_64-linux-gnu -isystem /usr/include -isystem $g/include "$2" -o /dev/null 2>&1)
    [ $? = 0 ] && { echo ok; return; }
    printf 'FAILED %s (%s)\n%s\n' "${2#$top/}" "$(basename "$1")" "$log" >&2
    echo failed
}
export -f check_one
export view top g

passed=0 failed=0
for target in alpha64-dec-vms ia64-hp-openvms; do
    # one build at a time: others wait for it and then find it
    (flock 9; [ -x "$cache/cc1plus-$target" ] || build_compiler $target) 9>"$cache/lock" ||
        { failed=$((failed + 1)); continue; }
    while read -r word; do
        if [ "$word" = ok ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done < <(awk '$1=="MODULE"{print $2 "/" $3}' "$top/SRC/MODULES.LIS" |
        xargs -P "$jobs" -I@ bash -c "check_one '$cache/cc1plus-$target' '$top/SRC/@.cxx'")
done
echo "crosscheck: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
