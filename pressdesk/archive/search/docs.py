"""What is indexed of one edition: stems in four columns, and the values that are counted."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct

from pressdesk.archive.store.values import LARGEST
from pressdesk.document.analyser import folded, stem, stems
from pressdesk.document.tools import plain
from pressdesk.press.release import Edition, Release

Texts = tuple[str, str, str, str]
"""Title, subtitle, body and meta of a document, as stems with spaces between them."""

LAYOUT = 3
"""Raised when the columns below are filled otherwise; the index is then built anew."""

EVERYTHING, GAP = "xa", "xx"
"""Tokens of the meta column: in each document; between two values of one kind."""

MARKS = {
    "topic": "xt",
    "place": "xp",
    "speaker": "xs",
    "kind": "xk",
    "state": "xi",
    "language": "xl",
    "embargo": "xe",  # and the id of an edition that was issued under one
    "contact": "xc",  # and its id: its name may change without the text being indexed anew
}
"""What a token of the meta column begins with. Of the first three each stem of a value is one."""

SPEAKERS = ("speaker", "interviewee")
"""Fields of kinds that name who speaks."""

_ODD = re.compile(r"[^0-9a-z]+")
_SHIFT = 24
_texts = msgspec.json.Decoder(tuple[str, str, str, str])
_encode = msgspec.json.Encoder().encode


class Doc(Struct, frozen=True):
    """One edition as the index knows it. The four texts are stems with spaces between them."""

    key: int
    edition_id: int
    release_id: int
    kind: str
    state: str
    language: str
    month: int
    topics: tuple[str, ...]
    places: tuple[str, ...]
    speakers: tuple[str, ...]
    title: str
    subtitle: str
    body: str
    meta: str
    words: str
    """The words themselves, folded, for exact phrases: title, subtitle and body, a line each."""

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The columns of the index, in their order."""
        return self.title, self.subtitle, self.body, self.meta

    def columns(self) -> dict[str, object]:
        """The row of ``search_doc``."""
        row = {name: getattr(self, name) for name in self.__struct_fields__[:7]}
        lists = {name: packed(getattr(self, name)) for name in ("topics", "places", "speakers")}
        return row | lists

    def values(self) -> list[tuple[str, str]]:
        """Facet and value of everything that is counted value by value."""
        named = (("topic", self.topics), ("place", self.places), ("speaker", self.speakers))
        return [(facet, value) for facet, several in named for value in several]


def key_of(day: date, edition_id: int) -> int:
    """The place of an edition in the order of dates; unique while ids stay below 16,777,216."""
    if edition_id >> _SHIFT:
        raise ValueError("an edition's id is too large for the index")
    return day.toordinal() << _SHIFT | edition_id


def first_key(day: date) -> int:
    """The lowest key of a day."""
    return day.toordinal() << _SHIFT


def last_key(day: date) -> int:
    """The highest key of a day."""
    return first_key(day) + (1 << _SHIFT) - 1


def day_of_key(key: int) -> date:
    """The day in a key."""
    return date.fromordinal(key >> _SHIFT)


def document(
    release: Release,
    edition: Edition,
    day: date,
    *,
    embargoed: bool = False,
    stemmed: Doc | None = None,
) -> Doc:
    """The document of an edition. Pure: may run in another process.

    day        what it is sorted by
    embargoed  it was issued with an embargo, whether or not that is over
    stemmed    its document of before, where the text is known to be the same
    cost       half a millisecond for 500 words
    """
    if stemmed is None:
        rest = (release.reference, edition.summary, edition.notes)
        body = "\n".join(text for text in (plain(edition.body), *rest) if text)
        said = [folded(text) for text in (edition.title, edition.subtitle, body)]
        title, subtitle, body = (" ".join(map(stem, line)) for line in said)
        words = "\n".join(f" {' '.join(line)} " for line in said)
    else:
        title, subtitle, body = stemmed.title, stemmed.subtitle, stemmed.body
        words = stemmed.words
    spoken = [edition.field(key) for key in SPEAKERS] + list(release.people)
    doc = Doc(
        key=key_of(day, edition.id),
        edition_id=edition.id,
        release_id=release.id,
        kind=release.kind,
        state=edition.state.value,
        language=edition.language,
        month=day.year * 12 + day.month - 1,
        topics=_once(release.topics),
        places=_once((*release.places, edition.place)),
        speakers=_once(spoken),
        title=title,
        subtitle=subtitle,
        body=body,
        meta="",
        words=words,
    )
    return msgspec.structs.replace(doc, meta=_meta(doc, edition.contacts, embargoed))


def _once(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _meta(doc: Doc, contacts: Sequence[int], embargoed: bool) -> str:
    tokens = [EVERYTHING, token("kind", doc.kind), token("state", doc.state)]
    tokens += [token("language", doc.language)]
    tokens += [token("embargo", doc.edition_id)] if embargoed else []
    tokens += _marked("topic", doc.topics) + _marked("place", doc.places)
    tokens += _marked("speaker", doc.speakers) + [token("contact", one) for one in contacts]
    return " ".join(tokens)


def _marked(dimension: str, values: Sequence[str]) -> list[str]:
    out: list[str] = []
    for value in values:
        out += [GAP, *value_tokens(dimension, value)]
    return out


def value_tokens(dimension: str, value: str) -> list[str]:
    """The tokens of a topic, place or speaker, in order."""
    return [MARKS[dimension] + stem for stem in stems(value)]


def token(dimension: str, value: object) -> str:
    """The one token of a kind, a state or a language tag, of an edition or a contact by its id."""
    return MARKS[dimension] + _ODD.sub("", str(value).casefold())


def packed(values: Sequence[str]) -> str:
    """A list of texts as JSON."""
    return _encode(tuple(values)).decode()


def squeezed(texts: tuple[str, str, str, str]) -> bytes:
    """The columns, compressed, so that the document can be removed again later."""
    return zlib.compress(_encode(texts), 1)


def squeezed_words(words: str) -> bytes:
    """The words of a document, compressed."""
    return zlib.compress(words.encode(), 1)


def unsqueezed_words(data: bytes) -> str:
    """The words as they were."""
    return _plain(data).decode()


def unsqueezed(data: bytes) -> tuple[str, str, str, str]:
    """The columns, decompressed."""
    return _texts.decode(_plain(data))


def _plain(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(data, LARGEST)
    if not unpacker.eof:
        raise zlib.error("cut off, or larger than any text")
    return plain
