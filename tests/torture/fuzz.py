"""Random and mutated bytes for each stored format: only a PressDeskError may come out.

python -m tests.torture.fuzz --hours 2        # of CPU; make fuzz HOURS=2
python -m tests.torture.fuzz --only sheet --seed 4711 --number 1
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from pressdesk.archive.file import manifest
from pressdesk.archive.file.backup import contents
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.store import values
from pressdesk.base import settings
from pressdesk.base.errors import PressDeskError
from pressdesk.base.resources import path
from pressdesk.base.resources import seed as seeds
from pressdesk.desk import care, looks, rescue, verifying, witness
from pressdesk.formats import carried, registry
from pressdesk.formats.seedfile import load_seeds
from pressdesk.press.asking import parse
from pressdesk.press.register.proof import BLOCK, NAMESPACE, written
from tests.torture.apart import apart, worked
from tests.torture.desks import NOW, bare, desk_in, opened
from tests.torture.event import Ground, ground
from tests.torture.judge import FAULTS, Found

AT_ONCE = 100
"""Inputs in one process; after a hang or a death they are tried one by one."""

CPU_S, CPU_OF_ONE_S, MEMORY = 60, 10, 2**30

WORDS = (
    *(b"null", b"true", b"-1", b"0", b"1e999", b"1e-999", b"9" * 400, b"9223372036854775808"),
    *(b'""', b"[]", b"{}", b'"\\ud800"', b'"\\u0000"', b"\xff\xfe", b"\x00", b"\xe2\x80\xae"),
    *(b'"9999-12-31T23:59:59-23:59"', b'"0001-01-01"', b'"2026-02-30"', b'"format":99', b"[" * 900),
    *(b'"\xf0\x9d\x94\x98"', b'"type":"quote"', b'"Europe/Nowhere"', b'"../../etc"', b"[[", b"'''"),
)


@dataclass(frozen=True)
class Place:
    """Where stored bytes are put for a reader to find them."""

    archive: Archive
    hand: sqlite3.Connection

    def put(self, order: str, *given: object) -> None:
        """A foreign hand writes."""
        self.hand.execute(order, given)

    def one(self, query: str) -> bytes:
        """A stored value to begin with."""
        value = self.hand.execute(query).fetchone()[0]
        return value if isinstance(value, bytes) else str(value).encode()


class Format:
    """A stored format: a sample of it, and how one is put in its place and read."""

    def __init__(
        self, sample: Callable[[Place], bytes], read: Callable[[Place, bytes], object]
    ) -> None:
        self.sample, self.read = sample, read


def _issued(column: str) -> Format:
    def read(place: Place, data: bytes) -> None:
        query = "SELECT sheet, house FROM issued WHERE edition_id = 1"
        both = dict(zip(("sheet", "house"), place.hand.execute(query).fetchone(), strict=True))
        seal = values.sealed(**(both | {column: data}))
        order = f"UPDATE issued SET {column} = ?, sha256 = ? WHERE edition_id = 1"
        place.put(order, data, seal)
        place.archive.releases.issued(1)

    return Format(lambda p: p.one(f"SELECT {column} FROM issued WHERE edition_id = 1"), read)


def _revision(place: Place, data: bytes) -> None:
    place.put("DELETE FROM revision_base WHERE revision_id = 1")
    order = "UPDATE revision SET data = ?, sha256 = ? WHERE id = 1"
    place.put(order, values.squeeze(data), values.digest(data))
    place.archive.releases.revision(1)


def _of_a_revision(place: Place) -> bytes:
    release, edition = place.archive.releases.revision(1)
    return values.pack(release, edition)


def _row(table: str, column: str, where: str, read: Callable[[Archive], object]) -> Format:
    """One column of one row, which ``read`` reads."""

    def put(place: Place, data: bytes) -> None:
        given = data if column in ("body", "data", "terms", "words") else _text(data)
        place.put(f"UPDATE {table} SET {column} = ? WHERE {where}", given)
        read(place.archive)

    return Format(lambda p: p.one(f"SELECT {column} FROM {table} WHERE {where}"), put)


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _found(number: int) -> Callable[[Archive], object]:
    return lambda desk: desk.releases.find(number)


def _dump(_place: Place, data: bytes) -> None:
    for reader in registry.readers().values():
        reader.read(data, registry.Context(today=NOW.date()))


def _settings(_place: Place, data: bytes) -> None:
    file = settings.config_folder() / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    settings.load()


def _of_settings(_place: Place) -> bytes:
    settings.save(settings.Settings(theme="dark", language="ru").opened(Path("/a.pressdesk")))
    return (settings.config_folder() / "settings.toml").read_bytes()


def _of_a_rescue(place: Place) -> bytes:
    release, edition = place.archive.releases.find(1).current()
    file = rescue.write(rescue.rescued(place.archive.place, release, edition, kept_at=NOW))
    data = file.read_bytes()
    file.unlink()
    return data


def _rescue(place: Place, data: bytes) -> None:
    rescue.folder().mkdir(parents=True, exist_ok=True)
    (rescue.folder() / "text.json").write_bytes(data)
    rescue.take_in(place.archive)


def _seed(name: str) -> Format:
    def read(_place: Place, data: bytes) -> None:
        folder = settings.data_folder() / "seeds"
        if not folder.exists():
            shutil.copytree(seeds(), folder)
        (folder / name).write_bytes(data)
        load_seeds(folder)

    return Format(lambda _place: (Path(seeds()) / name).read_bytes(), read)


def _look(place: Place, data: bytes) -> None:
    file = looks._file(place.archive.uid)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    one = care.Backup(Path("a"), NOW, "asked", 0)
    care.due((one,), NOW, sound_at=looks.last_sound(looks.last_look(place.archive.uid)))


def _of_a_look(place: Place) -> bytes:
    looks.note_look(place.archive.uid, NOW, sound=True)
    return looks._file(place.archive.uid).read_bytes()


def _file(name: str, read: Callable[[Place, Path], object]) -> Callable[[Place, bytes], object]:
    """The bytes in a file of the person's own."""

    def put(place: Place, data: bytes) -> None:
        file = settings.data_folder() / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        read(place, file)

    return put


