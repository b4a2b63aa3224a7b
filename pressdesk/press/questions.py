"""What an import left open, in words."""

from __future__ import annotations

from collections.abc import Sequence

from pressdesk.base.i18n import _


def question(key: str) -> str:
    """A question in words; an unknown one is shown as it is stored."""
    name, _colon, detail = key.partition(":")
    asked = {
        "title": _("Which headline?"),
        "date": _("Which date?"),
        "year": _("Which year?"),
        "kind": _("Which kind of release?"),
        "language": _("Which language?"),
        "fragment": _("Only a part of the text?"),
        "phone": _("Is the telephone number right?"),
        "email": _("Is the e-mail address complete?"),
        "boundary": _("Does the text end where it should?"),
    }.get(name, name)
    return f"{asked} ({detail})" if detail else asked


def in_words(keys: Sequence[str]) -> str:
    """Questions side by side."""
    return " ".join(map(question, keys))
