#!/bin/bash
# m32test.sh BUILD: builds and runs the 32-bit unit tests of BUILD, configured by `make m32`.
# A kernel that runs no 32-bit programs is lent Debian's qemu-i386, through binfmt_misc, for as long as the
# tests last; SHIM's own tests are left out then: they play with stacks and signals, which it does not bear.
set -u
build=${1:?usage: m32test.sh BUILD}
handlers=/proc/sys/fs/binfmt_misc
name=vmsmail-i386 mounted= registered=
finish() {
    [ -z "$registered" ] || echo -1 >$handlers/$name
    [ -z "$mounted" ] || umount $handlers
}
trap finish EXIT
probe() { # compiler's options, program
    local file status
    file=$(mktemp) || return 1
    echo "$2" | g++ $1 -x c++ - -o "$file" && (exec "$file") 2>/dev/null
    status=$?
    rm -f "$file"
    return $status
}
runs32() { probe '-m32 -static' 'int main() { return 0; }'; }
# an emulator that somebody else registered runs them too: the kernel itself has the 32-bit system calls
kernel_runs32() {
    runs32 && probe '' 'int main() { long pid; asm volatile("int $0x80" : "=a"(pid) : "a"(20L)); return pid <= 0; }'
}
lend_emulator() {
    command -v qemu-i386 >/dev/null || { [ "$(id -u)" = 0 ] && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends qemu-user >/dev/null 2>&1; } || return 1
    [ -e $handlers/register ] || { mount -t binfmt_misc none $handlers && mounted=1; } || return 1
    [ -e $handlers/$name ] && return 0
    # P: the program finds the argv[0] that it was given, not its path
    printf '%s' ":$name:M::\\x7fELF\\x01\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x03\\x00" \
        ":\\xff\\xff\\xff\\xff\\xff\\xfe\\xfe\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff" \
        ":$(command -v qemu-i386):PF" >$handlers/register || return 1
    registered=1
}
tests='^unit_' target=all
if ! kernel_runs32; then
    echo "m32: this kernel runs no 32-bit programs; with qemu-i386, without SHIM's own tests"
    lend_emulator && runs32 || { echo "m32: FAILED, qemu-i386 cannot be used"; exit 1; }
    tests='^unit_(core|vms|mta|receiver|symbiont|mailshr|sff|pop|imap|manage|ivp|manual)$' target=unit_product
fi
cmake --build "$build" -j "$(nproc)" --target $target || exit 1
cd "$build" && ctest --output-on-failure ${CTEST_FLAGS:-} -j "$(nproc)" -R "$tests"
