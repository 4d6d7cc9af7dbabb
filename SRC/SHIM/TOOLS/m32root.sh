#!/bin/bash
# m32root.sh DIR: 32-bit OpenSSL, SQLite, liburing and CppUnit from Debian's i386 packages, unpacked below DIR.
# They are only downloaded and unpacked, never installed; the i386 architecture is removed again.
set -eu
dir=${1:?usage: m32root.sh DIR}
packages="libssl3:i386 libssl-dev:i386 libcppunit-1.15-0:i386 libcppunit-dev:i386 \
    libsqlite3-0:i386 libsqlite3-dev:i386 liburing2:i386 liburing-dev:i386"
[ -f "$dir/.complete" ] && [ "$(cat "$dir/.complete")" = "$packages" ] && exit 0
if [ "$(id -u)" != 0 ]; then
    echo "m32root: needs root once, to ask apt for i386 packages" >&2
    exit 1
fi
rm -rf "$dir"
mkdir -p "$dir"
work=$(mktemp -d)
had=$(dpkg --print-foreign-architectures | grep -c '^i386$' || true)
finish() {
    rm -rf "$work"
    [ "$had" != 0 ] || dpkg --remove-architecture i386 || true
}
trap finish EXIT
[ "$had" != 0 ] || { dpkg --add-architecture i386; apt-get update >/dev/null || true; }
cd "$work"
apt-get download $packages >/dev/null
for deb in *.deb; do dpkg -x "$deb" "$dir"; done
echo "$packages" >"$dir/.complete"
