"""Many write at once and commit late, the puller is killed again and again: nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from multiprocessing.process import BaseProcess
from pathlib import Path

import gap_writers
import psycopg
import pytest
from mirror_samples import found, mirrored, visible

from pressdesk.archive.copies import feed, mirror
from pressdesk.archive.server.postgres import create_office
from pressdesk.archive.server.turn import LOCK

WRITERS, TRANSACTIONS, KILLS = 4, 50, 20


@pytest.mark.skipif(os.name != "posix", reason="a process that is killed leaves no time here")
def test_nothing_is_lost_between_many_writers_and_a_killed_puller(
    office_url: str, tmp_path: Path
) -> None:
    office = create_office(office_url)
    gap_writers.sample(office)
    file = tmp_path / "mirror.pressdesk"
    spawn = multiprocessing.get_context("forkserver")
    spawn.set_forkserver_preload(["gap_writers"])
    counted = [spawn.Array("i", len(gap_writers.DONE)) for _n in range(WRITERS)]
    writers = [
        spawn.Process(target=gap_writers.write, args=(office_url, seed, TRANSACTIONS, done))
        for seed, done in enumerate(counted)
    ]
    for one in writers:
        one.start()
    chance, kills = random.Random(7), 0
    while kills < KILLS or any(one.is_alive() for one in writers):
        kills += _pulled_and_killed(spawn, office_url, file, chance.uniform(0.02, 0.4))
    for one in writers:
        one.join()
        assert one.exitcode == 0
    _wait_for_embargoes(office_url)
    mirror.pull(feed.of(office), file)
    there, here = visible(office), mirrored(file)
    totals = {n: sum(done[i] for done in counted) for i, n in enumerate(gap_writers.DONE)}
    lost, extra = sorted(there.keys() - here.keys()), sorted(here.keys() - there.keys())
    print(f"{totals}, {kills} kills, {len(there)} = {len(here)} releases")
    assert (lost, extra) == ([], [])
    assert here == there
    assert found(file, "flood") == sorted(there)
    assert min(totals.values()) > 0 and len(there) > TRANSACTIONS / 2
    assert mirror.pull(feed.of(office), file, check=True) == mirror.Pulled()
    assert gap_writers.CANARY.encode() not in file.read_bytes()
    office.close()


def _pulled_and_killed(
    spawn: multiprocessing.context.ForkServerContext, url: str, file: Path, seconds: float
) -> bool:
    puller = spawn.Process(target=gap_writers.keep_pulling, args=(url, file))
    puller.start()
    puller.join(seconds)
    assert puller.pid is not None
    os.kill(puller.pid, signal.SIGKILL)
    puller.join()
    return _was_killed(puller)


def _was_killed(puller: BaseProcess) -> bool:
    assert puller.exitcode == -signal.SIGKILL
    return True


def _wait_for_embargoes(url: str) -> None:
    """Until the server's clock has passed the last of them."""
    wait = (
        "SELECT pg_sleep(greatest(0, 0.01 + extract(epoch FROM max(embargo_at) - now())))"
        " FROM edition WHERE embargo_at < now() + interval '1 minute'"
    )
    with psycopg.connect(url) as bare:
        bare.execute(wait)


def test_the_writers_lose_changes_where_nobody_waits(office_url: str, tmp_path: Path) -> None:
    """What the gap test would find: without the lock a number is drawn before it is seen."""
    office = create_office(office_url)
    gap_writers.sample(office)
    file = tmp_path / "mirror.pressdesk"
    with psycopg.connect(office_url) as bare:
        (made,) = bare.execute("SELECT pg_get_functiondef('note_change'::regproc)").fetchone()
        bare.execute(made.replace(LOCK, ""))
    with psycopg.connect(office_url) as slow, psycopg.connect(office_url) as quick:
        for one, name in ((slow, "early"), (quick, "late")):
            gap_writers.issue(one, name, embargo=None)
        quick.commit()
        mirror.pull(feed.of(office), file)
        slow.commit()
    mirror.pull(feed.of(office), file)
    assert len(visible(office)) - len(mirrored(file)) == 1
    mirror.pull(feed.of(office), file, check=True)
    assert visible(office) == mirrored(file)
    office.close()