def _of_a_manifest(place: Place) -> bytes:
    made = place.archive.path.parents[1] / "backup.pressdesk"
    manifest.put(made, contents(made), at=NOW)
    return manifest.beside(made).read_bytes()


def _seen(place: Place, data: bytes) -> None:
    witness._file(place.archive.uid).write_bytes(data)
    witness.last(place.archive.uid)


def _of_what_was_seen(place: Place) -> bytes:
    witness.as_it_is(place.archive, now=NOW)
    return witness._file(place.archive.uid).read_bytes()


def _checkpoint(_place: Place, file: Path) -> None:
    said = verifying.checkpoint_of(file)
    assert str(said).strip() == file.read_text().strip(), "another form was accepted"


def _proof(place: Place, data: bytes) -> None:
    """None that holds has another record; the checkpoint others have to vouch for."""
    found, made = carried.proof(data), place.archive.register.proof(1)
    if found is not None and found.holds:
        assert made is not None and found.record == made.record, "an altered record holds"


def _page(place: Place) -> bytes:
    return f'<script id="{BLOCK}">{_proof_of(place)}</script>'.encode()


def _packet(place: Place) -> bytes:
    name = f"<x xmlns='{NAMESPACE}'><proof>{_proof_of(place)}</proof></x>"
    return f"%PDF-1.7\n<?xpacket begin=''?>{name}<?xpacket end='w'?>".encode()


def _proof_of(place: Place) -> str:
    found = place.archive.register.proof(1)
    assert found is not None
    return written(found)


def _template(place: Place, data: bytes) -> None:
    folder = settings.data_folder() / "own"
    (folder / "html").mkdir(parents=True, exist_ok=True)
    (folder / "html" / "base.html").write_bytes(data)
    sealed = place.archive.releases.issued(1)
    assert sealed is not None
    registry.writer("html").write(sealed.sheet, registry.Context(templates=folder))


