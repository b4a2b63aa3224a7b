"""Previewing: what the paper would be as a page and on the web, a moment after a pause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

from pressdesk.base.errors import PressDeskError
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from pressdesk.desk.opening import Desk
    from pressdesk.desk.rendering import Pages, Web
    from pressdesk.press.house import House
    from pressdesk.press.release import Contact, Edition, Release

PAUSE_MS = 180
"""Quiet before a draft is drawn again; drawing a two-page release takes less than this."""


class PageWidget(Protocol):
    """The page view as far as previewing needs it."""

    wanted: SignalInstance

    def take(self, pages: Pages) -> None:
        """Show these pages."""
        ...

    def view(self) -> tuple[int, int, float]:
        """First page, number of pages and pixels per point that are visible."""
        ...

    def show_message(self, text: str) -> None:
        """Say why there is nothing to show."""
        ...


class WebWidget(Protocol):
    """The web view as far as previewing needs it."""

    def show_page(self, web: Web) -> None:
        """Show this page."""
        ...

    def show_message(self, text: str) -> None:
        """Say why there is nothing to show."""
        ...


@dataclass(frozen=True)
class PreviewOf:
    """What the preview is of: an issued sheet as it is, or a draft still to be composed."""

    sheet: Sheet | None
    release: Release
    edition: Edition
    house: House
    contacts: tuple[Contact, ...]


class Previewing(QObject):
    """Draws the open edition while its preview is in front.

    In:   ``front(key)`` "page", "web" or ""; ``near()``; ``refresh()``
    """

    def __init__(
        self, session: Session, writing: Writing, page: PageWidget, web: WebWidget
    ) -> None:
        super().__init__(session)
        self._session, self._writing, self._page, self._web = session, writing, page, web
        self.templates: Path | None = None
        self._front = ""
        self._ready = False
        self._stale = {"page": True, "web": True}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._draw)
        writing.changed.connect(self._changed)
        writing.shown.connect(lambda _open: self.refresh())
        session.house_changed.connect(self.refresh)
        page.wanted.connect(self._more)

    def use_templates(self, folder: Path | None) -> None:
        """The office's own templates, once the person agreed to them; None for ours."""
        self.templates = folder
        self.refresh()

    def front(self, key: str) -> None:
        """Another preview is in front, or none."""
        self._front = key
        if key and self._stale[key]:
            self._draw()

    def near(self) -> None:
        """Something will have to be drawn soon: have ready what draws it.

        Whoever never looks at a page pays neither its half second of CPU nor its memory.
        """
        if not self._ready:
            self._ready = True
            session = self._session
            session.lanes.render.run(
                self, session.renderer.warm, lambda _done: None, session.failed
            )

    def refresh(self) -> None:
        """What was drawn is of something else now."""
        self._stale = {"page": True, "web": True}
        if self._front:
            self._draw()

    def _changed(self) -> None:
        self._stale = {"page": True, "web": True}
        if self._front:
            self._timer.start()

    def _more(self, first: int, count: int, scale: float) -> None:
        """The page view scrolled or zoomed: the same document, other pages."""
        self._ask_pages(first, count, scale)

    def _draw(self) -> None:
        if self._session.archive is None:
            return
        if self._front == "page":
            self._stale["page"] = False
            first, count, scale = self._page.view()
            self._ask_pages(first, count, scale)
        elif self._front == "web":
            self._stale["web"] = False
            self._ask_web()

    def shown(self) -> PreviewOf | None:
        """The open edition as it stands; None when there is none."""
        values, current = self._writing.gather(), self._writing.current
        if values is None or current is None:
            return None
        session = self._session
        known = {contact.id: contact for contact in session.contacts}
        people = tuple(known[n] for n in values[1].contacts if n in known)
        return PreviewOf(
            current.issued.sheet if current.issued else None, *values, session.house, people
        )

    def _ask_pages(self, first: int, count: int, scale: float) -> None:
        shown, session = self.shown(), self._session
        archive = session.archive
        if shown is None or archive is None:
            return

        def work() -> Pages:
            sheet = sheet_of(shown, session)
            return session.renderer.pages(
                sheet, pictures(archive, sheet), first=first, count=count, scale=scale
            )

        session.lanes.render.run(self, work, self._page.take, self._page_failed, key="page")

    def _ask_web(self) -> None:
        shown, session = self.shown(), self._session
        archive = session.archive
        if shown is None or archive is None:
            return
        templates = self.templates

        def work() -> Web:
            sheet = sheet_of(shown, session)
            return session.renderer.web(sheet, pictures(archive, sheet), templates=templates)

        session.lanes.render.run(self, work, self._web.show_page, self._web_failed, key="web")

    def _page_failed(self, error: PressDeskError) -> None:
        self._said(self._page, error)

    def _web_failed(self, error: PressDeskError) -> None:
        self._said(self._web, error)

    def _said(self, view: PageWidget | WebWidget, error: PressDeskError) -> None:
        view.show_message(f"{error.what} {error.hint}".strip())


def sheet_of(shown: PreviewOf, session: Session) -> Sheet:
    """The sheet: as issued, or composed now. On a lane, never on the GUI thread."""
    if shown.sheet is not None:
        return shown.sheet
    from pressdesk.press.compose import compose

    return compose(shown.release, shown.edition, shown.house, shown.contacts, now=session.now())


def pictures(archive: Desk, sheet: Sheet) -> dict[str, bytes]:
    """The bytes of what the sheet draws; a lost picture is left out and drawn as missing."""
    from pressdesk.base.errors import NotFound
    from pressdesk.desk import exporting

    try:
        return dict(exporting.attachments(archive, sheet))
    except NotFound:
        return {}
