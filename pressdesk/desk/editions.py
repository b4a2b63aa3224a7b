"""One edition as shown on the paper: its text, its other languages, its sealed sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressdesk.document.tools import attachments
from pressdesk.press.filed import Filed, Issued, Stands
from pressdesk.press.listing import LanguageRow
from pressdesk.press.sheet import Sheet

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive


@dataclass(frozen=True)
class OpenedRelease:
    """What is read when a release is opened."""

    filed: Filed
    languages: tuple[LanguageRow, ...]
    issued: Issued | None = None
    attachments: dict[str, bytes] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet | None:
        """The sheet as issued; None for a draft."""
        return self.issued.sheet if self.issued else None


def read(archive: Archive, release_id: int, language: str | None = None) -> OpenedRelease:
    """The newest edition of one language of a release, the first one of the house unless named.

    Pictures that are lost are missing among its attachments.
    raises  NotFound; DeskForeign when what was sealed is damaged
    """
    languages = archive.releases.languages(release_id)
    filed = archive.releases.find(release_id, language=language or languages[0].language)
    issued = archive.releases.issued(filed.edition.id)
    names = attachments(filed.current()[1].body)
    return OpenedRelease(filed, languages, issued, archive.blobs.many(names) if names else {})


def find(
    archive: Archive, release_id: int, language: str | None = None, *, number: int | None = None
) -> Filed:
    """One edition: of the first language of the house unless named, the newest unless numbered.

    raises  NotFound, also when it is in the trash
    """
    chosen = language or languages(archive, release_id)[0].language
    return archive.releases.find(release_id, language=chosen, number=number)


def languages(archive: Archive, release_id: int) -> tuple[LanguageRow, ...]:
    """The newest edition of each language, those of the house first; raises NotFound."""
    return archive.releases.languages(release_id)


def stands(archive: Archive, edition_id: int) -> Stands | None:
    """The versions an edition has now, without its text; None when it is gone."""
    return archive.releases.stands(edition_id)
