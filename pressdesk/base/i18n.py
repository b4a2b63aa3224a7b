"""Two languages at once: the person's interface language and the language of a release.

Catalogues lie in resources/i18n as LANGUAGE.po (for people) and LANGUAGE.mo (compiled from
it). English is the language of the source and needs none.
"""

from __future__ import annotations

import gettext
from functools import cache

from pressdesk.base import resources

INTERFACES = ("en", "ru")
"""Languages the interface speaks."""


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The words of one language; of English where there is no catalogue for it."""
    try:
        file = resources.path(f"i18n/{language.split('-')[0]}.mo")
    except FileNotFoundError:
        return gettext.NullTranslations()
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)


class _Interface:
    """The language of the interface; set once before the first widget is made."""

    language = "en"


def use(language: str) -> None:
    """Speak this language in the interface from now on; widgets made earlier keep theirs."""
    _Interface.language = language if language in INTERFACES else "en"


def interface() -> str:
    """The language of the interface."""
    return _Interface.language


def _(text: str) -> str:
    """``text`` in the language of the interface."""
    return catalogue(_Interface.language).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The right plural for ``number``; fill it in with ``.format(n=number)``."""
    return catalogue(_Interface.language).ngettext(one, many, number)


def word(text: str, language: str) -> str:
    """``text`` in the language of a release; English where there is no catalogue for it."""
    return catalogue(language).gettext(text)
