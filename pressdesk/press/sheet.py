"""The sheet: what a reader of a release sees, in order and independent of format.

Every writer prints the same sheet, which is why formats cannot disagree. All labels and
dates in it are words in the release's language already; writers never translate.
Issuing stores the sheet with the edition; it is never composed again.
"""

from __future__ import annotations

from msgspec import Struct

from pressdesk.document.nodes import Document
from pressdesk.document.tools import attachments
from pressdesk.press.house import Look
from pressdesk.press.states import State

FORMAT = 2
"""Of sheets as they are stored; 1 had telephones and e-mail addresses apart."""


class SheetWay(Struct, frozen=True, omit_defaults=True):
    """A number, an address or a page to print."""

    kind: str
    """Of the channel; nothing that is printed depends on it."""
    printed: str
    address: str = ""
    """Where a link leads, such as "tel:+43153408112"; "" where it cannot be followed."""
    label: str = ""


class SheetContact(Struct, frozen=True, omit_defaults=True):
    """One entry of the press contact block; any text may be ""."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    ways: tuple[SheetWay, ...] = ()
    hours: str = ""


class Row(Struct, frozen=True):
    """A labelled line, as in the who-what-when-where block of an advisory."""

    label: str
    value: str


class Section(Struct, frozen=True, omit_defaults=True):
    """A heading with paragraphs; a section without paragraphs is not printed."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()


class Sheet(Struct, frozen=True, omit_defaults=True):
    """One language version of one release as it is read. Empty texts are not printed."""

    language: str
    kind: str
    kind_label: str
    state: State
    format: int = FORMAT
    # --- letterhead
    organisation: str = ""
    unit: str = ""
    letterhead: tuple[str, ...] = ()
    # --- release line and reference
    warning: str = ""
    """The words "DRAFT – NOT FOR RELEASE" on every page of a draft, else ""."""
    watermark: str = ""
    """The one word laid large and pale under every page of a draft, such as DRAFT, else ""."""
    embargo_line: str = ""
    """EMBARGOED UNTIL ..., with zone, on every page; "" without one or when it is past."""
    embargo_until: str = ""
    """The same instant in RFC 3339, UTC; "" when there is no embargo."""
    release_line: str = ""
    """FOR IMMEDIATE RELEASE, the embargo line, or a draft's warning; printed once, at the top."""
    reference: str = ""
    """Such as "PR 2025/041", "" while a draft has none."""
    reference_line: str = ""
    """What stands opposite the release line: kind, reference, place and date."""
    date: str = ""
    """ISO date of the edition, "" when it has none."""
    issued_at: str = ""
    """RFC 3339, UTC; "" for a draft."""
    recorded: str = ""
    """The words "Recorded on ..." for a past item taken in as issued, else ""."""
    # --- head of the text
    title: str = ""
    subtitle: str = ""
    summary: str = ""
    """For metadata (description); not printed."""
    speaker: tuple[str, ...] = ()
    """Lines of the speaker block: name, office, occasion, place and date, delivery note."""
    rows: tuple[Row, ...] = ()
    """The who-what-when-where block of an advisory."""
    credit: str = ""
    """The outlet credit of an interview, such as "Interview with ...; first published ..."."""
    credit_url: str = ""
    # --- text
    dateline: str = ""
    """Such as "VIENNA, 6 October 2025 –", set in bold before the first body paragraph."""
    body: Document = Document()
    end_mark: str = ""
    notes: Section = Section()
    boilerplate: Section = Section()
    # --- contact and foot
    contact_heading: str = ""
    contacts: tuple[SheetContact, ...] = ()
    footer: str = ""
    """Organisation and reference; page numbers follow it where there are pages."""
    page_label: str = "{page} / {pages}"
    # --- layout hints of the kind
    centred: bool = False
    """The head of the text is centred (statements)."""
    contacts_first: bool = False
    """The contact block stands before the text (advisories)."""
    # --- looks
    look: Look = Look()
    topics: tuple[str, ...] = ()


def pictures(sheet: Sheet) -> tuple[str, ...]:
    """The SHA-256 of each picture a sheet prints, once, the logo first."""
    logo = (sheet.look.logo,) if sheet.look.logo else ()
    return tuple(dict.fromkeys((*logo, *attachments(sheet.body))))
