"""Another program on the same desk: saves what it is told to, line by line.

Run as ``python other_person.py URL``; each line "ID TITLE" is saved as the title of that
release, and "saved" is answered once it is committed.
"""

from __future__ import annotations

import sys

from msgspec.structs import replace

from pressdesk.archive.server.postgres import open_office


def main(url: str) -> None:
    """Until there are no more lines."""
    desk = open_office(url)
    desk.sign("Anna")
    print("ready", flush=True)
    for line in sys.stdin:
        number, _blank, title = line.rstrip("\n").partition(" ")
        filed = desk.releases.find(int(number))
        desk.releases.save(filed.release, replace(filed.edition, title=title))
        print("saved", flush=True)
    desk.close()


if __name__ == "__main__":
    main(sys.argv[1])
