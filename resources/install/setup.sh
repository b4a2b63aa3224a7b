#!/bin/sh
# Sets PressDesk up in .venv: system libraries, interpreter, package. Does nothing the
# second time. Called by the Makefile from the top folder: setup.sh [dev|bench|audit]...
set -eu

say() { printf '%s\n' "pressdesk: $*" >&2; }
stop() { say "$*"; exit 1; }
debian() { command -v apt-get >/dev/null 2>&1; }
root() { [ "$(id -u)" = 0 ]; }

# As root on a Debian-like system installs packages; elsewhere says the one command.
install() {
    debian || stop "please install with your system's package manager: $*"
    root || stop "please run once: sudo apt-get install -y $*"
    say "installing $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -qq -y --no-install-recommends "$@" >/dev/null 2>&1 && return
    # The package lists may be missing or old on a fresh machine.
    apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@" >/dev/null ||
        stop "these packages could not be installed: $*"
}

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_venv() {
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        install "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    say "making .venv with $("$python" -V)"
    rm -rf .venv
    "$python" -m venv .venv || stop "the virtual environment could not be made in .venv"
}

# What an installation was made from: another folder, interpreter, list of packages or lock
# makes it a different one.
fingerprint() { { pwd -P; echo "$version"; cat .venv/pyvenv.cfg pyproject.toml "$@"; } | cksum; }

pip() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check "$@" ||
        stop "the packages could not be installed; is there a connection to a package index?"
}

# The packages of one part (run, dev, bench, audit): what is locked for this Python and system, each
# file checked against its hash; without a lock, what the ranges in pyproject.toml allow.
add() {
    stamp=.venv/installed-$1 lock=$locks/$1.txt
    [ -e "$lock" ] || lock=
    [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint $lock)" ] && return
    say "installing the packages of PressDesk ($1); this takes a minute the first time"
    if [ "$lock" ]; then
        pip --require-hashes -r "$lock"
    else
        say "no versions are locked for $named: taking the newest that pyproject.toml allows"
        if [ "$1" = run ]; then pip .; else pip ".[$1]"; fi
    fi
    fingerprint $lock >"$stamp"
}

# PressDesk itself. A person who runs it gets a copy, which no locale and no name of a folder
# can stop (before Python 3.13 a path file is read in the encoding of the locale); a developer
# gets the folder itself. pip cannot hash a folder, so this is a step of its own.
add_pressdesk() {
    stamp=.venv/installed-pressdesk
    if [ -e .venv/installed-dev ]; then made="-e $(fingerprint)"; else made=$(fingerprint; contents); fi
    [ "$(cat "$stamp" 2>/dev/null)" = "$made" ] && return
    case $made in -e*) how=-e ;; *) how= ;; esac
    if [ -e "$locks/run.txt" ]; then isolation=--no-build-isolation; else isolation=; fi
    pip --no-deps $isolation $how .
    # pip compiles a copy; a folder would be compiled at its first start, or at every one where
    # Python is told to write no bytecode.
    if [ "$how" ]; then .venv/bin/python -m compileall -q pressdesk; fi
    printf '%s\n' "$made" >"$stamp"
}

# What the copy is made of; taken before it is made, so that what is written meanwhile is seen.
contents() {
    find pressdesk resources seeds -name __pycache__ -prune -o -type f -exec cksum {} + |
        LC_ALL=C sort | cksum
}

# The key test types into a real window on a virtual screen; without one it is skipped.
add_screen() {
    command -v Xvfb >/dev/null && command -v xdotool >/dev/null && return
    if root && debian && (install xvfb xdotool); then return; fi
    say "without a virtual screen (xvfb, xdotool) the tests of real keys are skipped"
}

# The tests of desks on a server make a private one from these binaries; whether the package
# starts one of its own is of no matter to them.
add_server() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return
    command -v initdb >/dev/null && return
    if root && debian && (install postgresql); then return; fi
    say "without PostgreSQL the tests of desks on a server are skipped"
}

if .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=.venv/bin/python
else
    python=$(find_python) || stop "PressDesk needs Python 3.11 or newer (Debian 12, Ubuntu 24.04" \
        "and later have it: apt-get install python3); or name one: make run PYTHON=/path/to/python"
    make_venv
fi
needed=$("$python" resources/install/libraries.py)
[ -z "$needed" ] || install $needed
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
named="Python $version on $(uname -s)"
locks=resources/install/locks/$(uname -s | tr A-Z a-z)-$version
add run
for extra in "$@"; do add "$extra"; done
add_pressdesk
case " $* " in *" dev "*) add_server; add_screen ;; esac
