"""What the tests of backups share: the names in a folder, and a file that is spoilt."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.is_file())


def spoil(path: Path) -> None:
    """Damage the middle of a file, where a count of rows does not look."""
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 2048] = b"\xff" * 2048
    path.write_bytes(data)
