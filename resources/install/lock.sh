#!/bin/sh
# Renews what setup.sh installs: the newest versions that pyproject.toml allows, each with the
# hashes of its files, for every Python we test. Called by the Makefile from the top folder.
set -eu

pythons=${PYTHONS:-3.11 3.12 3.13}
work=build/lock
mkdir -p "$work"
[ -x "$work/bin/uv" ] || {
    .venv/bin/python -m venv "$work"
    "$work/bin/python" -m pip install -qq --disable-pip-version-check 'uv>=0.13,<1'
}

.venv/bin/python -c '
import tomllib
with open("pyproject.toml", "rb") as stream:
    print(*tomllib.load(stream)["build-system"]["requires"], sep="\n")' >"$work/build.in"

# resolve PYTHON OUT OPTION...: writes OUT from pyproject.toml and what builds it.
resolve() {
    version=$1 out=$2
    shift 2
    "$work/bin/uv" pip compile -q --generate-hashes --no-annotate --upgrade --no-config \
        --custom-compile-command "make lock" --python-version "$version" --python-platform x86_64-manylinux_2_34 \
        "$@" pyproject.toml "$work/build.in" -o "$out"
}

for version in $pythons; do
    folder=resources/install/locks/linux-$version
    mkdir -p "$folder"
    # All at once first, so that the parts agree where they name the same package.
    resolve "$version" "$work/all.txt" --all-extras
    resolve "$version" "$folder/run.txt" -c "$work/all.txt"
    for extra in dev bench audit; do
        resolve "$version" "$folder/$extra.txt" -c "$work/all.txt" --extra "$extra"
    done
    echo "$folder: $(grep -c '==' "$folder/bench.txt") packages with bench," \
        "$(grep -c '==' "$folder/dev.txt") with dev, $(grep -c '==' "$folder/run.txt") to run"
done
