"""The channels a press contact is reached over, one row each: telephone, e-mail, web page...

A way of a contact names its channel and holds what the row made of what was typed: the words
that are printed and the address behind them. To add a channel, add a row; ``tests/house`` adds
one and looks. Forms, cards, writers and checks ask a row and know none by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.printed import term

_E164 = re.compile(r"\+[1-9][0-9]{1,14}")
_PAGE = re.compile(r"[^\s.@/:]+(\.[^\s.@/:]+)+(:\d{1,5})?([/?#]\S*)?")
MAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[^\s@<>\"',;:()\[\]\\?&#/%]{1,253}")


class Notation(Struct, frozen=True):
    """How an address of a channel is written: what is typed, linked to and printed."""

    address: Callable[[str], str]
    """The address a link leads to, such as "tel:+43153408112"; "" where there is none.
    Raises BadInput, with words for the person, for what is none of this form."""
    scheme: str = ""
    """What of the address nobody dials or writes: "tel:"."""
    prints: Callable[[str], str] = str
    """What of the words typed is printed."""
    said: Callable[[], str] = str
    """Words about the address, with a place for ``{number}``; "" where it needs none."""


class Channel(Struct, frozen=True):
    """One channel."""

    kind: str
    """Stored."""
    name: Callable[[], str]
    """In the language of the interface."""
    form: Notation
    hint: str = ""
    """An example of what is typed."""
    icon: str = "link"
    """The name of a file in resources/icons."""
    word: Callable[[str], str] = lambda _language: ""
    """What a sheet in a language calls it behind the words; by default nothing."""
    always: bool = False
    """It is called so on the sheet also where the person has a label of the office's own."""
    schema_org: str = ""
    """The property of a ContactPoint."""
    once: str = ""
    """The list it was in before there were channels; templates and scripts still find it there."""

    def label(self, own: str, language: str) -> str:
        """What stands in brackets on the sheet.

        own  the label the office gave it, in that language
        """
        word = self.word(language)
        return ", ".join(filter(None, (word if self.always or not own else "", own)))


def telephone(e164: str) -> str:
    """The RFC 3966 address of a number in E.164, "" when it is not one."""
    return f"tel:{e164}" if _E164.fullmatch(e164) else ""


def mail(address: str) -> str:
    """The mailto address of a mail address, "" when it is not one."""
    return f"mailto:{address}" if MAIL.fullmatch(address) else ""


def _dialled(typed: str) -> str:
    """A number with its country code, as it is dialled.

    cost    40 ms the first time (number plans are loaded), then microseconds
    source  ITU-T E.164 by the plans of Google's libphonenumber
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, None)
    except phonenumbers.NumberParseException as error:
        hint = _("Start with + and the country code, such as +43 1 534 08 112.")
        raise BadInput(_("This number cannot be dialled."), hint=hint) from error
    if not phonenumbers.is_valid_number(number):
        raise BadInput(_("This is not a valid number."), hint=_("Check the number of digits."))
    return telephone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _written_to(typed: str) -> str:
    found = mail(typed)
    if not found or "." not in typed.rpartition("@")[2]:
        raise BadInput(_("This is not an e-mail address."))
    return found


def _opened(typed: str) -> str:
    """A page of the web; "https://" need not be typed."""
    scheme, parted, _rest = typed.partition("://")
    whole = typed if parted else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        host = parts.netloc and parts.hostname
    except ValueError:
        host = None
    known = not parted or scheme.lower() in ("http", "https")
    if not (known and host and _PAGE.fullmatch(whole.partition("://")[2])):
        raise BadInput(
            _("This is not a web address."), hint=_("Write it like river.example/press.")
        )
    return whole


def _page_or_handle(typed: str) -> str:
    """A name at a service leads nowhere by itself; its page there does."""
    try:
        return _opened(typed) if "/" in typed else ""
    except BadInput:
        return ""


def _shown_page(typed: str) -> str:
    return re.sub(r"^https?://", "", typed, flags=re.IGNORECASE).removesuffix("/") or typed


NUMBER = Notation(_dialled, "tel:", said=lambda: _("Dialled as {number}"))
LETTER = Notation(_written_to, "mailto:")
PAGE = Notation(_opened, prints=_shown_page)
HANDLE = Notation(_page_or_handle, prints=_shown_page)
_WORDS = Notation(lambda _typed: "")

_NUMBER, _ADDRESS = "+43 1 534 08 112", "press@river.example"

CHANNELS: tuple[Channel, ...] = (
    Channel(
        "phone",
        lambda: _("Telephone"),
        NUMBER,
        hint=_NUMBER,
        icon="phone",
        schema_org="telephone",
        once="phones",
    ),
    Channel(
        "mobile",
        lambda: _("Mobile"),
        NUMBER,
        hint="+43 664 123 45 67",
        icon="mobile",
        word=lambda language: term("mobile", language),
        schema_org="telephone",
        once="phones",
    ),
    Channel(
        "fax",
        lambda: _("Fax"),
        NUMBER,
        hint=_NUMBER,
        icon="fax",
        word=lambda language: term("fax", language),
        always=True,
        schema_org="faxNumber",
    ),
    Channel(
        "email",
        lambda: _("E-mail"),
        LETTER,
        hint=_ADDRESS,
        icon="mail",
        schema_org="email",
        once="emails",
    ),
    Channel(
        "messenger",
        lambda: _("Messenger"),
        HANDLE,
        hint="@river_press",
        icon="messenger",
        word=lambda language: term("messenger", language),
    ),
    Channel(
        "web",
        lambda: _("Web page"),
        PAGE,
        hint="river.example/press",
        icon="web",
        schema_org="url",
    ),
)


def channel(kind: str) -> Channel:
    """The row of a channel; one without rules for a kind that is not known here."""
    known = next((row for row in CHANNELS if row.kind == kind), None)
    return known or Channel(kind, lambda: kind, _WORDS)


def first(form: Notation) -> Channel:
    """What words of a form are taken for where nothing says more."""
    return next(row for row in CHANNELS if row.form is form)


class _Way(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def address(self) -> str: ...


_W = TypeVar("_W", bound=_Way)


def bare(way: _Way) -> str:
    """The address of a way as it is dialled or written, without its scheme."""
    return way.address.removeprefix(channel(way.kind).form.scheme)


def once(ways: Sequence[_W], name: str) -> tuple[_W, ...]:
    """Those of the ways that were in the list of this name: "phones" or "emails"."""
    return tuple(way for way in ways if channel(way.kind).once == name)
