#!/bin/sh
# Pictures for the README: the window in both themes and the first page of a release.
# Called by the Makefile from the top folder, after setup.sh.
set -eu

pressdesk=.venv/bin/pressdesk
desk=build/samples.pressdesk
out=resources/pictures
mkdir -p build "$out"
[ -e "$desk" ] || "$pressdesk" --desk "$desk" init --samples

set -- $("$pressdesk" --desk "$desk" list --kind statement --state issued --language en | tail -n 1)
for theme in light dark; do
    "$pressdesk" --desk "$desk" screenshot "$out/window-$theme.png" \
        --theme "$theme" --size 1440x900 --open "$1"
done
pdf=$("$pressdesk" --desk "$desk" export "$1" --language "$2" --to pdf --out build)
.venv/bin/python resources/install/page_picture.py "$pdf" "$out/page.png"
printf '%s\n' "$out"/*.png
