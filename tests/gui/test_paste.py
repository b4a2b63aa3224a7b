"""What is pasted or dropped: cleaned to the tree's nodes, and nothing it points to is opened."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QColor, QFont, QImage, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pressdesk.document import codec
from pressdesk.document.nodes import Document, Figure, Mark, Paragraph, Table, Text
from pressdesk.document.tools import normalise, plain
from pressdesk.gui.bridge import read
from pressdesk.gui.details.form import Form
from pressdesk.gui.frame.notice import NoticeBar
from pressdesk.gui.paper.editor import Editor
from pressdesk.gui.paper.paper_fields import PaperLine
from pressdesk.gui.paste import OWN, from_mime, to_mime
from tests.gui import documents


@pytest.fixture
def editor(qtbot: QtBot) -> Editor:
    made = Editor()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the paths that were asked for there."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_parts: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A file that is all one loud colour, easily seen where it must not be."""
    file = tmp_path / "canary.png"
    image = QImage(25, 25, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00fe"))
    assert image.save(str(file))
    return file


HOSTILE = [
    '<img src="{file}">',
    '<img src="{path}">',
    '<img src="{http}/a.png">',
    '<img srcset="{http}/a.png 2x" src="//127.0.0.1/x.png">',
    '<p style="background-image:url({http}/b.png)">x</p>',
    "<p style=\"background:url('{file}')\">x</p>",
    '<table background="{http}/c.png"><tr><td background="{file}">x</td></tr></table>',
    '<body background="{file}">x</body>',
    '<link rel="stylesheet" href="{http}/d.css"><p>x</p>',
    "<style>@import url({http}/e.css); p{{background:url({file})}}</style><p>x</p>",
    '<iframe src="{http}/f"></iframe>x',
    '<object data="{file}"></object><embed src="{http}/g">x',
    '<video poster="{http}/h.png"><source src="{http}/h.mp4"></video>x',
    '<audio src="{http}/i.mp3" autoplay></audio>x',
    '<svg><image href="{http}/j.png"/><script>1</script></svg>x',
    '<math><mtext><img src="{file}"></mtext></math>x',
    '<form action="{http}/k"><input type=image src="{http}/k.png"></form>x',
    '<base href="{http}/"><img src="l.png">x',
    '<meta http-equiv="refresh" content="0;url={http}/m">x',
    '<ul style="list-style-image:url({http}/n.png)"><li>x</li></ul>',
    '<a href="{file}"><img src="{http}/o.png">x</a>',
    '<p><img src="pd-asset:../../../{path}">x</p>',
    '<!--[if gte mso 9]><img src="{http}/p.png"><![endif]--><v:imagedata src="{file}"/>x',
    "<noscript><p title=\"</noscript><img src='{http}/q.png'>\">x</p></noscript>",
]


@pytest.mark.parametrize("vector", HOSTILE)
def test_nothing_pasted_is_ever_opened(
    editor: Editor, canary: tuple[str, list[str]], picture: Path, vector: str
) -> None:
    address, asked = canary
    html = vector.format(http=address, file=picture.as_uri(), path=picture)
    mime = QMimeData()
    mime.setHtml(html)
    editor.insertFromMimeData(mime)
    QTest.qWait(10)
    shown = editor.grab().toImage()
    loud = QColor("#ff00fe").rgb()
    spots = range(0, shown.width(), 6), range(0, shown.height(), 6)
    assert not any(shown.pixel(x, y) == loud for x in spots[0] for y in spots[1])
    assert asked == []
    assert str(picture) not in plain(editor.tree())


def test_the_canary_is_seen_where_qt_itself_would_paste(editor: Editor, picture: Path) -> None:
    """Proves that the test above can fail: the bare document opens the file."""
    from PySide6.QtWidgets import QTextEdit

    bare = QTextEdit()
    bare.resize(400, 300)
    bare.setHtml(f'<img src="{picture.as_uri()}">')
    loud = QColor("#ff00fe").rgb()
    shown = bare.grab().toImage()
    assert any(shown.pixel(x, 12) == loud for x in range(40))


@pytest.mark.parametrize("name", ["file:///etc/hostname", "http://127.0.0.1:9/x", "x.png", ":/x"])
def test_an_unknown_resource_is_one_clear_pixel(editor: Editor, name: str) -> None:
    image = editor.loadResource(2, QUrl(name))
    assert (image.width(), image.height(), image.pixel(0, 0)) == (1, 1, 0)


def test_a_picture_of_the_desk_is_drawn(editor: Editor, picture: Path) -> None:
    tree = Document((Figure("ab" * 32),))
    editor.show_tree(tree, {"ab" * 32: picture.read_bytes()})
    loud = QColor("#ff00fe").rgb()
    assert editor.grab().toImage().pixel(12, 12) == loud


def test_dropped_files_are_announced_and_not_opened(qtbot: QtBot, editor: Editor) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/somewhere/release.txt")])
    assert editor.canInsertFromMimeData(mime)
    with qtbot.waitSignal(editor.files_dropped) as heard:
        editor.insertFromMimeData(mime)
    assert heard.args == [["/somewhere/release.txt"]]
    assert editor.tree() == Document()


def test_a_pasted_picture_is_refused_with_a_remark(qtbot: QtBot, editor: Editor) -> None:
    mime = QMimeData()
    mime.setHtml('<p>x</p><img src="https://river.example/x.png">')
    with qtbot.waitSignal(editor.remark):
        editor.insertFromMimeData(mime)
    assert editor.tree() == Document((Paragraph((Text("x"),)),))


@pytest.mark.parametrize("seed", range(40))
def test_our_own_form_survives_the_clipboard(seed: int) -> None:
    tree = normalise(documents.sample(seed))
    assert from_mime(to_mime(tree)).tree == tree


def test_our_own_form_is_not_trusted_blindly() -> None:
    bad = Document((Figure("../x"), Paragraph((Text("x", link="javascript:alert(1)"),))))
    mime = QMimeData()
    mime.setData(OWN, QByteArray(codec.dumps(bad)))
    assert from_mime(mime).tree == Document((Paragraph((Text("x"),)),))
    mime.setData(OWN, QByteArray(b"{broken"))
    mime.setText("words")
    assert from_mime(mime).tree == Document((Paragraph((Text("words"),)),))


def test_plain_text_keeps_its_paragraphs(editor: Editor) -> None:
    mime = QMimeData()
    mime.setText("one\r\ntwo\n\n\nthree\n")
    editor.insertFromMimeData(mime)
    assert plain(editor.tree()) == "one\ntwo\n\nthree"
    assert len(editor.tree().blocks) == 2


def test_pasting_words_only_drops_the_marks() -> None:
    mime = to_mime(Document((Paragraph((Text("x", Mark.STRONG),)),)))
    assert from_mime(mime, only_text=True).tree == Document((Paragraph((Text("x"),)),))


def test_one_paragraph_flows_into_the_text_and_one_undo_takes_it_out(editor: Editor) -> None:
    editor.show_tree(Document((Paragraph((Text("ac"),)),)))
    cursor = editor.textCursor()
    cursor.setPosition(1)
    editor.setTextCursor(cursor)
    mime = QMimeData()
    mime.setHtml("<b>b</b>")
    editor.insertFromMimeData(mime)
    b = Text("b", Mark.STRONG)
    assert editor.tree() == Document((Paragraph((Text("a"), b, Text("c"))),))
    editor.document().undo()
    assert plain(editor.tree()) == "ac"


def test_in_a_cell_everything_becomes_lines(editor: Editor) -> None:
    editor.insert_table(1, 1)
    mime = QMimeData()
    mime.setHtml("<p>a</p><table><tr><td>b</td></tr></table>")
    editor.insertFromMimeData(mime)
    table = editor.tree().blocks[0]
    assert isinstance(table, Table)
    assert plain(Document((table,))) == "a\nb"


@pytest.mark.parametrize("seed", range(30))
def test_pasting_anywhere_keeps_reading_and_undo_right(editor: Editor, seed: int) -> None:
    editor.show_tree(documents.sample(seed))
    before = editor.tree()
    cursor = editor.textCursor()
    cursor.setPosition((seed * 7) % editor.document().characterCount())
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    editor.setTextCursor(cursor)
    pasted = normalise(documents.sample(seed + 500))
    editor.insertFromMimeData(to_mime(pasted))
    after = editor.tree()
    assert after == read(editor.document())
    for word in plain(pasted).split():
        assert word in plain(after)
    if editor.document().isUndoAvailable():
        editor.document().undo()
    assert editor.tree() == before


def test_a_pasted_unbroken_megabyte_is_kept_whole(editor: Editor) -> None:
    mime = QMimeData()
    mime.setText("x" * 1_000_000)
    editor.insertFromMimeData(mime)
    assert plain(editor.tree()) == "x" * 1_000_000


def tracked(*, text: str = "by majority adopted") -> QMimeData:
    """What Word puts on the clipboard: the page, and plain text with all it shows struck out."""
    mime = QMimeData()
    mime.setHtml("<!--StartFragment--><p><del>by majority </del>adopted</p><!--EndFragment-->")
    mime.setText(text)
    return mime


def test_what_was_left_out_is_said(qtbot: QtBot, editor: Editor) -> None:
    with qtbot.waitSignal(editor.remark) as heard:
        editor.insertFromMimeData(tracked())
    assert heard.args == ["1 deletion was left out."]
    assert plain(editor.tree()) == "adopted"


def test_all_that_stayed_behind_is_said_at_once(qtbot: QtBot, editor: Editor) -> None:
    """The bar shows the latest remark only: the second would hide the first."""
    mime = QMimeData()
    mime.setHtml("<p>a<del>b</del><img src='x.png'></p>")
    bar = NoticeBar()
    qtbot.addWidget(bar)
    editor.remark.connect(bar.remark)
    editor.insertFromMimeData(mime)
    shown = bar.current()
    assert shown is not None
    assert "1 deletion was left out." in shown.what
    assert "Pictures are not pasted" in shown.what


def test_a_clipboard_of_deletions_alone_pastes_nothing() -> None:
    """Its plain text has the deleted words: it is no way round."""
    mime = QMimeData()
    mime.setHtml("<p><del>by majority</del></p>")
    mime.setText("by majority")
    taken = from_mime(mime)
    assert taken.tree == Document()
    assert taken.remarks == ("1 deletion was left out.",)


def test_words_only_are_those_the_page_shows() -> None:
    taken = from_mime(tracked(), only_text=True)
    assert plain(taken.tree) == "adopted"
    assert taken.remarks == ("1 deletion was left out.",)


def test_words_only_are_the_plain_text_where_the_page_hides_nothing() -> None:
    mime = QMimeData()
    mime.setHtml("<ul><li>a</ul>")
    mime.setText("- a")
    assert from_mime(mime, only_text=True).tree == Document((Paragraph((Text("- a"),)),))


def test_a_headline_takes_no_deleted_word(qtbot: QtBot) -> None:
    line = PaperLine("headline", "Headline", QFont())
    qtbot.addWidget(line)
    with qtbot.waitSignal(line.remark) as heard:
        line.insertFromMimeData(tracked())
    assert heard.args == ["1 deletion was left out."]
    assert line.toPlainText() == "adopted"


@pytest.mark.parametrize("name", ["summary", "notes", "boilerplate"])
def test_a_text_of_the_form_takes_no_deleted_word(qtbot: QtBot, name: str) -> None:
    form = Form()
    qtbot.addWidget(form)
    text = getattr(form, name).text
    with qtbot.waitSignal(form.remark) as heard:
        text.insertFromMimeData(tracked())
    assert heard.args == ["1 deletion was left out."]
    assert text.toPlainText() == "adopted"


def test_a_text_of_the_form_keeps_the_lines_of_plain_text(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    mime = QMimeData()
    mime.setHtml("<p>a</p><p>b</p>")
    mime.setText("a\nb\n\n\nc")
    form.summary.text.insertFromMimeData(mime)
    assert form.summary.text.toPlainText() == "a\nb\n\n\nc"
