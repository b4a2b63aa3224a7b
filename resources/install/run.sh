#!/bin/sh
# Opens the window on the sample desk; without a display does the main job without one.
# Called by the Makefile from the top folder, after setup.sh.
set -eu

pressdesk=.venv/bin/pressdesk
desk=build/samples.pressdesk
mkdir -p build
[ -e "$desk" ] || "$pressdesk" --desk "$desk" init --samples

if .venv/bin/python -c 'from pressdesk.cli.display import has_display as h; exit(not h())'; then
    exec "$pressdesk" --desk "$desk"
fi

echo "There is no display here, so PressDesk does its job without a window:"
echo "the sample desk is $desk; one of its releases as PDF and HTML, and a picture of the window:"
set -- $("$pressdesk" --desk "$desk" list --kind statement --state issued --language en | tail -n 1)
"$pressdesk" --desk "$desk" export "$1" --language "$2" --to pdf,html --out build
"$pressdesk" --desk "$desk" screenshot build/window.png --open "$1"
