"""Atomic file writing and safe file names."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import time
import unicodedata
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from pressdesk.base.errors import WriteFailed
from pressdesk.base.i18n import _

NAME_BYTES = 120
"""Longest name given to a file, in bytes of UTF-8; leaves room for suffixes and copies."""

UNREADABLE = (OSError, ValueError, RecursionError)
"""What reading a file of JSON or TOML may raise besides the errors of its decoder: no such file,
no UTF-8, nested without end."""

STALE_S = 24 * 3600
"""Age at which a temporary file of ours is taken for a leftover of a crash."""

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"]
)
_EDGES = " .-"
_FORBIDDEN = frozenset('<>:"/\\|?*')


def atomic_write(
    path: Path,
    data: bytes,
    *,
    private: bool = False,
    over: bool = True,
    first: Callable[[], None] = lambda: None,
) -> None:
    """Put ``data`` at ``path``: after a crash at any moment the old or the new bytes are there.

    A symbolic link at ``path`` is replaced, never written through. The permissions of a
    file that is replaced are kept.

    private  a new file is the person's own, as with ``new_private``; else as the umask has it
    over     replace what has that name; else it stays as it is, and WriteFailed
    first    done when the bytes are on the disk, before they get their name; what it raises
             leaves everything as it was
    raises  WriteFailed when the folder is missing or read-only, the disk is full, the name
            too long or ``path`` a folder; the old file is as it was, no temporary one stays.
            Also when the disk fails while the folder is flushed: then either may be there.
    cost    two flushes to the disk.
    """
    try:
        _write(path, data, first, private=private, over=over)
    except (OSError, ValueError) as error:
        raise write_failed(path, error) from error


def _write(
    path: Path, data: bytes, first: Callable[[], None], *, private: bool, over: bool
) -> None:
    mode = _mode_of(path)
    if mode is None and private:
        mode = _private_mode(path.parent)
    temporary = path.parent / f".pressdesk-{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(temporary, flags, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if mode is not None:
                os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        if not over and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        first()
        _name(temporary, path, over=over)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def appear(temporary: Path, path: Path, *, over: bool = False) -> None:
    """Give a finished file its name: flushed to the disk first, whole or not there.

    over    replace what has that name; else FileExistsError, and both stay as they are
    raises  OSError
    cost    two flushes to the disk
    """
    handle = os.open(temporary, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    _name(temporary, path, over=over)


def _name(temporary: Path, path: Path, *, over: bool) -> None:
    if over:
        temporary.replace(path)
    else:
        _link(temporary, path)
    _sync_folder(path.parent)


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)
        return
    temporary.unlink()


def write_failed(path: Path, error: Exception) -> WriteFailed:
    """The error to show for one of the system's while ``path`` was written."""
    what = _("“{name}” could not be written.").format(name=path.name)
    return WriteFailed(what, hint=_advice(path, error))


def _not_made(path: Path, error: Exception) -> WriteFailed:
    what = _("The folder “{name}” could not be created.").format(name=path.name)
    return WriteFailed(what, hint=_advice(path, error))


def _mode_of(path: Path) -> int | None:
    """Permissions of the regular file at ``path``; None when there is none to keep them of."""
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return stat.S_IMODE(found) if stat.S_ISREG(found) else None


def _sync_folder(folder: Path) -> None:
    # Without this the new name may be gone after a power cut although the bytes are there.
    # Some file systems cannot sync a folder; they give EINVAL and need no telling.
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(handle)


def _advice(path: Path, error: Exception) -> str:
    match getattr(error, "errno", None):
        case errno.ENOSPC | errno.EDQUOT:
            return _("The disk is full. Free up some space or choose another folder.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _("You cannot write to this folder. Choose another folder.")
        case errno.ENAMETOOLONG:
            return _("The name is too long. Choose a shorter one.")
        case errno.EISDIR:
            return _("A folder with that name already exists. Choose another name.")
        case errno.EEXIST:
            return _("A file with that name already exists. Choose another name.")
        case errno.ENOENT | errno.ENOTDIR:
            return _("The folder “{folder}” was not found.").format(folder=path.parent)
        case None:
            return _("The name contains characters that a file name cannot have.")
        case code:
            return os.strerror(code) + "."


def make_folder(path: Path) -> None:
    """Make the folder and those above it where they are missing; raises WriteFailed."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _not_made(path, error) from error


def own_folder(path: Path) -> None:
    """Make a folder of our own and those above it where they are missing; raises WriteFailed.

    Nobody but the person looks into it; in a folder of a group (setgid) the group does, too.
    It is rid of temporary files that a crash left there.
    """
    try:
        missing = [one for one in (path, *path.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir(exist_ok=True)
            shared = stat.S_IMODE(one.stat().st_mode) & stat.S_ISGID  # as the one above it
            one.chmod(0o770 | shared if shared else 0o700)
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    except (OSError, ValueError) as error:
        raise _not_made(path, error) from error
    remove_stale(path)


def new_private(path: Path) -> None:
    """Make an empty file for what is not out yet, whatever the umask: the person's alone.

    In a folder of a group (setgid) the group keeps its right to read and write it.
    raises  FileExistsError, OSError
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        mode = _private_mode(path.parent)
        if mode != 0o600:
            os.fchmod(handle, mode)
    finally:
        os.close(handle)


def _private_mode(folder: Path) -> int:
    return 0o660 if folder.stat().st_mode & stat.S_ISGID else 0o600


def remove_stale(folder: Path, *, now: float | None = None) -> int:
    """Delete what a crash left in ``folder`` a day ago or earlier; says how many.

    Temporary files and folders of ours bear the name ".pressdesk-*.tmp", whoever makes them.
    """
    limit = (time.time() if now is None else now) - STALE_S
    removed = 0
    for leftover in folder.glob(".pressdesk-*.tmp*"):  # a database left its journal, too
        with suppress(OSError):
            found = leftover.lstat()
            if found.st_mtime < limit:
                shutil.rmtree(leftover) if stat.S_ISDIR(found.st_mode) else leftover.unlink()
                removed += 1
    return removed


def safe_name(text: str, *, limit: int = NAME_BYTES) -> str:
    """``text`` as a name every common file system takes, "untitled" when nothing is left.

    Composed (NFC); separators, control, invisible and direction characters become or leave
    nothing; no dot, dash or blank at the ends; no name a Windows device has; at most ``limit``
    bytes, cut between characters. ``safe_name(safe_name(t)) == safe_name(t)``.
    """
    kept = "".join(map(_safe_character, unicodedata.normalize("NFC", text)))
    # A character that went may have kept apart two that now compose.
    composed = unicodedata.normalize("NFC", " ".join(kept.split()))
    name = _cut(composed.strip(_EDGES), limit).strip(_EDGES)
    if not name:
        return "untitled"
    return _cut(f"_{name}", limit).strip(_EDGES) if _is_reserved(name) else name


def _safe_character(character: str) -> str:
    if character.isspace():
        return " "
    if character in _FORBIDDEN:
        return "-"
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co") else character


def _is_reserved(name: str) -> bool:
    return name.split(".")[0].strip().casefold() in _RESERVED


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore")


def unique_name(stem: str, suffix: str, taken: Collection[str]) -> str:
    """``stem`` + ``suffix``, or with "-2", "-3"... before the suffix when that name is taken.

    Names that differ in case only are the same name, as on most office machines.
    """
    used = {name.casefold() for name in taken}
    name, number = f"{stem}{suffix}", 1
    while name.casefold() in used:
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name