def _of_a_template(_place: Place) -> bytes:
    return (path("templates") / "html" / "base.html").read_bytes()


_RELEASE = ("topics", "places", "people", "embargo_at", "embargo_zone", "planned_at")

FORMATS: dict[str, Format] = {
    "sheet": _issued("sheet"),
    "house": _issued("house"),
    "revision": Format(_of_a_revision, _revision),
    "body": _row("edition_body", "body", "edition_id = 1", _found(1)),
    "fields": _row("edition_body", "fields", "edition_id = 4", _found(4)),
    "questions": _row("edition_body", "questions", "edition_id = 1", _found(1)),
    **{f"release {name}": _row("release", name, "id = 5", _found(5)) for name in _RELEASE},
    "date": _row("edition", "date", "id = 1", _found(1)),
    "issued at": _row("edition", "issued_at", "id = 1", _found(1)),
    "draft": _row("draft", "data", "1", _found(3)),
    "contact": _row("contact", "data", "id = 1", lambda desk: desk.contacts.all()),
    "setting": _row("setting", "data", "1", lambda desk: desk.houses.get()),
    "index": _row(
        *("search_terms", "terms", "1"),
        lambda desk: desk.search.snippets(parse("gauge", NOW.date()), [1, 2]),
    ),
    "deed": _row(
        *("deed", "data", "edition = (SELECT uid FROM edition WHERE id = 1)"),
        lambda desk: desk.register.proof(1),
    ),
    "import": Format(lambda _place: (Path(seeds()) / "dump.txt").read_bytes(), _dump),
    "settings": Format(_of_settings, _settings),
    "rescue": Format(_of_a_rescue, _rescue),
    "look": Format(_of_a_look, _look),
    "checkpoint": Format(
        lambda p: str(p.archive.register.heads().out).encode(), _file("kept.txt", _checkpoint)
    ),
    "proof in a page": Format(_page, _proof),
    "proof in a PDF": Format(_packet, _proof),
    "manifest": Format(
        _of_a_manifest,
        _file("copy.json", lambda _place, file: manifest.of(file.with_suffix(".pressdesk"))),
    ),
    "seen": Format(_of_what_was_seen, _seen),
    "template": Format(_of_a_template, _template),
    "seed": _seed("releases/09-observers-day.toml"),
    "seed contacts": _seed("contacts.toml"),
    "seed house": _seed("house.toml"),
}

SOME = 20
"""Inputs of one event."""


def event(ground: Ground, seed: int, control: bool = False) -> list[Found]:
    """Some inputs of one format; all take turns. In the control the reader lets errors out."""
    if control:
        FORMATS["control"] = Format(lambda _place: b"{}", lambda _place, data: json.loads(data))
        found = tried(ground, "control", 0, SOME)
        del FORMATS["control"]
        return [one for _which, one in found]
    name = list(FORMATS)[seed % len(FORMATS)]
    return [
        Found(one.fault, f"{name}, --only '{name}' --seed {which}: {one.words}")
        for which, one in tried(ground, name, seed * SOME, SOME)
    ]


def mutated(sample: bytes, chance: Random) -> bytes:
    """Other bytes, mostly near to the sample."""
    if chance.random() < 0.05:
        return chance.randbytes(chance.choice((0, 1, 7, 1000)))
    data = bytearray(sample)
    for _time in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randint(0, len(data))
        some = data[at : at + chance.choice((1, 2, 8, 64))]
        match chance.randrange(7):
            case 0:
                data[at : at + 1] = chance.randbytes(1)
            case 1:
                del data[at : at + len(some)]
            case 2:
                data[at:at] = some * chance.choice((1, 2, 200))
            case 3:
                data[at:at] = chance.choice(WORDS)
            case 4:
                _instead(data, chance)
            case 5:
                del data[at:]
            case 6:
                other = chance.randint(0, len(data))
                data[other : other + len(some)] = some
    return bytes(data)


