"""Detects places that are unsafe for a database file: network drives and synced folders.

The locks of network file systems are unreliable, and a program that syncs copies a file in
the middle of a change: both have destroyed databases.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Literal

OVERRIDE = "PRESSDESK_WRITE_ANYWHERE"
"""Set to 1 by whoever knows that the locks of the place can be trusted."""

Danger = Literal["network", "cloud"]

_NETWORK = re.compile(
    r"(nfs\d?|cifs|smb\w*|9p|afs|ncpfs|ceph|glusterfs|lustre|davfs|vboxsf|prl_fs|drvfs"
    r"|fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse|s3fs|smbnetfs|curlftpfs|glusterfs|ceph\w*"
    r"|vmhgfs-fuse|kio-fuse|google-drive-ocamlfuse|onedriver))"
)
"""File systems, as mount tables name them, whose files another machine may change."""

_NAMES = re.compile(
    r"dropbox( \(.*\))?|onedrive( - .*)?|google ?drive|my drive|мой диск|icloud ?drive"
    r"|cloudstorage|com~apple~clouddocs|nextcloud\d?|owncloud|yandex\.?disk|яндекс\.?диск"
    r"|mega(sync)?|pcloud ?drive|облако mail\.ru"
)
"""Folders by the names their services give them."""

_MARKS = (
    ".dropbox",
    ".dropbox.cache",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".tmp.drivedownload",
    ".tmp.driveupload",
    ".849C9593-D756-4E56-8D6E-42412F2A707B",
    ".sync",
)
"""What the services leave at the top of what they sync."""

_MARKS_LIKE = ("._sync_*.db", ".sync_*.db")
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_REMOTE_DRIVE = 4


def danger(
    path: Path, *, mounts: str | None = None, variables: Mapping[str, str] = os.environ
) -> Danger | None:
    """What is unsafe about the place of a file; None if it is safe or declared so.

    mounts  the table of mounts as /proc/mounts has it; the system's own by default
    cost    some looks at each folder above the file; never hangs longer than those do
    """
    if variables.get(OVERRIDE) == "1":
        return None
    if is_share(str(path)) or _on_remote_drive(path):
        return "network"
    if _NETWORK.fullmatch(file_system(path, _mounts() if mounts is None else mounts)):
        return "network"
    return "cloud" if synced(path, variables) else None


def is_share(name: str) -> bool:
    """A name on another machine, as Windows writes it: \\\\server\\share."""
    plain = name.replace("/", "\\")
    if plain.startswith(("\\\\?\\", "\\\\.\\")):
        return plain[4:].casefold().startswith("unc\\")
    return sys.platform == "win32" and plain.startswith("\\\\")


def _on_remote_drive(path: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    root = f"{path.drive}\\"
    return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE_DRIVE)


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def file_system(path: PurePath, mounts: str) -> str:
    """The type of file system a file is on, "" if unknown.

    That of the root does not count: a machine that lives on such a disk has no other.
    """
    best, kind = PurePath("/"), ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = PurePath(re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), parts[1]))
        # Of two mounts on one point the later hides the earlier.
        if (
            point != PurePath("/")
            and path.is_relative_to(point)
            and len(point.parts) >= len(best.parts)
        ):
            best, kind = point, parts[2]
    return kind


def synced(path: Path, variables: Mapping[str, str] = os.environ) -> bool:
    """True if the file is in a folder that a service syncs."""
    roots = {variables[name] for name in _VARIABLES if variables.get(name)}
    return any(
        str(folder) in roots or _NAMES.fullmatch(folder.name.casefold()) or _is_marked(folder)
        for folder in path.parents
    )


def _is_marked(folder: Path) -> bool:
    try:
        # The home folder holds the marks of programs, not of what they sync.
        if folder in (Path.home(), Path(folder.anchor)):
            return False
        if any((folder / mark).exists() for mark in _MARKS):
            return True
        return any(next(folder.glob(like), None) for like in _MARKS_LIKE)
    except (OSError, RuntimeError):
        return False
