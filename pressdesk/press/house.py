"""The house style of a desk: what is printed on every release, and its look; values only."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from pressdesk.press.translated import NOTHING, Translated

PageSize = Literal["A4", "Letter"]
Family = Literal["serif", "sans"]


class Margins(Struct, frozen=True):
    """Millimetres from the edge of the page to the text."""

    top: float = 18.0
    right: float = 29.5
    bottom: float = 20.0
    left: float = 29.5


class Look(Struct, frozen=True, omit_defaults=True):
    """Everything about the looks of a page; frozen with an issued edition."""

    accent: str = "#1d4f91"
    """#rrggbb; at least 4.5:1 against white."""
    page: PageSize = "A4"
    margins: Margins = Margins()
    body: Family = "serif"
    headings: Family = "serif"
    logo: str = ""
    """SHA-256 (hex) of a PNG or JPEG kept with the desk; "" for none."""
    logo_alt: str = ""


class House(Struct, frozen=True, omit_defaults=True):
    """The house style, stored with the desk."""

    organisation: Translated = NOTHING
    unit: Translated = NOTHING
    """The line under the organisation's name, such as "Secretariat · Press service"."""
    letterhead: Translated = NOTHING
    """The lines at the right of the letterhead, parted by line feeds."""
    about: Translated = NOTHING
    """The heading over the boilerplate, such as "About the Commission"."""
    boilerplate: Translated = NOTHING
    end_mark: Translated = Translated((("en", "– ENDS –"), ("ru", "– КОНЕЦ –")))
    look: Look = Look()
    default_contacts: tuple[int, ...] = ()
    reference_pattern: str = "PR {year}/{n:03}"
    zone: str = "UTC"
    """IANA name of the desk's time zone."""
    languages: tuple[str, ...] = ("en", "ru")
    """Offered first when a language version is added; the first is the default."""
    version: int = 0
