"""Stores the house style of the desk."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, insert, select, update

from pressdesk.archive.store import faults
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import setting
from pressdesk.base.errors import EditConflict
from pressdesk.base.i18n import _
from pressdesk.press.embargo import zone_of
from pressdesk.press.house import House

_KEY = "house"
_decoder = msgspec.json.Decoder(House)


def load(connection: Connection) -> House:
    """The house style, inside a transaction."""
    row = connection.execute(
        select(setting.c.data, setting.c.version).where(setting.c.key == _KEY)
    ).first()
    if row is None:
        raise faults.Unreadable(f"{setting.name} {_KEY}")
    with faults.row(setting.name, _KEY):
        return msgspec.structs.replace(_decoder.decode(row.data), version=row.version)


def first(connection: Connection, house: House) -> None:
    """Store the house style of a new desk."""
    data = msgspec.json.encode(house)
    connection.execute(insert(setting).values(key=_KEY, version=1, data=data))


def zone(connection: Connection) -> ZoneInfo:
    """The time zone of the desk."""
    return zone_of(load(connection).zone)


def day_of(connection: Connection, at: datetime) -> date:
    """The day of an instant where the desk stands."""
    return at.astimezone(zone(connection)).date()


class Houses(DeskPart):
    """The one house style of a desk."""

    def get(self) -> House:
        """The house style as last saved."""
        with self._store.read() as connection:
            return load(connection)

    def save(self, house: House) -> House:
        """Store the house style and return it with its new version.

        raises  EditConflict when it was saved elsewhere since; BadInput for a zone nobody knows
        """
        zone_of(house.zone)
        saved = msgspec.structs.replace(house, version=house.version + 1)
        with self._store.write() as connection:
            moved = connection.execute(
                update(setting)
                .where(setting.c.key == _KEY, setting.c.version == house.version)
                .values(version=saved.version, data=msgspec.json.encode(saved))
                .returning(setting.c.key)
            )
            if moved.first() is None:
                what = _("The house style was changed elsewhere since you opened it.")
                raise EditConflict(what, hint=_("Open it again and repeat your change."))
        return saved
