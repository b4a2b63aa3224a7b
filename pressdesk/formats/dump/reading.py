"""Reads a text dump: bytes in; drafts and skipped lines out."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _
from pressdesk.formats.dump.chrome import is_separator
from pressdesk.formats.dump.decoding import decode
from pressdesk.formats.dump.drafting import draft_of
from pressdesk.formats.dump.groups import groups
from pressdesk.formats.dump.splitting import Item, split
from pressdesk.formats.dump.tidying import tidy
from pressdesk.formats.registry import Context, Draft, ReadDrafts, Removed

MOST_ITEMS = 2_000
"""More than a person can review in one dialog."""


def read(data: bytes, context: Context) -> ReadDrafts:
    """Read a file that holds one or more past items with blank lines between them.

    data      the whole file, in any encoding ``decoding`` knows
    context   ``today`` bounds dates; ``encoding``, when a person chose it, is not questioned
    returns   every paragraph of the file is in one draft or in ``removed``, in order
    raises    ReadFailed for a file that is no text or too much of it
    cost      about 1 s for 1 MB
    """
    decoded = decode(data, encoding=context.encoding)
    text, remarks = tidy(decoded.text)
    parts = split(groups(text))
    if len(parts.items) > MOST_ITEMS:
        what = _("The file contains more than {n} items.").format(n=MOST_ITEMS)
        raise ReadFailed(what, hint=_("Split it into smaller files and import those."))
    if not parts.items:
        remarks = (*remarks, _("There is no text in this file."))
    return ReadDrafts(
        drafts=tuple(_draft(item, context.today) for item in parts.items),
        removed=tuple(Removed(text, _why(text)) for text in parts.removed),
        encoding=decoded.encoding,
        remarks=(*decoded.remarks, *remarks),
    )


def _why(paragraph: str) -> str:
    return "separator" if is_separator(paragraph) else "navigation"


def _draft(item: Item, today: date | None) -> Draft:
    draft = draft_of(item.paragraphs, today=today)
    if item.moved:
        return replace(draft, questions=(*draft.questions, "boundary"))
    return draft
