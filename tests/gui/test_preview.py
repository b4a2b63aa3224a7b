"""The previews show what they are given, keep their place, and load nothing by themselves."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from pressdesk.desk.render_jobs import PageImage, Pages, Web
from pressdesk.gui.output import page_stack
from pressdesk.gui.output.page_stack import PagePoint, Stack
from pressdesk.gui.output.page_view import PageView
from pressdesk.gui.output.preview import PagePreview, WebPreview
from pressdesk.gui.output.web_view import WebView

A4 = (595.0, 842.0)
RED, BLUE = 0xFFCC0000, 0xFF0000CC


def pages(count: int, drawn=(), scale: float = 1.0, colour: int = RED, of: str = "a") -> Pages:
    def image(number: int) -> PageImage:
        width, height = round(A4[0] * scale), round(A4[1] * scale)
        pixels = struct.pack("<I", colour) * (width * height)
        return PageImage(number, width, height, 4 * width, pixels)

    return Pages(count, (A4,) * count, scale, tuple(map(image, drawn)), of)


@pytest.fixture
def view(qtbot) -> PageView:
    made = PageView()
    qtbot.addWidget(made)
    made.resize(452, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(view: PageView, count: int, **what) -> None:
    """Give the view its visible pages at its own scale."""
    first, number, scale = view.view()
    view.take(pages(count, range(first, min(count, first + number)), scale, **what))


def middle(view: PageView) -> QColor:
    return view.grab().toImage().pixelColor(view.width() // 2, view.height() // 2)


def test_it_asks_for_what_is_visible_and_stops_when_it_has_it(qtbot, view: PageView) -> None:
    with qtbot.waitSignal(view.wanted) as asked:
        view.take(pages(5))
    first, count, scale = asked.args
    assert (first, count) == (0, 2)
    assert scale == view.view()[2]
    with qtbot.assertNotEmitted(view.wanted, wait=80):
        view.take(pages(5, range(first, first + count), scale))
    assert middle(view) == QColor(RED)


def test_a_hair_of_another_scale_is_not_drawn_again(qtbot, view: PageView) -> None:
    with qtbot.assertNotEmitted(view.wanted, wait=80):
        view.take(pages(2, (0, 1), view.view()[2] * 1.00001))


def test_the_old_page_stays_until_the_new_one_is_there(qtbot, view: PageView) -> None:
    show(view, 3)
    with qtbot.waitSignal(view.wanted):
        view.take(pages(3, of="b"))
    assert middle(view) == QColor(RED)
    show(view, 3, colour=BLUE, of="b")
    assert middle(view) == QColor(BLUE)


def test_scrolling_asks_for_the_pages_that_come_into_sight(qtbot, view: PageView) -> None:
    show(view, 9)
    bar = view.verticalScrollBar()
    with qtbot.waitSignal(view.wanted) as asked:
        bar.setValue(bar.maximum())
    assert asked.args[0] + asked.args[1] == 9
    assert view.position() == (9, 9)
    assert "Page 9 of 9" in view.accessibleDescription()


def test_the_place_is_kept_when_pages_are_added_before_the_end(view: PageView) -> None:
    show(view, 6)
    view.verticalScrollBar().setValue(1500)
    show(view, 8, of="b")
    assert view.verticalScrollBar().value() == 1500


def test_a_shorter_text_and_a_longer_one_again(view: PageView) -> None:
    show(view, 9)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    show(view, 1, of="b")
    assert view.position() == (1, 1)
    show(view, 9, of="c")
    assert view.verticalScrollBar().maximum() > 4000


def test_another_release_is_shown_from_its_top(view: PageView) -> None:
    show(view, 6)
    view.verticalScrollBar().setValue(1500)
    view.start_over()
    show(view, 6, of="b")
    assert view.verticalScrollBar().value() == 0


def test_a_page_fits_the_width_also_after_a_resize(qtbot, view: PageView) -> None:
    show(view, 3)
    assert view.horizontalScrollBar().maximum() == 0
    before = view.zoom()
    with qtbot.waitSignal(view.wanted):
        view.resize(700, 700)
    assert view.zoom() > before
    assert view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("fit", ["width", "page"])
@pytest.mark.parametrize("size", [(300, 320), (452, 700), (900, 500), (1500, 300)])
def test_fitting_never_swings(qtbot, view: PageView, fit: str, size: tuple[int, int]) -> None:
    view.resize(*size)
    show(view, 1)
    view.set_fit(fit)
    QApplication.processEvents()
    zoom = view.zoom()
    for _turn in range(5):
        QApplication.processEvents()
    assert view.zoom() == zoom
    assert view.horizontalScrollBar().maximum() == 0


def test_keys_zoom_and_scroll(qtbot, view: PageView) -> None:
    show(view, 4)
    before = view.zoom()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom() == pytest.approx(before * 1.2)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom() < before
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert (view.zoom(), view.fit()) == (before, "width")
    bar = view.verticalScrollBar()
    for key, value in ((Qt.Key.Key_End, bar.maximum()), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(view, key)
        assert bar.value() == value
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert bar.value() == bar.pageStep()


def test_ctrl_and_the_wheel_zoom_where_the_pointer_is(view: PageView) -> None:
    show(view, 4)
    view.verticalScrollBar().setValue(600)
    at = QPointF(200, 300)
    stack = Stack((A4,) * 4, view.zoom(), view.viewport().width())
    before = stack.place(600 + at.y())
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    zoomed = Stack((A4,) * 4, view.zoom(), view.viewport().width())
    after = zoomed.place(view.verticalScrollBar().value() + at.y())
    assert view.zoom() == pytest.approx(stack.zoom * 1.44)
    assert (after.page, after.down) == (before.page, pytest.approx(before.down, abs=0.01))


def test_words_say_why_there_is_nothing_and_go_when_there_is(view: PageView) -> None:
    bare = view.grab().toImage()
    view.show_message("The page could not be drawn. Your text is safe.")
    assert view.grab().toImage() != bare
    assert view.accessibleDescription().startswith("The page could not")
    show(view, 1)
    assert view.accessibleDescription().startswith("Page 1 of 1")
    assert middle(view) == QColor(RED)


def test_a_hidden_view_asks_for_nothing(qtbot, view: PageView) -> None:
    view.hide()
    with qtbot.assertNotEmitted(view.wanted, wait=80):
        view.take(pages(3))
    with qtbot.waitSignal(view.wanted):
        view.show()


def test_nothing_open_shows_nothing(qtbot, view: PageView, web: WebView) -> None:
    bare, paper = view.grab().toImage(), web.grab().toImage()
    show(view, 3)
    web.show_html("<p>Text</p>")
    assert web.grab().toImage().pixelColor(200, 400) == QColor("white")
    view.start_over()
    view.clear()
    web.clear()
    with qtbot.assertNotEmitted(view.wanted, wait=300):
        assert view.grab().toImage() == bare
    assert web.grab().toImage() == paper
    assert view.position() == (0, 0)


def test_far_pages_are_forgotten(qtbot, view: PageView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressdesk.gui.output.page_view.KEPT_PIXELS", 3 * 450 * 650)
    scale = view.view()[2]
    view.take(pages(30, range(12), scale))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    view.take(pages(30, (28, 29), scale))
    with qtbot.waitSignal(view.wanted) as asked:
        bar.setValue(0)
    assert asked.args[0] == 0


sizes = st.lists(st.sampled_from([A4, (612.0, 792.0), (842.0, 595.0)]), min_size=1, max_size=40)


@given(sizes, st.floats(0.25, 4), st.integers(100, 2000), st.floats(0, 1))
def test_every_height_has_one_place(shown, zoom: float, width: int, part: float) -> None:
    stack = Stack(tuple(shown), zoom, width)
    y = stack.content[1] * part
    assert stack.height_of(stack.place(y)) == pytest.approx(y)
    seen = stack.between(y, y + 300)
    hits = [n for n in range(len(shown)) if stack.rect(n).top() < y + 300]
    hits = [n for n in hits if stack.rect(n).bottom() > y]
    assert list(seen)[: len(hits)] == hits


def test_a_place_on_a_page_that_is_gone_is_the_end() -> None:
    stack = Stack((A4,), 1.0, 800)
    assert stack.height_of(PagePoint(7, 0.5)) == stack.rect(0).bottom()
    assert Stack((), 1.0, 800).height_of(PagePoint(7, 0.5)) == 0


# --- the pane around the pages


def test_the_bar_tells_page_and_zoom_and_its_buttons_act(qtbot) -> None:
    pane = PagePreview()
    qtbot.addWidget(pane)
    pane.resize(452, 700)
    pane.show()
    first, count, scale = pane.pages.view()
    pane.pages.take(pages(3, range(count), scale))
    texts = {label.objectName(): label.text() for label in pane.findChildren(QLabel)}
    assert texts["previewplace"] == "Page 1 of 3"
    larger = next(b for b in pane.findChildren(QToolButton) if "zoom in" in b.accessibleName())
    before = pane.pages.view()[2]
    larger.click()
    assert pane.pages.view()[2] == pytest.approx(before * 1.2)
    assert all(b.accessibleName() for b in pane.findChildren(QToolButton))
    assert first == 0


# --- the web page


PNG = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
    )
).decode()


def loaded(view: WebView, address: str) -> QImage:
    return view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(address))


@pytest.fixture
def web(qtbot) -> WebView:
    made = WebView()
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.png", "//host/share/x.png", "x.png", "qrc:/x.png", "data:,x", "data:",
     "data:image/png;base64,%%%", "data:image/svg+xml;base64,PHN2Zz4=", ""],
)  # fmt: skip
def test_nothing_is_loaded_from_anywhere(web: WebView, address: str) -> None:
    image = loaded(web, address)
    assert (image.width(), image.height(), image.pixelColor(0, 0).alpha()) == (1, 1, 0)


def test_a_local_picture_is_neither_read_nor_drawn(web: WebView, tmp_path) -> None:
    secret = QImage(50, 50, QImage.Format.Format_RGB32)
    secret.fill(QColor(RED))
    secret.save(str(tmp_path / "secret.png"))
    url = QUrl.fromLocalFile(str(tmp_path / "secret.png")).toString()
    web.show_html(f'<style>@import url({url});</style><p>x</p><img src="{url}" width="50">')
    drawn = web.grab().toImage()
    found = (drawn.pixelColor(x, y) for x in range(0, 400, 5) for y in range(0, 300, 5))
    assert QColor(RED) not in found


def test_a_picture_in_the_page_itself_is_drawn(web: WebView) -> None:
    assert loaded(web, f"data:image/png;base64,{PNG}").width() == 2


def test_the_place_is_kept_over_a_refresh_and_left_for_another_release(web: WebView) -> None:
    long = "<p>word</p>" * 300
    web.show_html(long)
    web.verticalScrollBar().setValue(2000)
    web.show_html(long)
    assert web.verticalScrollBar().value() == pytest.approx(2000, abs=2)
    web.start_over()
    web.show_html(long)
    assert web.verticalScrollBar().value() == 0


def test_zooming_enlarges_what_is_measured_in_pixels(qtbot, web: WebView) -> None:
    web.show_html("<style>p { font-size: 15px; }</style><p>" + "word " * 200 + "</p>")
    before = web.document().size().height()
    with qtbot.waitSignal(web.zoomed):
        web.zoom_by(2)
    assert web.document().size().height() > 2 * before


def test_a_link_is_told_and_not_followed(qtbot, web: WebView) -> None:
    web.show_html('<p><a href="https://river.example/a?b=%20c">here</a></p>')
    with qtbot.waitSignal(web.link_clicked) as clicked:
        web.anchorClicked.emit(QUrl("https://river.example/a?b=%20c"))
    assert clicked.args == ["https://river.example/a?b=%20c"]
    assert "here" in web.toPlainText()


def test_the_web_pane_shows_losses_and_offers_the_browser(qtbot) -> None:
    pane = WebPreview()
    qtbot.addWidget(pane)
    pane.show()
    note = pane.findChild(QLabel, "previewnote")
    pane.show_page(Web("<p>Text</p>", ("Your template has an error in line 7.",)))
    assert note.isVisible()
    assert note.text() == "Your template has an error in line 7."
    pane.show_page(Web("<p>Text</p>"))
    assert not note.isVisible()
    with qtbot.waitSignal(pane.browse):
        pane.findChild(QPushButton, "browse").click()


def test_zoom_has_limits() -> None:
    assert page_stack.bounded(99) == page_stack.LARGEST
    assert page_stack.fitting("page", (), 10, 10) == page_stack.SMALLEST
