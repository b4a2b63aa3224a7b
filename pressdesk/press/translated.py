"""A short text in several languages."""

from __future__ import annotations

from msgspec import Struct


class Translated(Struct, frozen=True, omit_defaults=True):
    """Pairs of language tag and text, sorted by tag, without empty texts."""

    entries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **texts: str) -> Translated:
        """``Translated.of(en="Office", ru="Приёмная")``."""
        return cls(tuple(sorted((tag, text) for tag, text in texts.items() if text)))

    def into(self, language: str) -> str:
        """The text in this language, else in English, else in whichever there is, else ""."""
        texts = dict(self.entries)
        for tag in (language, language.split("-")[0], "en"):
            if tag in texts:
                return texts[tag]
        return self.entries[0][1] if self.entries else ""

    def exactly(self, language: str) -> str:
        """The text in this very language, else ""."""
        return dict(self.entries).get(language, "")

    def put(self, language: str, text: str) -> Translated:
        """The same with another text in one language; an empty text removes it."""
        return Translated.of(**{**dict(self.entries), language: text})

    def languages(self) -> tuple[str, ...]:
        """The languages it has a text in."""
        return tuple(tag for tag, _ in self.entries)


NOTHING = Translated()
