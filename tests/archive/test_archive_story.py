"""Any order of saving, keeping, issuing and trashing gives what a plain dict would hold."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

from archive_samples import NOW, compose
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import create
from pressdesk.archive.rows.list_rows import relist
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State

TITLES = st.sampled_from(["one", "two", "three", "four"])
DERIVED = (
    "SELECT * FROM listed ORDER BY 1, 2",
    "SELECT id, sort_date, drafts, issued, issued_embargo FROM release ORDER BY id",
)


class Story(RuleBasedStateMachine):
    """A person at a desk, and a dict of the titles they should see."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="pressdesk-"))
        self.desk = create(self.folder / "story.pressdesk")
        self.saved: dict[int, str] = {}
        self.kept: dict[int, str] = {}
        self.issued: dict[int, list[str]] = {}
        self.trashed: set[int] = set()

    def teardown(self) -> None:
        self.desk.close()
        shutil.rmtree(self.folder)

    @rule(target=ids, title=TITLES)
    def add(self, title: str) -> int:
        number = self.desk.releases.add(Release("news"), Edition("en", title=title)).release.id
        self.saved[number] = title
        return number

    @rule(number=ids, title=TITLES)
    def save(self, number: int, title: str) -> None:
        if filed := self._draft(number):
            self.desk.releases.save(filed.release, replace(filed.edition, title=title))
            self.saved[number] = title
            self.kept.pop(number, None)

    @rule(number=ids, title=TITLES)
    def keep(self, number: int, title: str) -> None:
        if filed := self._draft(number):
            self.desk.releases.keep(filed.release, replace(filed.edition, title=title))
            self.kept[number] = title

    @rule(number=ids)
    def discard(self, number: int) -> None:
        if filed := self._draft(number):
            assert self.desk.releases.discard(filed.edition.id).edition == filed.edition
            self.kept.pop(number, None)

    @rule(number=ids)
    def issue(self, number: int) -> None:
        if filed := self._draft(number):
            self.desk.releases.issue(*filed.current(), compose, at=NOW)
            self.saved[number] = self.kept.pop(number, self.saved[number])
            self.issued.setdefault(number, []).append(self.saved[number])

    @rule(number=ids)
    def next_edition(self, number: int) -> None:
        if number not in self.trashed and not self._draft(number):
            self.desk.releases.next_edition(number, "en")

    @rule(number=ids)
    def trash(self, number: int) -> None:
        if number not in self.trashed and number not in self.issued:
            self.desk.trash.put(number)
            self.trashed.add(number)

    @rule(number=ids)
    def restore(self, number: int) -> None:
        if number in self.trashed:
            self.desk.trash.restore(number)
            self.trashed.remove(number)

    def _draft(self, number: int):
        if number in self.trashed:
            return None
        filed = self.desk.releases.find(number)
        return filed if filed.edition.state is State.DRAFT else None

    @invariant()
    def lists_show_what_was_written(self) -> None:
        rows = self.desk.releases.page(Query(), now=NOW, limit=1000)
        shown = {row.id: row.first.title for row in rows}
        here = self.saved.keys() - self.trashed
        assert shown == {n: self.kept.get(n, self.saved[n]) for n in here}
        assert {row.release_id for row in self.desk.trash.all()} == self.trashed

    @invariant()
    def what_was_issued_stands(self) -> None:
        references = set()
        for number, titles in self.issued.items():
            lines = self.desk.releases.editions(number, "en")
            out = [self.desk.releases.issued(line.edition_id) for line in reversed(lines)]
            assert [one.sheet.title for one in out if one] == titles
            references |= {one.sheet.reference for one in out if one}
        assert references == {f"PR 2026/{n:03}" for n in range(1, len(self.issued) + 1)}

    @invariant()
    def derived_rows_are_what_deriving_gives(self) -> None:
        bare = sqlite3.connect(self.desk.path)
        before = [bare.execute(query).fetchall() for query in DERIVED]
        with self.desk.releases._store.write() as connection:
            for number in self.saved:
                relist(connection, number)
        assert [bare.execute(query).fetchall() for query in DERIVED] == before
        bare.close()


TestStory = Story.TestCase
TestStory.settings = settings(max_examples=8, stateful_step_count=25, deadline=None)
