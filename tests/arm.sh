#!/usr/bin/env bash
# The unit test of scanners on an emulated 64-bit ARM, where NEON is what is dispatched; prints TAP.
#
# The libraries come from the machine's own Debian mirror, into the build directory alone.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
directory=$DDG_BUILD/arm
libraries=(libcsv-dev zlib1g-dev libzstd-dev)

fetch() (
    mkdir -p "$directory"/{lists,cache,root} && cd "$directory" || exit 1
    options=(-qq -o "Dir::State::Lists=$directory/lists" -o Dir::State::status=/dev/null
        -o "Dir::Cache=$directory/cache" -o APT::Architecture=arm64 -o APT::Architectures=arm64
        -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update && apt-get "${options[@]}" download "${libraries[@]}" || exit 1
    for package in ./*.deb; do
        dpkg -x "$package" root || exit 1
    done
)

build() {
    # those of the compiler first: the libraries' directory is behind them
    aarch64-linux-gnu-gcc -std=c17 -O2 -static -pthread -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
        -Ilib -idirafter "$directory/root/usr/include" lib/base/*.c lib/csv/*.c tests/unit/test_scan.c \
        -o "$directory/test_scan" -L"$directory/root/usr/lib/aarch64-linux-gnu" -lcsv -lz -lzstd -lm
}

echo 1..1
if { [ -d "$directory/root/usr/include" ] || fetch; } && build && qemu-aarch64 "$directory/test_scan"; then
    echo "ok 1 arm: the scanners agree with each other and with libcsv"
else
    echo "not ok 1 arm: the scanners agree with each other and with libcsv"
    exit 1
fi
