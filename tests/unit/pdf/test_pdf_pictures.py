"""Pictures and characters on the pages: shown, or recorded as lost."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest
from msgspec.structs import replace
from PIL import Image

from pressdesk.document.nodes import (
    Figure,
    Text,
)
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import WRITER
from pressdesk.press.house import Look
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.reading import told
from tests.unit.pdf.sheet_parts import BASE, p
from tests.unit.pdf.written import bodied, written


def picture(kind: str, mode: str, **more: object) -> bytes:
    """A small picture of some kind."""
    image = Image.new(mode, (40, 30))
    stream = io.BytesIO()
    image.save(stream, kind, **more)
    return stream.getvalue()


PICTURES = {
    "rgb": picture("JPEG", "RGB"),
    "grey": picture("JPEG", "L"),
    "progressive": picture("JPEG", "RGB", progressive=True),
    "cmyk": picture("JPEG", "CMYK"),
    "png": picture("PNG", "RGB"),
    "rgba": picture("PNG", "RGBA"),
    "palette": picture("PNG", "P", transparency=0),
    "one bit": picture("PNG", "1"),
    "grey and alpha": picture("PNG", "LA"),
    "sixteen bit": picture("PNG", "I;16"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_each_kind_of_picture_is_shown(name: str) -> None:
    sheet = bodied(Figure("sha", "A picture", (Text("Caption"),)))
    context = Context(attachments={"sha": PICTURES[name]})
    data = WRITER.write(sheet, context)
    assert faults(data) == []
    assert context.losses == []
    assert b"/Subtype/Image" in data


def test_a_picture_lying_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = written(bodied(Figure("sha", "A")), sha=picture("JPEG", "RGB", exif=exif))
    assert b"/Width 30/Height 40" in data


@pytest.mark.parametrize("data", [b"", b"no picture", picture("PNG", "RGB")[:60], b"\xff\xd8\xff"])
def test_a_picture_that_cannot_be_read_leaves_its_caption_and_a_loss(data: bytes) -> None:
    context = Context(attachments={"sha": data})
    sheet = bodied(Figure("sha", "Alt", (Text("Its caption"),)), Figure("none", "Alt"))
    made = WRITER.write(sheet, context)
    assert faults(made) == []
    assert "Its caption" in [one.text for one in told(made)]
    assert len(context.losses) == 1


def test_a_picture_without_description_is_decoration_and_recorded() -> None:
    context = Context(attachments={"sha": PICTURES["rgb"]})
    assert faults(WRITER.write(bodied(Figure("sha")), context)) == []
    assert len(context.losses) == 1


def test_the_logo_stands_in_the_letterhead_and_is_named() -> None:
    sha = sha256(PICTURES["rgba"]).hexdigest()
    sheet = replace(BASE, look=Look(logo=sha, logo_alt="Emblem of the Commission"))
    data = written(sheet, **{sha: PICTURES["rgba"]})
    assert faults(data) == []
    assert told(data)[0] == ("Figure", "Emblem of the Commission")


# --- losses


def test_each_character_without_a_shape_is_recorded_once() -> None:
    context = Context()
    WRITER.write(replace(BASE, title="水水", footer="水"), context)
    assert len(context.losses) == 1
    assert "U+6C34" in context.losses[0]


def test_invisible_characters_are_no_loss_and_hide_nothing() -> None:
    context = Context()
    data = WRITER.write(bodied(p("a\u202eb\u200bc\u2060d\ufeffe\u00adf\U000e0041g")), context)
    assert context.losses == []
    assert "abcdefg" in [one.text.replace("\u00ad", "") for one in told(data)]


# --- rude input
