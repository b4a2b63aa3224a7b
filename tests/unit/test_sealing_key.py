"""What is issued with a key is signed at that moment, once, and leaves with its signature."""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pressdesk.archive.checking import check
from pressdesk.archive.copies import reading_copy
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.base import passwords, settings
from pressdesk.base.errors import BadInput, IssueRefused, PressDeskError, WriteFailed
from pressdesk.cli import shell
from pressdesk.desk import exporting, issuing, sealing_key, telling, verifying
from pressdesk.desk.signatures import PublicKey, written
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.formats import carried
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.register.proof import Proof
from pressdesk.press.release import Edition, Release

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAME = "press.river.example"


class Ring:
    """The keyring of a system, in memory."""

    class errors:
        KeyringError = OSError

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get_password(self, _service: str, name: str) -> str | None:
        return self.kept.get(name)

    def set_password(self, _service: str, name: str, said: str) -> None:
        self.kept[name] = said

    def delete_password(self, _service: str, name: str) -> None:
        if self.kept.pop(name, None) is None:
            raise OSError("not there")


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    made = Ring()
    monkeypatch.setattr(passwords, "_keyring", lambda: made)
    return made


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(create(tmp_path / "office.pressdesk", House(zone="Europe/Vienna"))) as made:
        yield made


@pytest.fixture
def key(ring: Ring, archive: Archive) -> PublicKey:
    return sealing_key.new(archive.uid, NAME)


def issued(archive: Archive, title: str = "Statement") -> Filed:
    body = Document((paragraph("We do not agree."),))
    filed = archive.releases.add(Release("statement"), Edition("en", title=title, body=body))
    return issuing.issue(archive, filed.release, filed.edition, now=NOW)[0]


def exported(archive: Archive, filed: Filed, name: str = "html") -> bytes:
    found = archive.releases.find(filed.release.id)
    return exporting.in_process()(name, exporting.ready(archive, found, now=NOW)).data


def proof_in(data: bytes) -> Proof:
    found = carried.proof(data)
    assert found is not None
    return found


def against(archive: Archive, data: bytes) -> verifying.FileVerdict:
    return verifying.by_desk(archive, data, proof_in(data), render=exporting.in_process())


@pytest.mark.parametrize("name", ["pdf", "html"])
def test_a_stranger_needs_the_public_key_only(archive: Archive, key: PublicKey, name: str) -> None:
    proof = proof_in(exported(archive, issued(archive), name))
    assert [one.name for one in proof.checkpoint.signatures] == [NAME]
    assert verifying.without_desk(proof, key=key).sound
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert not verifying.without_desk(proof, key=PublicKey(other)).sound


def test_the_desk_tells_of_it(archive: Archive, key: PublicKey) -> None:
    filed = issued(archive)
    found = against(archive, exported(archive, filed))
    assert found.sound
    (told,) = (one for one in found.said if one.about == "signature")
    assert told.holds and NAME in told.words
    assert check(archive).sound
    deeds = archive.deeds.of(filed.release.id, "en")
    assert f"Signed with the key “{NAME}”" in [telling.told(one, UTC).words for one in deeds]


def test_the_stored_signature_is_used_and_never_a_fresh_one(
    archive: Archive, key: PublicKey, ring: Ring
) -> None:
    filed = issued(archive)
    data = exported(archive, filed)
    sealing_key.forget(archive.uid)
    assert ring.kept == {} and exported(archive, filed) == data
    sealing_key.new(archive.uid, "another.example")
    assert exported(archive, filed) == data


def test_without_a_key_nothing_is_signed_nor_later(archive: Archive, ring: Ring) -> None:
    filed = issued(archive)
    data = exported(archive, filed)
    assert proof_in(data).checkpoint.signatures == ()
    sealing_key.new(archive.uid, NAME)
    assert exported(archive, filed) == data
    assert against(archive, data).sound
    with closing(create(archive.path.with_name("other.pressdesk"))) as other:
        assert sealing_key.signer(other.uid) is None, "another desk has another key"


def test_a_key_that_cannot_be_used_stops_the_issue(
    archive: Archive, key: PublicKey, ring: Ring
) -> None:
    (place,) = ring.kept
    for said in ("", b64encode(bytes(32)).decode(), b64encode(b"short").decode()):
        ring.kept[place] = said
        with pytest.raises(IssueRefused, match="cannot be used"):
            issued(archive)
    assert archive.register.heads().out.size == 0  # type: ignore[union-attr]
    sealing_key.forget(archive.uid)
    issued(archive)


