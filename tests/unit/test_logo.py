"""Logos are decoded in a process of their own, those of another desk as well."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from pressdesk.archive.file.desk_file import create
from pressdesk.base.errors import ReadFailed
from pressdesk.desk import logo

MEASURED = """
import re, sys
from pathlib import Path
from pressdesk.desk import logo
logo.read_logo(Path(sys.argv[1]))
said = Path("/proc/self/status").read_text()
print(int(re.search(r"VmHWM:\\s+(\\d+)", said)[1]) // 1024)
"""


def _png(side: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), (200, 10, 10)).save(out, "PNG", compress_level=1)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a process")
def test_a_large_picture_takes_none_of_the_memory_of_the_window(tmp_path: Path) -> None:
    picture = tmp_path / "large.png"
    picture.write_bytes(_png(6000))
    command = [sys.executable, "-c", MEASURED, str(picture)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100, "36 million pixels are 108 MB"


def test_a_logo_larger_than_ours_is_not_shown_as_it_is(tmp_path: Path) -> None:
    desk = create(tmp_path / "a.pressdesk")
    try:
        foreign, ours = (desk.blobs.put(_png(n), "image/png") for n in (2 * logo.LONGEST, 40))
        nonsense = desk.blobs.put(b"GIF89a" * 20, "image/gif")
        with Image.open(io.BytesIO(logo.kept(desk, foreign))) as shown:
            assert shown.size == (logo.LONGEST, logo.LONGEST)
        assert logo.kept(desk, ours) == _png(40)
        with pytest.raises(ReadFailed, match="not a PNG"):
            logo.kept(desk, nonsense)
    finally:
        desk.close()