def _instead(data: bytearray, chance: Random) -> None:
    """One value of the JSON or TOML becomes another."""
    starts = [at for at, byte in enumerate(data) if byte in b":,[=" and at + 1 < len(data)]
    if not starts:
        return
    start = chance.choice(starts) + 1
    end = start
    while end < len(data) and data[end] not in b",]}\n":
        end += 1
    data[start:end] = chance.choice(WORDS)


def tried(ground: Ground, name: str, begin: int, number: int) -> list[tuple[int, Found]]:
    """So many inputs of a format: what came out of which."""
    ground.kit.set_up(ground.scene)
    work = partial(_some, ground.scene, name, begin, number)
    cpu_s = CPU_S if number > 1 else CPU_OF_ONE_S
    ended = apart(work, profile=ground.profile, cpu_s=cpu_s, memory=MEMORY)
    if ended.how == "done":
        return [(seed, Found("raw", words)) for seed, words in ended.value]
    if number > 1:
        return [
            one for seed in range(begin, begin + number) for one in tried(ground, name, seed, 1)
        ]
    return [(begin, Found("hang" if ended.how == "hang" else "raw", str(ended.value)))]


@contextmanager
def _place(scene: Path) -> Iterator[Place]:
    with ExitStack() as things:
        hand = things.enter_context(closing(bare(desk_in(scene))))
        hand.execute("PRAGMA synchronous = OFF")
        archive = things.enter_context(opened(desk_in(scene), read_only=True))
        yield Place(archive, hand)


def _some(scene: Path, name: str, begin: int, number: int) -> list[tuple[int, str]]:
    form, found = FORMATS[name], []
    with _place(scene) as place:
        sample = form.sample(place)
        for seed in range(begin, begin + number):
            try:
                form.read(place, mutated(sample, Random(f"{name} {seed}")))
            except PressDeskError:
                continue
            except Exception as error:  # noqa: BLE001 - what comes out is what is asked
                found.append((seed, _where(error)))
    return found


def _where(error: Exception) -> str:
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "pressdesk" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:100]} ({place})"


def main() -> int:
    """1 when anything but a PressDeskError came out."""
    wanted = _options()
    names = wanted.only or list(FORMATS)
    cpu: Counter[str] = Counter()
    done: Counter[str] = Counter()
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    seen: set[tuple[str, str]] = set()
    begun, seed = worked(), wanted.seed
    with ground() as here:
        while seed < wanted.seed + wanted.number and worked() - begun < wanted.hours * 3600:
            number = min(AT_ONCE, wanted.seed + wanted.number - seed)
            for name in names:
                done[name] += number
                before = worked()
                out = tried(here, name, seed, number)
                cpu[name] += round(1000 * (worked() - before))
                for which, one in out:
                    found[name][one.fault] += 1
                    if (name, one.words.partition(":")[0]) not in seen:
                        seen.add((name, one.words.partition(":")[0]))
                        told = f"--only '{name}' --seed {which} --number 1: {one.words}"
                        print(f"{one.fault}: {told}", flush=True)
            seed += number
    print(f"{'format':24}{'done':>10}{'raw':>10}{'hang':>10}{'cpu':>10}")
    for name in names:
        row = (done[name], found[name]["raw"], found[name]["hang"], cpu[name] // 1000)
        print(f"{name:24}" + "".join(f"{number:10}" for number in row))
    print(f"the seeds of each: {wanted.seed} to {seed - 1}")
    return int(any(row[fault] for row in found.values() for fault in FAULTS))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.fuzz", description=__doc__)
    parser.add_argument("--hours", type=float, default=1, help="of CPU at most")
    parser.add_argument("--seed", type=int, default=1, help="of the first input")
    parser.add_argument("--number", type=int, default=10**9, help="inputs of each format at most")
    parser.add_argument(
        "--only", choices=FORMATS, nargs="+", metavar="FORMAT", help="these formats"
    )
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
