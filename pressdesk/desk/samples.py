"""Fills a new desk with the sample releases that come with PressDesk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pressdesk.base.errors import DeskFull, DeskUnavailable
from pressdesk.base.files import appear, remove_stale, write_failed
from pressdesk.base.i18n import _
from pressdesk.desk import issuing, witness
from pressdesk.press.embargo import zone_of

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.formats.seedfile import Seed, Seeds

ISSUE_HOUR = 10
"""Samples are issued at this hour of their day, in the time zone of the sample house."""


def make(path: Path, *, step: Callable[[], None] = lambda: None) -> None:
    """A new desk at ``path`` with the samples in it; whole or not there.

    step    called after each release
    raises  DeskUnavailable when there is something at ``path`` already or no desk can be made
    cost    about a second
    """
    from pressdesk.archive.file.desk_file import create, no_room
    from pressdesk.formats.seedfile import load_seeds

    if os.path.lexists(path):
        raise _taken(path)
    seeds = load_seeds()
    with _beside(path) as folder:
        made = Path(folder) / path.name
        try:
            archive = create(made)
            try:
                fill(archive, seeds, step=step)
            finally:
                archive.close()
            appear(made, path)
        except FileExistsError as error:
            raise _taken(path) from error
        except DeskFull as error:  # it names a folder of ours
            raise no_room(path) from error
        except OSError as error:
            raise write_failed(path, error) from error


def _beside(path: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        remove_stale(path.parent)
        return tempfile.TemporaryDirectory(".tmp", ".pressdesk-", path.parent)
    except OSError as error:
        what = _("A desk cannot be created at {path}.").format(path=path)
        raise DeskUnavailable(what, hint=_("Choose a folder you can write to.")) from error


def _taken(path: Path) -> DeskUnavailable:
    what = _("{path} already exists.").format(path=path)
    return DeskUnavailable(what, hint=_("Choose another name; nothing was changed."))


def count() -> int:
    """How many releases ``make`` takes in."""
    from pressdesk.formats.seedfile import load_seeds

    return len(load_seeds().releases)


def fill(archive: Archive, seeds: Seeds, *, step: Callable[[], None] = lambda: None) -> None:
    """Put the house, the contacts and the releases of ``seeds`` into an empty desk.

    What was issued is issued the same way a person does it, on its own day, the oldest
    first, so that references count on as they would have.
    """
    stored = {
        key: archive.contacts.save(contact).id
        for key, contact in zip(seeds.contact_keys, seeds.contacts, strict=True)
    }
    defaults = tuple(stored[key] for key in seeds.default_contact_keys)
    before = archive.houses.get()
    archive.houses.save(replace(seeds.house, default_contacts=defaults, version=before.version))
    for seed in sorted(seeds.releases, key=lambda seed: seed.issue_on or date.max):
        contacts = tuple(stored[key] for key in seed.contact_keys)
        _take_in(archive, seed, contacts, seeds.house.zone)
        step()
    witness.as_it_is(archive, now=datetime.now(UTC))


def _take_in(archive: Archive, seed: Seed, contacts: tuple[int, ...], zone: str) -> None:
    first, *others = (replace(edition, contacts=contacts) for edition in seed.editions)
    release_id = archive.releases.add(seed.release, first).release.id
    for edition in others:
        archive.releases.add_language(release_id, edition)
    if seed.issue_on is None:
        return
    at = datetime.combine(seed.issue_on, time(ISSUE_HOUR), zone_of(zone))
    for edition in seed.editions:
        filed = archive.releases.find(release_id, language=edition.language)
        issuing.issue(archive, filed.release, filed.edition, now=at, noted=False)
