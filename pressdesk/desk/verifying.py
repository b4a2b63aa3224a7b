"""Verifies the register of a desk, and files that left one: by the desk or without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from pressdesk.base.errors import (
    BadInput,
    DeskForeign,
    NotFound,
    ReadFailed,
    WorkerFailed,
    WriteFailed,
)
from pressdesk.base.i18n import _, ngettext
from pressdesk.desk import exporting, signatures, witness
from pressdesk.desk.signatures import PublicKey
from pressdesk.formats import carried
from pressdesk.press.register import checkpoint as checkpoints
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.register.deeds import Record
from pressdesk.press.register.proof import Proof

if TYPE_CHECKING:
    from pressdesk.archive.checking import Fault
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.archive.releases.registered import Testimony
    from pressdesk.desk.exporting import Render
    from pressdesk.press.sheet import Sheet

About = Literal["proof", "desk", "checkpoint", "key", "record", "sheet", "text", "later"]

VOUCHING: frozenset[About] = frozenset({"desk", "checkpoint", "key"})
"""A proof is worth what vouches for its checkpoint: one of these has to."""

_SHOWN = 100
"""Characters that are shown of a text from a file."""

_LARGEST_CHECKPOINT = 16_384

_DESK = b"SQLite format 3\0"
"""What the file of a desk begins with."""


class Said(Struct, frozen=True):
    """One thing that was found out, in a plain sentence."""

    about: About
    words: str
    holds: bool | None = None
    """None for what is neither right nor wrong, or could not be compared."""


class FileVerdict(Struct, frozen=True):
    """What is known of a file: which edition it says it is, and what holds of that."""

    proof: Proof
    said: tuple[Said, ...]

    @property
    def sound(self) -> bool:
        """Nothing that was looked at is wrong, and somebody vouches for the checkpoint."""
        vouched = any(one.holds for one in self.said if one.about in VOUCHING)
        return vouched and all(one.holds is not False for one in self.said)

    @property
    def edition(self) -> str:
        """Reference, language and time of issue, as the record has them."""
        record = self.proof.record
        parts = (record.reference, record.language, at(record))
        return ", ".join(filter(None, map(shown, parts)))


class DeskVerdict(Struct, frozen=True):
    """What is known of the register of a desk."""

    looked_at: dict[str, int]
    """Sealed sheets and entries that were recomputed; no "register" where a desk has none."""
    checkpoints: tuple[Checkpoint, ...]
    """Of both books as they are now; none where one of them cannot be read."""
    faults: tuple[Fault, ...] = ()
    said: Said | None = None
    """Whether it goes on from the checkpoint that was given."""

    @property
    def sound(self) -> bool:
        """Everything holds, and there is something that can."""
        given = self.said is None or self.said.holds is True
        return given and not self.faults and "register" in self.looked_at


# --- the desk


def desk(
    archive: Archive, *, seen: Checkpoint | None = None, going_on: Callable[[], None] = lambda: None
) -> DeskVerdict:
    """Recompute the books and the sealed sheets of a desk, and hold them against the manifests of
    its backups; nothing is changed.

    seen    a checkpoint that was kept elsewhere: the desk has to go on from it
    raises  as ``archive.checking.check``
    cost    0.2 ms an edition and 50 µs an entry
    """
    from pressdesk.archive import checking

    report = checking.check(archive, told=lambda _part: going_on(), only=checking.SEALED)
    found: tuple[Checkpoint, ...] = ()
    faults = list(report.faults)
    said = None
    try:
        if "register" in report.looked_at:
            found = archive.register.checkpoints()
            if past := witness.by_backups(archive):
                faults.append(checking.Fault("register", past.what))
        if seen is not None:
            said = _goes_on(archive, seen)
    except DeskForeign as error:
        faults.append(checking.Fault("register", error.what))
    return DeskVerdict(report.looked_at, found, tuple(faults), said)


def parts() -> int:
    """How many steps ``desk`` takes."""
    from pressdesk.archive import checking

    return len(checking.SEALED)


def _goes_on(archive: Archive, seen: Checkpoint) -> Said:
    if not archive.register.desk:
        return Said("checkpoint", _no_register(), False)
    found = archive.register.testimony(seen)
    return _of(archive, "checkpoint", found)


# --- a file


def proof_of(path: Path) -> tuple[bytes, Proof]:
    """The bytes of a PDF or a web page, and the proof that it carries.

    raises  ReadFailed for a file that cannot be read; BadInput for one without a proof, or with
            one that cannot be read
    """
    data = _read(path, carried.LARGEST)
    found = carried.proof(data)
    if found is None:
        what = _("“{name}” carries no proof.").format(name=path.name)
        hint = _("Only PDF files and web pages of issued releases do, as PressDesk exported them.")
        raise BadInput(what, hint=hint)
    return data, found


def checkpoint_of(path: Path) -> Checkpoint:
    """A checkpoint that was kept: in a file of its own, or the newest that a copy or a backup of
    a desk has.

    raises  ReadFailed, BadInput; DeskUnavailable and its kind for a damaged desk
    """
    if _is_desk(path):
        return _in_desk(path)
    try:
        said = _read(path, _LARGEST_CHECKPOINT).decode()
    except UnicodeDecodeError:
        said = ""
    return checkpoints.parsed(said if said.endswith("\n") else f"{said}\n")


def _is_desk(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_DESK)) == _DESK
    except (OSError, ValueError):
        return False  # told by who reads it


def _in_desk(path: Path) -> Checkpoint:
    from pressdesk.archive.opening import open_at

    archive = open_at(path, read_only=True)
    try:
        found = archive.register.checkpoints()
    finally:
        archive.close()
    if not found:
        raise BadInput(_("“{path}” has no register and no proofs.").format(path=path))
    return found[0]


def by_desk(
    archive: Archive, data: bytes, proof: Proof, *, render: Render, seen: Checkpoint | None = None
) -> FileVerdict:
    """Hold a file against the desk that it says it comes from.

    render  draws the edition again, to compare
    seen    a checkpoint that was kept elsewhere
    raises  as ``Archive.register``, DeskReadOnly for a reader who sees a part only
    cost    20 µs an entry, and one export
    """
    return FileVerdict(proof, tuple(_by_desk(archive, data, proof, render, seen)))


def _by_desk(
    archive: Archive, data: bytes, proof: Proof, render: Render, seen: Checkpoint | None
) -> Iterator[Said]:
    yield _holds(proof)
    if not proof.holds:
        return
    if not archive.register.desk:
        yield Said("desk", _no_register(), False)
        return
    found = archive.register.testimony(proof.checkpoint, proof.record)
    yield _of(archive, "desk", found)
    if seen is not None:
        yield _goes_on(archive, seen)
    if found.own and archive.is_copy and found.place is None:
        yield Said("record", _("This copy does not show the edition."))
    elif found.own:
        yield _record(found, proof.record)
        yield _sheet(found)
        yield _text(archive, data, found, render)
        yield from _since(found)


def without_desk(
    proof: Proof, *, seen: Checkpoint | None = None, key: PublicKey | None = None
) -> FileVerdict:
    """Hold a file against a checkpoint that was kept elsewhere, or one that a key has signed; no
    desk is needed.

    raises  as ``signatures.is_signed``
    """
    said = [_holds(proof)]
    if proof.holds:
        if seen is not None:
            said.append(_kept(proof.checkpoint, seen))
        if key is not None:
            said.append(_signed(proof.checkpoint, seen, key))
        said.append(Said("text", _("Without the desk, the text of the file cannot be compared.")))
    return FileVerdict(proof, tuple(said))


def text_of_file_differs(data: bytes, name: str, sheet: Sheet) -> str | None:
    """Where the text of a file is another than that of an issued edition: the first difference
    in words, "" where there is none, None where it could not be compared.

    name  of the format
    cost  half a second: a child of its own reads the file, and may take little
    """
    from pressdesk.desk.rendering import Renderer

    renderer = Renderer()
    try:
        found = renderer.differs(data, name, sheet)
    except (ReadFailed, WorkerFailed):
        return None
    finally:
        renderer.close()
    return found.said() if found else ""


def at(record: Record) -> str:
    """When it was issued, or went out, in the time of this computer; "" where it does not say."""
    try:
        return f"{datetime.fromisoformat(record.at).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return ""


def shown(said: str) -> str:
    """A text from a file, so that it can be printed: one short line without control characters."""
    return "".join(one if one.isprintable() else "?" for one in said[:_SHOWN])


# --- what is said


def _holds(proof: Proof) -> Said:
    if proof.holds:
        return Said("proof", _("The proof is intact: the record belongs to the checkpoint."), True)
    return Said(
        "proof", _("The proof was altered: the record does not belong to the checkpoint."), False
    )


def _no_register() -> str:
    return _("This read-only copy has no proofs; the desk itself is needed.")


def _of(archive: Archive, about: About, found: Testimony) -> Said:
    """Whether the register goes on from a checkpoint; a copy knows what was before it was made."""
    if not archive.is_copy or not found.own:
        return Said(about, _of_desk(found), found.continues)
    if found.younger:
        return Said(about, _("The checkpoint is later than this copy, which knows nothing of it."))
    if found.continues:
        what = _("The register that this copy was made from is the one of the checkpoint.")
        return Said(about, what, True)
    what = _("The register that this copy was made from contradicts the checkpoint.")
    return Said(about, what, False)


def _of_desk(found: Testimony) -> str:
    now, then = found.now.size, found.then
    if not found.own:
        return _("The checkpoint is from the register of another desk.")
    if found.younger:
        what = _(
            "This desk is older than the checkpoint: its register has {now} entries, the"
            " checkpoint counts {then}. It is an earlier copy, or entries were removed."
        )
    elif not found.continues:
        what = _(
            "The register of this desk is not the one of the checkpoint: it was rewritten, or this"
            " is another copy of the desk that went on separately."
        )
    elif now == then:
        what = _("The register of this desk is as the checkpoint has it: {now} entries.")
    else:
        what = _(
            "The register of this desk goes on from the checkpoint, which is older: {then} entries"
            " then, {now} now."
        )
    return what.format(now=now, then=then)


def _record(found: Testimony, record: Record) -> Said:
    if found.record:
        what = _("The very record is in this desk, as entry {number}.")
    else:
        what = _("This desk does not have this record as entry {number}.")
    return Said("record", what.format(number=record.number), found.record)


def _sheet(found: Testimony) -> Said:
    if found.sheet:
        return Said("sheet", _("The desk has the text that was issued, unchanged."), True)
    if found.place is None:
        return Said("sheet", _("The desk does not have this edition any more."), found.undone)
    return Said("sheet", _("The text in the desk is not the one that was issued."), False)


def _text(archive: Archive, data: bytes, found: Testimony, render: Render) -> Said:
    not_compared = Said("text", _("The text of the file was not compared with the issued text."))
    if found.place is None or not found.sheet:
        return not_compared
    number, language, edition = found.place
    name = "pdf" if carried.is_pdf(data) else "html"
    try:
        filed = archive.releases.find(number, language=language, number=edition)
        issued = archive.releases.issued(filed.edition.id)
        if issued is None:
            return not_compared
        parcel = exporting.packed(archive, filed.release, filed.edition, issued.sheet)
        same = _same(render, name, parcel, data)
        differs = "" if same else text_of_file_differs(data, name, issued.sheet)
    except (NotFound, DeskForeign):
        return not_compared
    if same:
        what = _("The file is what this desk exports of the edition, to the last byte.")
        return Said("text", what, True)
    if differs is None:
        return not_compared
    if differs:
        return Said("text", _("The text is another: {place}").format(place=differs), False)
    return Said("text", _("The text of the file is the issued text."), True)


def _same(render: Render, name: str, parcel: exporting.Parcel, data: bytes) -> bool:
    try:
        return render(name, parcel).data == data
    except WriteFailed:  # this desk makes no file of it; the one on the table is read all the same
        return False


def _since(found: Testimony) -> Iterator[Said]:
    if found.later:
        last = found.later[-1]
        what = ngettext(
            "It was replaced since: a later edition was issued on {time}.",
            "It was replaced since: {n} later editions were issued, the last on {time}.",
            len(found.later),
        )
        yield Said("later", what.format(n=len(found.later), time=at(last)))
    if found.undone:
        yield Said("later", _("The import that recorded it was undone since."))


def _kept(mine: Checkpoint, seen: Checkpoint) -> Said:
    """The checkpoint of a file beside one that was kept elsewhere."""
    if mine.origin != seen.origin:
        return Said(
            "checkpoint", _("The checkpoint that was kept is from another register."), False
        )
    if mine.size != seen.size:
        what = _(
            "The checkpoint that was kept counts {kept} entries, the one in the file {file}. Only"
            " the desk can show that one goes on from the other."
        )
        return Said("checkpoint", what.format(kept=seen.size, file=mine.size))
    if mine.root != seen.root:
        what = _("The checkpoint that was kept contradicts the file: the register was rewritten.")
        return Said("checkpoint", what, False)
    return Said("checkpoint", _("The checkpoint that was kept is the one in the file."), True)


def _signed(mine: Checkpoint, seen: Checkpoint | None, key: PublicKey) -> Said:
    """Whether a key has signed the checkpoint of a file, there or where it was kept."""
    same = [mine, *([seen] if seen is not None and seen.body == mine.body else [])]
    if any(signatures.is_signed(one, key) for one in same):
        return Said("key", _("The checkpoint is signed with this key."), True)
    return Said("key", _("The checkpoint is not signed with this key."), False)


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        what = _("“{path}” could not be read.").format(path=path)
        said = error.strerror if isinstance(error, OSError) else ""
        raise ReadFailed(what, hint=f"{said}." if said else "") from error
    if len(data) > most:
        what = _("The file is larger than {size} MB and was not read.")
        raise BadInput(what.format(size=max(1, most >> 20)))
    return data
