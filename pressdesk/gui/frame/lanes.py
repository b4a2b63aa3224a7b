"""The lanes of a window: all threads in which it works, what runs in each, and how each ends."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pressdesk.gui.frame.tasks import Tasks

OUTSIDE = ("import", "check", "server", "present", "mirror")
"""What waits for another process or a server, each at its own door: a dump that a child reads; a
backup that a child looks through, for hours if need be; a server whose desk is opened or that is
looked for, and the keyring with its password; who else writes; the mirror."""

BACKGROUND = ("counts", "vouching", "index", "backup", "copies", "twins", "filing")
"""What takes long, or is no question to the open desk: facets and counts; whether rows say what was
issued; the index made anew; backups, checks and reading copies; settings of copies and what lies
about; items of an import that a desk has already, and the rows of those that are filed."""


class Lanes:
    """The five lanes. Every job names the one it runs in; no thread is made anywhere else.

    read        questions to the open desk, one after the other: short, as the person waits
    write       changes of the open desk, in the order they were asked for; also opening and
                closing a desk file, which come behind its last change. In a turn of its own,
                ``aside``, the file beside a desk that does not take its text: it never waits
                for that desk
    render      what the render child draws, and the files that are written of it
    outside     what only waits
    background  what takes long

    A turn is a queue with a thread of its own, begun with its first job. Within one the order
    stays; no turn waits for another. So a server that does not answer holds up nobody who asks
    no server, a backup does not hold up the index, and counts do not hold up the next reading.

    SQLite lets one connection write, and commits only while no other one reads: a job outside
    ``write`` fetches all its rows at once and keeps no transaction open between two steps.

    At the end ``finish_writing`` runs the writes to their very last, while whoever typed can
    still put a text aside; ``Session.finish_writing`` sees to it that no silent server is waited
    for. Then ``close`` gives up the others: what waits is dropped, what runs
    is waited for. Who runs a long job ends it before: ``Renderer.close``, ``Care.end``,
    ``Mirroring.end``, ``Indexing.end``, ``Importing.end``.
    """

    def __init__(self, parent: QObject) -> None:
        self.read = Tasks(parent, name="read")
        self.write = Tasks(parent, name="write", turns=("", "aside"))
        self.render = Tasks(parent, name="render")
        self.outside = Tasks(parent, name="outside", turns=OUTSIDE)
        self.background = Tasks(parent, name="background", turns=BACKGROUND)

    def idle(self) -> bool:
        """True when no answer is awaited but of what goes on by itself."""
        quick = all(lane.idle() for lane in (self.read, self.write, self.render))
        asked = self.outside.idle("import", "server") and self.background.idle(
            "counts", "twins", "filing"
        )
        return quick and asked

    def finish_writing(self) -> None:
        """Run every write that was asked for; then none runs any more."""
        self.write.close(finish=True)

    def give_up(self) -> None:
        """Begin nothing but writes any more; waits for nothing."""
        for lane in self._others():
            lane.close(wait=False)

    def close(self) -> None:
        """The end: nothing but writes is begun any more, and none when this returns."""
        self.give_up()
        self.finish_writing()
        for lane in self._others():
            lane.close()

    def _others(self) -> tuple[Tasks, ...]:
        return self.render, self.read, self.background, self.outside
