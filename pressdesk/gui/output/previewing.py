"""Updates the previews shortly after a pause in typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from pressdesk.base.errors import PressDeskError
from pressdesk.desk import exporting
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit.parts import pause
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.sheet import Sheet

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressdesk.desk.opening import Desk
    from pressdesk.gui.output.page_view import PageView
    from pressdesk.gui.output.preview import WebPreview
    from pressdesk.press.house import House
    from pressdesk.press.release import Contact, Edition, Release

T = TypeVar("T")

PAUSE_MS = 180
"""Quiet before a draft is drawn again; drawing a two-page release takes less than this."""


@dataclass(frozen=True)
class PreviewOf:
    """What the preview is of: an issued sheet as it is, or a draft still to be composed."""

    issued: Sheet | None
    release: Release
    edition: Edition
    house: House
    contacts: tuple[Contact, ...]

    def sheet(self, now: datetime) -> Sheet:
        """The sheet: as issued, or composed now. On a lane, never on the GUI thread."""
        if self.issued is not None:
            return self.issued
        from pressdesk.press.compose import compose

        return compose(self.release, self.edition, self.house, self.contacts, now=now)


class Previewing(QObject):
    """Draws the open edition while its preview is in front.

    In:   ``front(key)`` "page", "web" or ""; ``near()``; ``refresh()``
    """

    def __init__(self, session: Session, writing: Writing, page: PageView, web: WebPreview) -> None:
        super().__init__(session)
        self._session, self._writing, self._page, self._web = session, writing, page, web
        self.templates: Path | None = None
        self._front = ""
        self._ready = False
        self._stale = {"page": True, "web": True}
        self._timer = pause(self, PAUSE_MS, self._draw)
        writing.changed.connect(self._changed)
        writing.shown.connect(lambda _open: self._begin())
        session.house_changed.connect(self.refresh)
        page.wanted.connect(self._ask_pages)

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
            session.lanes.render.run(self, session.renderer.warm, self._warm_web, session.failed)

    def _warm_web(self, _done: None) -> None:
        """Behind the pages, and behind those asked for meanwhile: they come first to hand."""
        session = self._session
        warm = partial(session.renderer.warm, web=True)
        session.lanes.render.run(self, warm, lambda _done: None, session.failed)

    def refresh(self) -> None:
        """What was drawn is of something else now."""
        self._stale = {"page": True, "web": True}
        if self._front:
            self._draw()

    def _begin(self) -> None:
        """Another release is open, or none: no page of the one before is shown any more."""
        for key in ("page", "web"):
            self._session.lanes.render.forget(key)
        self.refresh()

    def _changed(self) -> None:
        self._stale = {"page": True, "web": True}
        if self._front:
            self._timer.start()

    def _draw(self) -> None:
        if self._session.archive is None or not self._front:
            return
        self._stale[self._front] = False
        if self._front == "page":
            self._ask_pages(*self._page.view())
        else:
            draw = partial(self._session.renderer.web, templates=self.templates)
            self._ask(draw, self._web.show_page, self._web.show_message, "web")

    def _shown(self) -> PreviewOf | None:
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
        """Also when the page view was scrolled or zoomed: the same document, other pages."""
        draw = partial(self._session.renderer.pages, first=first, count=count, scale=scale)
        self._ask(draw, self._page.take, self._page.show_message, "page")

    def _ask(
        self,
        draw: Callable[[Sheet, Mapping[str, bytes]], T],
        show: Callable[[T], None],
        say: Callable[[str], None],
        key: str,
    ) -> None:
        def work(archive: Desk, _shown: PreviewOf, sheet: Sheet) -> T:
            return draw(sheet, exporting.attachments(archive, sheet))

        def failed(error: PressDeskError) -> None:
            say(f"{error.what} {error.hint}".strip())

        self.with_sheet(work, show, failed, key)

    def with_sheet(
        self,
        work: Callable[[Desk, PreviewOf, Sheet], T],
        done: Callable[[T], None],
        failed: Callable[[PressDeskError], None],
        key: str,
    ) -> None:
        """Work on the sheet of the open edition as it stands, on the page lane; a later work
        of the same key replaces it. Nothing where none is open, or another desk by then."""
        shown, session = self._shown(), self._session
        archive = session.archive
        if shown is not None and archive is not None:

            def of_sheet() -> T:
                return work(archive, shown, shown.sheet(session.sure()))

            told, wrong = session.here(done), session.here(failed)
            session.lanes.render.run(self, of_sheet, told, wrong, key=key)
