"""What settling two texts promises, on a desk in a file and on one on a server alike.

Each promise takes two doors to one desk: mine, and that of somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive
from pressdesk.base.errors import EditConflict, NotFound
from pressdesk.desk import issuing, settling
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Embargo, Release
from pressdesk.press.states import State

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BODY = Document((paragraph("The gauge is open."),))
EMBARGO = Embargo(datetime(2026, 12, 1, tzinfo=UTC), "Europe/Vienna")
LONG = Document(
    tuple(
        paragraph(f"Пункт {n}. " + "Уровень воды в верхнем озере упал за неделю. " * 30)
        for n in range(60)
    )
)
"""14,000 words in Russian."""
RTL = Document((paragraph("أعلنت اللجنة أن منسوب المياه في البحيرة العليا انخفض."),))


def begun(mine: Archive) -> Filed:
    first = Edition("en", title="First", body=BODY)
    return mine.releases.add(Release("news"), first)


def titled(filed: Filed, title: str, body: Document = BODY) -> Edition:
    return replace(filed.edition, title=title, body=body)


def texts(archive: Archive) -> set[tuple[str, Document]]:
    """Headline and text of everything a person can still find: drafts, revisions, the trash."""
    found = set()
    rows = archive.releases.page(Query(), now=NOW)
    ids = [row.id for row in rows] + [row.release_id for row in archive.trash.all()]
    for number in ids:
        there = archive.releases.look(number, "en")
        found.add((there.current()[1].title, there.current()[1].body))
        for one in archive.releases.revisions(there.edition.id):
            text = archive.releases.revision(one.id)[1]
            found.add((text.title, text.body))
        for number_ in range(1, there.edition.number):
            try:
                older = archive.releases.find(number, language="en", number=number_)
            except NotFound:
                continue
            for one in archive.releases.revisions(older.edition.id):
                text = archive.releases.revision(one.id)[1]
                found.add((text.title, text.body))
    return found


def saved(theirs: Archive, filed: Filed, text: Edition) -> None:
    theirs.releases.save(filed.release, text)


def kept(theirs: Archive, filed: Filed, text: Edition) -> None:
    theirs.releases.keep(filed.release, text)


def issued(theirs: Archive, filed: Filed, text: Edition) -> None:
    issuing.issue(theirs, filed.release, text, now=NOW)


def corrected(theirs: Archive, filed: Filed, text: Edition) -> None:
    """Issued, and its next edition begun."""
    issuing.issue(theirs, filed.release, text, now=NOW)
    theirs.releases.next_edition(filed.release.id, "en")


def trashed(theirs: Archive, filed: Filed, text: Edition) -> None:
    theirs.releases.save(filed.release, text)
    theirs.trash.put(filed.release.id)


DEEDS: list[Callable[[Archive, Filed, Edition], None]] = [
    saved,
    kept,
    issued,
    corrected,
    trashed,
]


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(BODY, id="short"),
        pytest.param(LONG, id="long Russian", marks=pytest.mark.slow),
        pytest.param(RTL, id="Arabic"),
    ],
)
def test_neither_text_is_ever_lost(
    two: tuple[Archive, Archive],
    deed: Callable[[Archive, Filed, Edition], None],
    choice: str,
    body: Document,
) -> None:
    mine, theirs = two
    filed = begun(mine)
    other_text = titled(filed, "Theirs", Document((*body.blocks, paragraph("And theirs."))))
    deed(theirs, filed, other_text)
    text = titled(filed, "Mine", Document((*body.blocks, paragraph("And mine."))))
    other = settling.other(mine, filed.release, text)
    assert not other.same
    if choice == "mine":
        settling.put_mine(mine, filed.release, text, base=filed.release, seen=other.filed)
    elif choice == "theirs":
        settling.take_theirs(mine, filed.release, text)
    else:
        settling.own_release(mine, filed.release, text)
    found = texts(mine)
    assert {("Mine", text.body), ("Theirs", other_text.body)} <= found
    if choice == "mine":
        now = mine.releases.find(filed.release.id, language="en")
        assert (now.edition.title, now.edition.state) == ("Mine", State.DRAFT)
        assert now.kept is None
    if choice == "theirs" and deed in (saved, kept):
        assert mine.releases.look(filed.release.id, "en") == other.filed  # nothing moved
    if deed in (issued, corrected):
        out = mine.releases.find(filed.release.id, language="en", number=1).edition
        assert (out.title, out.state) == ("Theirs", State.ISSUED)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_third_text_that_comes_while_i_decide_is_shown_before_it_gives_way(
    two: tuple[Archive, Archive], deed: Callable[[Archive, Filed, Edition], None]
) -> None:
    mine, theirs = two
    filed = begun(mine)
    saved(theirs, filed, titled(filed, "Theirs"))
    text = titled(filed, "Mine")
    seen = settling.other(mine, filed.release, text).filed
    third = theirs.releases.find(filed.release.id)
    deed(theirs, third, titled(third, "Third"))
    with pytest.raises(EditConflict, match=r"changed again|changed elsewhere"):
        settling.put_mine(mine, filed.release, text, base=filed.release, seen=seen)
    assert ("Mine", BODY) not in texts(mine)  # nothing was written: it is on my paper
    again = settling.other(mine, filed.release, text)
    settling.put_mine(mine, filed.release, text, base=filed.release, seen=again.filed)
    assert {title for title, _ in texts(mine)} >= {"First", "Theirs", "Third", "Mine"}


def test_a_text_that_was_only_looked_at_is_not_overwritten_by_a_later_save(
    two: tuple[Archive, Archive],
) -> None:
    mine, theirs = two
    filed = begun(mine)
    kept(theirs, filed, titled(filed, "Theirs"))
    text = titled(filed, "Mine")
    settling.other(mine, filed.release, text)
    for write in (mine.releases.save, mine.releases.keep):
        with pytest.raises(EditConflict):
            write(filed.release, text)
    assert ("Theirs", BODY) in texts(mine)


def test_what_stands_there_is_said_with_its_author_and_time(two: tuple[Archive, Archive]) -> None:
    mine, theirs = two
    filed = begun(mine)
    theirs.sign("Maria Hofer")
    saved(theirs, filed, titled(filed, "Theirs"))
    other = settling.other(mine, filed.release, titled(filed, "Mine"))
    assert (other.how, other.author) == ("saved", "Maria Hofer")
    assert other.at is not None
    (field,) = other.difference.fields
    assert (field.key, field.old, field.new) == ("title", "Theirs", "Mine")


def test_the_same_text_twice_leaves_nothing_to_decide(two: tuple[Archive, Archive]) -> None:
    mine, theirs = two
    filed = begun(mine)
    saved(theirs, filed, titled(filed, "Same"))
    text = titled(filed, "Same")
    assert settling.other(mine, filed.release, text).same
    before = mine.releases.revisions(filed.edition.id)
    assert settling.take_theirs(mine, filed.release, text)[0] is None
    assert mine.releases.revisions(filed.edition.id) == before


def test_mine_lifts_no_embargo_i_never_saw(two: tuple[Archive, Archive]) -> None:
    mine, theirs = two
    filed = begun(mine)
    theirs.releases.save(replace(filed.release, embargo=EMBARGO), filed.edition)
    text = titled(filed, "Mine")
    seen = settling.other(mine, filed.release, text).filed
    now, _changes = settling.put_mine(mine, filed.release, text, base=filed.release, seen=seen)
    assert (now.release.embargo, now.edition.title) == (EMBARGO, "Mine")


def test_a_release_of_its_own_keeps_what_i_chose(two: tuple[Archive, Archive]) -> None:
    mine, theirs = two
    filed = begun(mine)
    saved(theirs, filed, titled(filed, "Theirs"))
    given = replace(filed.release, embargo=EMBARGO, topics=("water",))
    text = replace(titled(filed, "Mine"), contacts=(77,), place="Vienna")
    own, _changes = settling.own_release(mine, given, text)
    assert (own.release.embargo, own.release.topics) == (EMBARGO, ("water",))
    assert (own.edition.place, own.edition.contacts) == ("Vienna", ())


def test_deleted_for_good_is_no_reason_to_lose_mine(two: tuple[Archive, Archive]) -> None:
    mine, theirs = two
    filed = begun(mine)
    trashed(theirs, filed, titled(filed, "Theirs"))
    theirs.trash.purge(datetime(2100, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound):
        settling.other(mine, filed.release, titled(filed, "Mine"))
    own, _changes = settling.take_theirs(mine, filed.release, titled(filed, "Mine"))
    assert own is not None and ("Mine", BODY) in texts(mine)
