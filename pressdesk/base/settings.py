"""One person's settings on this machine: last desk, language, theme; one small TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from threading import Lock
from typing import Literal, get_args

import platformdirs

from pressdesk.base.address import Address, settled
from pressdesk.base.errors import WriteFailed

Theme = Literal["system", "light", "dark"]

_APP = "pressdesk"

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices; a member left at its default is as if never chosen.

    A plain dataclass: this is read before the first paint, msgspec is not imported by then.
    """

    last_desk: str = ""
    """Path or address of the desk opened last, never with a password; "" before the first."""
    recent: tuple[str, ...] = ()
    """Desks opened before, the newest first."""
    language: str = ""
    """Language of the interface; "" follows the system."""
    theme: Theme = "system"
    author: str = ""
    """Who signs revisions; "" takes the name of the login."""
    templates: tuple[str, ...] = ()
    """What the person has agreed to of templates beside desks; see desk/own_templates."""
    export_folder: str = ""
    """Where the last export went."""
    export_formats: tuple[str, ...] = ()
    """In which formats it went."""
    geometry: str = ""
    """Size and place of the window, as text; "" before the first."""
    panes: str = ""
    """Widths of the panes, as text."""
    unfolded: tuple[str, ...] = ()
    """What was left unfolded over the list: "timeline", and facets by their names."""
    backup_folder: str = ""
    """Where backups go; "" for the person's own data folder."""
    mirror: str = ""
    """File that follows what the office issued while its desk is open; "" for none."""
    mirror_of: str = ""
    """Address of the desk it follows; "" for whichever is open."""
    seals: tuple[str, ...] = ()
    """Keys that sign: each the uid of a desk and the public half; see desk/sealing_key."""
    recent_searches: tuple[str, ...] = ()
    """Each the uid of a desk, a tab and the words; these three are read by desk/remembering."""
    saved_searches: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    """Each the uid of a desk, a tab and the number of a release."""

    def opened(self, desk: Address) -> Settings:
        """The same after this desk was opened."""
        path = settled(desk)
        recent = (path, *(other for other in self.recent if other != path))[:8]
        return replace(self, last_desk=path, recent=recent)


def config_folder() -> Path:
    """Where the settings lie."""
    return platformdirs.user_config_path(_APP, appauthor=False)


def data_folder() -> Path:
    """Where the default desk lies."""
    return platformdirs.user_data_path(_APP, appauthor=False)


def default_desk() -> Path:
    """The desk used when none was named or opened before."""
    return data_folder() / "default.pressdesk"


def load() -> Settings:
    """The stored settings, the defaults where there are none.

    A damaged file is moved aside to ``settings.damaged.toml`` for whoever wants to look,
    so that the next save does not wipe it. Raises nothing.
    """
    file = _file()
    try:
        return _checked(tomllib.loads(file.read_text("utf-8")))
    except OSError:
        return Settings()
    except (ValueError, TypeError, RecursionError):  # no TOML, no UTF-8, nested without end
        with suppress(OSError):
            file.replace(file.with_suffix(".damaged.toml"))
        return Settings()


def save(settings: Settings) -> None:
    """Store the settings for the next start; raises WriteFailed."""
    from pressdesk.base.files import atomic_write, own_folder

    file = _file()
    with suppress(WriteFailed):  # writing into it will say so
        own_folder(file.parent)
    atomic_write(file, _toml(settings).encode(), private=True)


def change(edit: Callable[[Settings], Settings]) -> Settings:
    """Apply ``edit`` to the current settings and store them; raises WriteFailed.

    One change at a time in this process: whoever holds an older copy would otherwise put
    back what another part of the window has stored since.
    """
    with _one_at_a_time:
        changed = edit(load())
        save(changed)
    return changed


def _checked(raw: dict[str, object]) -> Settings:
    """The settings of a file; raises TypeError for a member of the wrong kind."""
    known: dict[str, object] = {}
    for member in fields(Settings):
        value = raw.get(member.name, member.default)
        if isinstance(member.default, tuple):
            if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
                raise TypeError(member.name)
            value = tuple(value)
        elif not isinstance(value, str):
            raise TypeError(member.name)
        known[member.name] = value
    if known["theme"] not in get_args(Theme):
        raise TypeError("theme")
    return Settings(**known)  # type: ignore[arg-type] # each checked above


def _file() -> Path:
    return config_folder() / "settings.toml"


def _toml(settings: Settings) -> str:
    """What was chosen; texts and lists of TOML are those of JSON, but for DEL."""
    import json

    chosen = {key: _storable(value) for key, value in asdict(settings).items() if value}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in chosen.items()]
    return "".join(lines).replace("\x7f", "\\u007f")


def _storable(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    # A path the system could not decode holds lone surrogates, which no TOML file may.
    if isinstance(value, tuple):
        return tuple(text for text in value if _storable(text) == text)
    return "" if any("\ud800" <= character <= "\udfff" for character in value) else value