def test_a_signing_that_fails_leaves_nothing_issued(
    archive: Archive, key: PublicKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_body: str) -> object:
        raise IssueRefused("no")

    monkeypatch.setattr(sealing_key, "signer", lambda _uid: fails)
    with pytest.raises(IssueRefused):
        issued(archive)
    assert archive.register.heads().out.size == 0  # type: ignore[union-attr]
    assert archive.releases.find(1).edition.state.writable


def test_no_altered_bit_of_a_signature_is_believed(archive: Archive, key: PublicKey) -> None:
    data = bytearray(exported(archive, issued(archive)))
    begin = data.index(NAME.encode()) + len(NAME) + 1
    end = data.index(b"\\n", begin)

    def verified() -> tuple[bool, bool]:
        try:
            proof = proof_in(bytes(data))
        except (PressDeskError, AssertionError):
            return False, False
        alone = verifying.without_desk(proof, key=key)
        render = exporting.in_process()
        here = verifying.by_desk(archive, bytes(data), proof, render=render)
        return alone.sound, here.sound

    assert verified() == (True, True)
    for bit in random.Random(20261128).sample(range(begin * 8, end * 8), 60):
        data[bit // 8] ^= 1 << bit % 8
        assert verified() == (False, False), bit
        data[bit // 8] ^= 1 << bit % 8


def test_a_signature_that_was_cut_off_is_told_by_the_desk(archive: Archive, key: PublicKey) -> None:
    from msgspec.structs import replace

    filed = issued(archive)
    parcel = exporting.ready(archive, archive.releases.find(filed.release.id), now=NOW)
    seal = proof_in(exported(archive, filed))
    from pressdesk.press.register import proof as proofs

    bare = replace(seal, checkpoint=replace(seal.checkpoint, signatures=()))
    data = exporting.in_process()("html", replace(parcel, proof=proofs.written(bare))).data
    found = against(archive, data)
    assert not found.sound and {one.about for one in found.said if one.holds is False} == {
        "signature"
    }


def test_a_copy_carries_the_signature_and_no_deed_of_it(
    archive: Archive, key: PublicKey, tmp_path: Path
) -> None:
    filed = issued(archive)
    data = exported(archive, filed)
    reading_copy.make(archive, tmp_path / "copy.pressdesk", now=NOW)
    with closing(open_desk(tmp_path / "copy.pressdesk", read_only=True)) as copy:
        assert exported(copy, filed) == data
        assert check(copy).sound and against(copy, data).sound
        reading_copy.make(copy, tmp_path / "again.pressdesk", now=NOW)
        assert {one.record.deed for one in copy.deeds.of(1, "en") if one.record} == {"issued"}
    with closing(open_desk(tmp_path / "again.pressdesk", read_only=True)) as again:
        assert exported(again, filed) == data


def test_what_cannot_be_a_key_is_told(archive: Archive, ring: Ring) -> None:
    for name in ("", "a b", "a+b", "имя", "x" * 61):
        with pytest.raises(BadInput, match="cannot be the name"):
            sealing_key.new(archive.uid, name)
    sealing_key.new(archive.uid, NAME)
    with pytest.raises(BadInput, match="already"):
        sealing_key.new(archive.uid, NAME)
    assert len(settings.load().seals) == 1


def test_without_a_keyring_there_is_no_key(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_keyring", lambda: None)
    with pytest.raises(WriteFailed):
        sealing_key.new(archive.uid, NAME)
    assert settings.load().seals == () and sealing_key.signer(archive.uid) is None


def test_the_shell_makes_shows_and_forgets_a_key(
    archive: Archive, ring: Ring, tmp_path: Path
) -> None:
    def run(*words: str) -> SimpleNamespace:
        done = CliRunner().invoke(shell, ["--desk", str(archive.path), *words])
        return SimpleNamespace(said=done.output.strip(), failed=done.exception)

    made = run("seal", "new", NAME).said
    known = sealing_key.known(archive.uid)
    assert known is not None and made == written(known) == run("seal", "public").said
    assert not any(secret in made for secret in ring.kept.values())
    file = tmp_path / "out.html"
    file.write_bytes(exported(archive, issued(archive)))
    done = CliRunner().invoke(shell, ["verify", str(file), "--key", made])
    assert done.exit_code == 0 and "signed with this key" in done.output
    assert run("seal", "forget", "--yes").failed is None and ring.kept == {}
    assert "no key" in str(run("seal", "public").failed)
