#!/bin/bash
# crosscheck.sh CACHE: type-checks every product source with __VMS defined, 32-bit long and pointers,
# for alpha64-dec-vms and ia64-hp-openvms.  cc1plus is built once from Debian's gcc-12-source (some
# minutes) and kept in CACHE, outside the repository.
set -u
cache=${1:?usage: crosscheck.sh CACHE}
top=$(cd "$(dirname "$0")/../../.." && pwd)
mkdir -p "$cache"
jobs=$(nproc)

# gcc's sources and the host's libraries of it, which are the same for both targets
build_libraries() { # folder
    mkdir "$1/src" "$1/b" &&
    tar -xJf /usr/src/gcc-12/gcc-12*.tar.xz --strip-components=1 -C "$1/src" \
        --exclude='*/gcc/testsuite' --exclude='*/gcc/ada' --exclude='*/gcc/go' --exclude='*/gcc/fortran' \
        --exclude='*/libstdc++-v3' --exclude='*/libgo' --exclude='*/libphobos' --exclude='*/libgfortran' \
        --exclude='*/libsanitizer' --exclude='*/libffi' --exclude='*/libgomp' --exclude='*/libada' \
        --exclude='*/libobjc' --exclude='*/libitm' --exclude='*/libvtv' --exclude='*/zlib' \
        --exclude='*/libquadmath' --exclude='*/libatomic' --exclude='*/gcc/jit' --exclude='*/ChangeLog*' &&
    cd "$1/b" &&
    ../src/configure "${options[@]}" --target=alpha64-dec-vms &&
    make -j"$jobs" all-libiberty all-libcpp all-libdecnumber all-libbacktrace all-libcody
}

options=(--enable-languages=c,c++ --without-headers --with-newlib --with-system-zlib --disable-nls
    --disable-bootstrap --disable-lto --disable-libssp --disable-libquadmath --disable-shared
    --disable-threads --disable-multilib --disable-plugin --disable-analyzer --enable-checking=release
    --disable-werror --without-isl --without-zstd CFLAGS='-O1 -g0' CXXFLAGS='-O1 -g0')
# what a type check runs; the rest of the compiler has only to be there
hot='cp/% c-family/% build/% tree.o tree-iterator.o fold-const%.o ggc-%.o stringpool.o attribs.o stor-layout.o convert.o
    wide-int.o hash-%.o bitmap.o diagnostic%.o'
build_compiler() { # target: a folder besides those of the libraries
    mkdir "$work/b/gcc-$1" && cd "$work/b/gcc-$1" &&
    ../../src/gcc/configure "${options[@]}" --target="$1" GMPLIBS='-lmpc -lmpfr -lgmp' &&
    make -j"$jobs" build_libobjdir=.. CXXFLAGS="-g0 \$(if \$(filter $(echo $hot),\$@),-O1,-O0)" cc1plus &&
    cp cc1plus "$cache/cc1plus-$1.new" && mv "$cache/cc1plus-$1.new" "$cache/cc1plus-$1"
}

build_compilers() {
    local work status=0
    work=$(mktemp -d) || return 1
    export MAKEINFO=true
    echo "crosscheck: building cc1plus for ${targets[*]} (some minutes, once)"
    (build_libraries "$work" && build_compiler "${targets[0]}" && build_compiler "${targets[1]}") \
        >"$cache/build.log" 2>&1 || status=1
    rm -rf "$work"
    [ $status = 0 ] || { tail -20 "$cache/build.log"; echo "crosscheck: no compiler"; }
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

targets=(alpha64-dec-vms ia64-hp-openvms)
have_compilers() { [ -x "$cache/cc1plus-${targets[0]}" ] && [ -x "$cache/cc1plus-${targets[1]}" ]; }
# one build at a time: others wait for it and then find it
(flock 9; have_compilers || build_compilers) 9>"$cache/lock" || exit 1
passed=0 failed=0
for target in "${targets[@]}"; do
    while read -r word; do
        if [ "$word" = ok ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done < <(awk '$1=="MODULE"{print $2 "/" $3}' "$top/SRC/MODULES.LIS" |
        xargs -P "$jobs" -I@ bash -c "check_one '$cache/cc1plus-$target' '$top/SRC/@.cxx'")
done
echo "crosscheck: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
