"""A private PostgreSQL, as it is set up by default, for as long as figures are taken."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.office_cluster import Cluster, as_postgres, binaries

__all__ = ["binaries", "private_server"]


@contextmanager
def private_server(place: Path) -> Iterator[Cluster]:
    """A server that is gone afterwards; its programs lie at ``place``."""
    folder = Path(tempfile.mkdtemp(prefix="pdpg"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    made = Cluster(folder, place, count(1))
    try:
        locale = ["--locale=C.UTF-8", "--encoding=UTF8"]
        as_postgres(
            place / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", *locale
        )
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("listen_addresses = ''\n")
        made.start()
        yield made
        made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
