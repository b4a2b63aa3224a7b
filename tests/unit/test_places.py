"""Where a desk may be written: not on other machines' disks, not in folders that sync."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.base import places
from pressdesk.base.errors import DeskReadOnly
from pressdesk.press.release import Edition, Release

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
files:/export /mnt/files nfs4 rw,vers=4.2 0 0
//server/press /mnt/press\040room cifs rw 0 0
me@host: /home/olga/host fuse.sshfs rw 0 0
/dev/sdb1 /mnt/files/local ext4 rw 0 0
C:\134 /mnt/c 9p rw 0 0
/dev/fuse /run/user/1000/doc fuse.portal rw 0 0
https://dav /mnt/dav fuse.davfs2 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/home/olga/office.pressdesk", None),
        ("/srv/office.pressdesk", None),
        ("/mnt/files/office.pressdesk", "network"),
        ("/mnt/filesystem/office.pressdesk", None),
        ("/mnt/files/local/office.pressdesk", None),
        ("/mnt/press room/deep/office.pressdesk", "network"),
        ("/home/olga/host/office.pressdesk", "network"),
        ("/mnt/c/Users/olga/office.pressdesk", "network"),
        ("/run/user/1000/doc/office.pressdesk", None),
        ("/mnt/dav/office.pressdesk", "network"),
        ("/home/olga/Dropbox/office.pressdesk", "cloud"),
        ("/home/olga/Dropbox (Commission)/2026/office.pressdesk", "cloud"),
        ("/home/olga/OneDrive - Commission/office.pressdesk", "cloud"),
        ("/home/olga/Яндекс.Диск/office.pressdesk", "cloud"),
        ("/home/olga/Nextcloud/office.pressdesk", "cloud"),
        ("/Users/o/Library/Mobile Documents/com~apple~CloudDocs/o.pressdesk", "cloud"),
        ("/Users/o/Library/CloudStorage/GoogleDrive-o/o.pressdesk", "cloud"),
        ("/home/olga/On the dropbox affair/office.pressdesk", None),
    ],
)
def test_places_by_the_table_of_mounts_and_by_name(path: str, found: str | None) -> None:
    assert places.danger(Path(path), mounts=MOUNTS, variables={}) == found


def test_a_machine_that_lives_on_a_network_disk_has_no_other() -> None:
    table = "none / 9p rw 0 0\nserver:/x /data nfs rw 0 0"
    assert places.file_system(PurePosixPath("/home/a.pressdesk"), table) == ""
    assert places.file_system(PurePosixPath("/data/a.pressdesk"), table) == "nfs"


@pytest.mark.parametrize("mark", [".dropbox.cache", "._sync_0a1b.db", ".tmp.driveupload"])
def test_folders_are_known_by_what_the_services_leave_in_them(tmp_path: Path, mark: str) -> None:
    desk = tmp_path / "shared" / "2026" / "office.pressdesk"
    desk.parent.mkdir(parents=True)
    assert not places.synced(desk)
    (tmp_path / "shared" / mark).touch()
    assert places.synced(desk)


def test_the_folder_the_system_names(tmp_path: Path) -> None:
    desk = tmp_path / "Files" / "office.pressdesk"
    assert places.danger(desk, mounts="", variables={"OneDrive": str(tmp_path / "Files")})
    assert places.danger(desk, mounts="", variables={"OneDrive": ""}) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (r"\\?\UNC\server\share\a.pressdesk", True),
        (r"\\?\C:\desks\a.pressdesk", False),
        ("/home/olga/a.pressdesk", False),
    ],
)
def test_names_of_shares(name: str, found: bool) -> None:
    assert places.is_share(name) == found


def test_a_desk_there_is_read_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create(tmp_path / "office.pressdesk")
    made.releases.add(Release("news"), Edition("en", title="Kept"))
    made.close()
    (tmp_path / "Dropbox").mkdir()
    path = made.path.rename(tmp_path / "Dropbox" / "office.pressdesk")
    before = path.read_bytes()
    with pytest.raises(DeskReadOnly, match="synced with other computers") as caught:
        open_desk(path)
    assert "Move the file" in caught.value.hint
    with pytest.raises(DeskReadOnly):
        create(path.with_name("new.pressdesk"))
    reader = open_desk(path, read_only=True)
    assert reader.releases.find(1).edition.title == "Kept"
    reader.close()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    monkeypatch.setenv(places.OVERRIDE, "1")
    open_desk(path).close()
