"""How long the comparison of two long texts keeps the window from answering, at the most."""

from __future__ import annotations

import random
import sys
import time

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.history.compare_dialog import CompareDialog
from pressdesk.gui.kit import theme
from pressdesk.press.differing import Version, VersionDiff, differ
from pressdesk.press.release import Edition, Release
from tests.benchmarks.figures import Row, row

PARAGRAPHS, WORDS = 400, 62


def texts() -> tuple[Document, Document]:
    """25,000 words, of which every paragraph changed and one in forty moved."""
    chance = random.Random(11)
    vocabulary = [
        f"{chance.choice('bdgkmnprst')}o{chance.choice('lmnrst')}a{n}" for n in range(999)
    ]
    old = [" ".join(chance.choices(vocabulary, k=WORDS)) for _ in range(PARAGRAPHS)]
    new = [_changed(text, chance) for text in old]
    for at in range(0, PARAGRAPHS, 40):
        new.insert((at + 20) % PARAGRAPHS, new.pop(at))
    return Document(tuple(map(paragraph, old))), Document(tuple(map(paragraph, new)))


def _changed(text: str, chance: random.Random) -> str:
    words = text.split()
    for at in chance.sample(range(WORDS), 12):
        words[at] = words[at] + "x"
    return " ".join(words)


def difference() -> VersionDiff:
    """Of the two texts."""
    one, other = texts()
    return differ(*(_version(body) for body in (one, other)))


def _version(body: Document) -> Version:
    return Release("news"), Edition("en", title=f"{len(body.blocks)} paragraphs", body=body)


class Blocks:
    """The longest stay in the event loop's handlers, and what of it the processor was at work.

    On a busy machine the first counts the time others had the processor, too.
    """

    def __init__(self) -> None:
        self.all: list[float] = []
        self.busy: list[float] = []
        self.longest = 0.0

    def run(self, done, at_most: float = 20.0) -> None:
        """Let events be handled until ``done`` for a moment."""
        end, quiet = time.monotonic() + at_most, 0
        while time.monotonic() < end and quiet < 40:
            self.did(lambda: QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents))
            quiet = quiet + 1 if done() else 0
            time.sleep(0.0005)

    def did(self, what) -> None:
        """Something done in one handler."""
        timer = QElapsedTimer()
        timer.start()
        began = time.thread_time()
        what()
        self.busy.append((time.thread_time() - began) * 1e3)
        self.all.append(timer.nsecsElapsed() / 1e6)

    def said(self, name: str) -> None:
        """Print and begin anew."""
        self.longest = max(self.longest, *self.busy)
        busy = ", ".join(f"{one:.1f}" for one in sorted(self.busy)[-3:])
        longest = sorted(self.all)[-3:]
        over = sum(one > 10 for one in self.all)
        total = sum(one for one in self.all if one > 0.3)
        told = ", ".join(f"{one:.1f}" for one in longest)
        print(
            f"{name:24} longest {told} ms (busy {busy}); over 10 ms: {over}; work {total:.0f} ms",
            file=sys.stderr,
        )
        self.all, self.busy = [], []


def filled(dialog: CompareDialog) -> bool:
    """True when nothing is left to be laid out."""
    return not dialog.pane.view.going_on()


def rows() -> list[Row]:
    """The longest work in one go; the goal is that of the whole window."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, False)
    longest = measured()
    name = "comparison, 25,000 words: longest work in one go"
    return [row(name, longest, "one tick of 10 ms", 10.0, at_most=10.0)]


def measured() -> float:
    """Opens, turns, widens, walks through and closes a comparison; prints each step."""
    found = difference()
    blocks = Blocks()
    warm = CompareDialog(differ_small(), "a", "b")
    warm.show()
    blocks.run(lambda: filled(warm))
    warm.pane.go(1)  # PySide makes a class ready when it is first met, the window's long before
    warm.accept()
    blocks.all, blocks.busy = [], []
    made: list[CompareDialog] = []
    blocks.did(lambda: made.append(CompareDialog(found, "Revision 1", "Revision 2")))
    dialog = made[0]
    blocks.did(dialog.show)
    blocks.run(lambda: filled(dialog))
    blocks.said("opened, in one text")
    blocks.did(lambda: dialog.pane.beside.setChecked(True))
    blocks.run(lambda: filled(dialog))
    blocks.said("side by side")
    blocks.did(lambda: dialog.resize(dialog.width() + 60, dialog.height()))
    blocks.run(lambda: filled(dialog))
    blocks.said("made wider")
    blocks.did(lambda: dialog.pane.in_one.setChecked(True))
    blocks.run(lambda: filled(dialog))
    blocks.said("back in one text")
    for _ in range(40):
        blocks.did(lambda: dialog.pane.go(-1))
        blocks.run(lambda: True, 1)
    blocks.said("40 changes backwards")
    blocks.did(dialog.accept)
    dialog.deleteLater()
    blocks.did(lambda: QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete))
    blocks.said("closed")
    return blocks.longest


def differ_small() -> VersionDiff:
    """Two short texts, so that fonts are loaded before anything is measured."""
    old, new = (Document((paragraph(f"Some {word} here."),)) for word in ("words", "Worte"))
    return differ(_version(old), _version(new))


if __name__ == "__main__":
    made = QApplication(sys.argv[:1])
    print(rows())
