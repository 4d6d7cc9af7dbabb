#!/bin/bash
# Installs the Debian packages that are missing: as root directly, else prints the one command.
# Groups: build (make run), test (make test, make bench), ci (the other legs of .ci/run).
set -u
declare -A group
group[build]="g++ cmake ninja-build make python3 libssl-dev libsqlite3-dev liburing-dev libboost-dev libcppunit-dev openssl"
group[test]="clang curl swaks msmtp fetchmail mpop getmail6 s-nail postfix unbound dovecot-pop3d strace ca-certificates binutils tmux"
group[ci]="g++-multilib gcc-12-source libclang-rt-14-dev libgmp-dev libmpfr-dev libmpc-dev zlib1g-dev xz-utils flex bison"
missing=
for g in "$@"; do
    for p in ${group[$g]}; do
        dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
    done
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ]; then
    echo "These packages are missing; as root:  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# the peers are started by the tests with their own configuration, never by the package
policy=/usr/sbin/policy-rc.d
made=
[ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; made=1; }
{ apt-get update && apt-get install -y --no-install-recommends $missing; } >/tmp/deps.$$ 2>&1
status=$?
[ -n "$made" ] && rm -f $policy
[ $status = 0 ] || { tail -30 /tmp/deps.$$ >&2; echo "deps: apt-get failed" >&2; }
rm -f /tmp/deps.$$
exit $status
