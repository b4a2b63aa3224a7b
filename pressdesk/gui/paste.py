"""Clipboard: copies as tree, HTML and text; pastes as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _
from pressdesk.document import codec
from pressdesk.document.links import safe_link
from pressdesk.document.nodes import Document, Figure, Inlines, LineBreak, Text
from pressdesk.document.tools import map_inlines, normalise, plain

OWN = "application/x-pressdesk+json"
"""The MIME type of a tree on the clipboard."""

LARGEST = 20_000_000
"""Bytes of a tree or text that are taken from the clipboard."""

NOTHING = Document()

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a paste brings: a tree, sentences about what stayed behind, names of dropped files."""

    tree: Document = NOTHING
    remarks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    page: bool = False
    """The words were taken from the page that came with them, which left some out."""

    @property
    def remark(self) -> str:
        """All remarks as one: the bar keeps only the latest of what passes."""
        return " ".join(self.remarks)


def to_mime(tree: Document) -> QMimeData:
    """A tree for the clipboard: our own form, HTML and plain text."""
    from pressdesk.formats.pasted import to_html

    mime = QMimeData()
    mime.setData(OWN, QByteArray(codec.dumps(tree)))
    mime.setHtml(to_html(tree))
    mime.setText(plain(tree))
    return mime


def from_mime(mime: QMimeData, *, only_text: bool = False) -> Taken:
    """What the clipboard holds, as a tree. Opens nothing the clipboard points to.

    Our own form is preferred, then HTML cleaned to the tree's nodes, then plain text. Files
    come back as names only.
    """
    from pressdesk.formats.pasted import from_html

    if mime.hasUrls() and not mime.hasHtml() and not mime.hasFormat(OWN):
        local = tuple(url.toLocalFile() for url in mime.urls() if url.isLocalFile())
        if local:
            return Taken(files=local)
    if only_text:
        return words_of(mime)
    if mime.hasFormat(OWN):
        tree = _own(bytes(mime.data(OWN).data()))
        if tree is not None:
            return Taken(tree)
    remarks: tuple[str, ...] = ()
    if mime.hasHtml():
        pasted = from_html(mime.html())
        if pasted.tree.blocks or pasted.left_out:
            return Taken(pasted.tree, pasted.remarks)
        remarks = pasted.remarks
    return _text(mime, remarks)


def words_of(mime: QMimeData) -> Taken:
    """The words of the clipboard, without marks and structure.

    Plain text holds even what its page shows as deleted or hidden: where a page left something
    out, the words are taken from the page.
    """
    from pressdesk.formats.pasted import from_html, from_text

    remarks: tuple[str, ...] = ()
    if mime.hasHtml() and not mime.hasFormat(OWN):
        pasted = from_html(mime.html())
        if pasted.left_out:
            return Taken(from_text(plain(pasted.tree)), (pasted.left_out.said(),), page=True)
        remarks = () if pasted.tree.blocks else pasted.remarks
    return _text(mime, remarks)


def _text(mime: QMimeData, remarks: tuple[str, ...]) -> Taken:
    from pressdesk.formats.pasted import from_text

    if not mime.hasText() and mime.hasImage():
        return Taken(remarks=(_("Pictures are not pasted; add them as files."),))
    text = mime.text()
    if len(text) > LARGEST:
        return Taken(remarks=(_("The clipboard content is too large to paste."),))
    return Taken(from_text(text), remarks)


def _own(data: bytes) -> Document | None:
    """The tree another PressDesk put on the clipboard; None when it cannot be trusted."""
    if len(data) > LARGEST:
        return None
    try:
        tree = codec.loads(data)
    except (ReadFailed, RecursionError):
        return None
    kept = tuple(
        block
        for block in map_inlines(tree, _safe).blocks
        if not isinstance(block, Figure) or _HASH.fullmatch(block.attachment)
    )
    return normalise(Document(kept))


def _safe(content: Inlines) -> Inlines:
    return tuple(
        part
        if isinstance(part, LineBreak)
        else Text(part.text, part.marks, safe_link(part.link or ""), part.language)
        for part in content
    )
