"""The wording of open questions from an import."""

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
        "fragment": _("Is the text complete?"),
        "phone": _("Is the telephone number correct?"),
        "email": _("Is the e-mail address complete?"),
        "boundary": _("Does the text end in the right place?"),
    }.get(name, name)
    return f"{asked} ({detail})" if detail else asked


def in_words(keys: Sequence[str]) -> str:
    """Questions side by side."""
    return " ".join(map(question, keys))
