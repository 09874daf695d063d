#!/usr/bin/env bash
# Installs what bench/count.py measures ddg-count beside: bench/peers.sh DIRECTORY
#
# DuckDB and Polars come from PyPI, xan from crates.io (a compiler for Rust builds it, for some
# minutes), Miller, datamash, mawk and SQLite from Debian (as root, or with sudo).
set -euo pipefail
directory=${1:?'usage: bench/peers.sh DIRECTORY'}
mkdir -p "$directory"
directory=$(cd "$directory" && pwd)

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    miller datamash mawk sqlite3 python3-venv util-linux

[ -x "$directory/bin/python" ] || python3 -m venv "$directory"
"$directory/bin/pip" install --quiet duckdb polars
cargo install --quiet --locked --root "$directory" xan
