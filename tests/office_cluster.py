"""A private PostgreSQL for one run of the tests: made by Debian's binaries, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

PASSWORD = "geheim-77"
"""Of the role ``keyed``, see ``Cluster.lock``."""

MISSING = "PostgreSQL is not installed here"
_PLACES = "/usr/lib/postgresql"
_HBA = "local all keyed scram-sha-256\nlocal all all trust\n"
_CONF = """
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 60
shared_buffers = 16MB
max_wal_senders = 0
wal_level = minimal
"""


@dataclass
class Cluster:
    """A running server; ``fresh`` gives the URL of a new empty database."""

    folder: Path
    bin: Path
    numbers: Iterator[int]

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def fresh(self) -> str:
        name = f"desk{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def owned(self) -> str:
        """A new empty database, and the URL of its owner, who may make roles and no more."""
        url = self.fresh()
        database = url.partition("?")[0].rpartition("/")[2]
        self.run(
            f"CREATE ROLE {database}_owner LOGIN CREATEROLE",
            f"ALTER DATABASE {database} OWNER TO {database}_owner",
        )
        return self.url(database, f"{database}_owner")

    def run(self, *orders: str, url: str = "") -> None:
        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            for order in orders:
                connection.execute(order)

    def lock(self, url: str) -> str:
        """Give a database to ``keyed``, who needs PASSWORD; the URL by that name.

        Roles are the whole server's: another test may have given it another password.
        """
        database = url.partition("?")[0].rpartition("/")[2]
        self.run(
            "DO $$ BEGIN CREATE ROLE keyed LOGIN;"
            " EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            f"ALTER ROLE keyed PASSWORD '{PASSWORD}'",
            f"ALTER DATABASE {database} OWNER TO keyed",
        )
        return self.url(database, "keyed")

    def stop(self, how: str = "immediate") -> None:
        as_postgres(self.bin / "pg_ctl", "stop", "-w", "-m", how, "-D", self.folder / "data")

    def start(self) -> None:
        log = self.folder / "log"
        where = f"-k {self.folder}"
        data = self.folder / "data"
        as_postgres(self.bin / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", where)


def as_postgres(*words: object) -> None:
    """PostgreSQL refuses to run as root."""
    order = [str(word) for word in words]
    if os.name == "posix" and os.getuid() == 0:
        order = ["runuser", "-u", "postgres", "--", *order]
    subprocess.run(order, check=True, stdout=subprocess.DEVNULL, cwd="/")


def binaries() -> Path | None:
    """Where initdb and pg_ctl are, the newest first."""
    places = sorted(Path(_PLACES).glob("*/bin"), key=lambda p: -float(p.parent.name))
    found = [place for place in places if (place / "initdb").exists()]
    named = shutil.which("initdb")
    return found[0] if found else Path(named).resolve().parent if named else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server of this run; its tests are skipped, and the summary says so, without one."""
    place = binaries()
    if place is None:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="pdpg"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    made = Cluster(folder, place, count(1))
    data = folder / "data"
    try:
        locale = ["--locale=C.UTF-8", "--encoding=UTF8"]
        as_postgres(place / "initdb", "-D", data, "-N", "-U", "postgres", "-A", "trust", *locale)
        (data / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(_CONF)
        made.start()
        yield made
        made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def office_url(cluster: Cluster) -> str:
    """A new empty database."""
    return cluster.fresh()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What did not run is said aloud: a skipped test looks like a passed one."""
    skipped = terminalreporter.stats.get("skipped", [])
    number = sum(MISSING in str(report.longrepr) for report in skipped)
    if number:
        terminalreporter.write_sep("!", f"{number} tests did NOT run: {MISSING}", red=True)
        terminalreporter.write_line("Run: apt-get install postgresql")
