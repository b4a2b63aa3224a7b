"""One window on one desk: its widgets, its stories and the wires between them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtGui import QDesktopServices

from pressdesk.base.address import Address
from pressdesk.base.i18n import _
from pressdesk.base.settings import Settings
from pressdesk.desk import running
from pressdesk.desk.autosave import Standing
from pressdesk.desk.browser_copies import BrowserCopies
from pressdesk.desk.rendering import Renderer
from pressdesk.document.tools import TextLength
from pressdesk.gui.desks.copies import Choosing
from pressdesk.gui.desks.desks import Desks
from pressdesk.gui.desks.house_style import HouseStyle
from pressdesk.gui.desks.preferences import Preferences
from pressdesk.gui.desks.register import Verifying
from pressdesk.gui.desks.thrown_away import ThrownAway
from pressdesk.gui.desks.upkeep import Care
from pressdesk.gui.details.form import Form
from pressdesk.gui.details.people import People
from pressdesk.gui.frame.clockwork import Clockwork
from pressdesk.gui.frame.commands import Command, Commands, Need
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.frame.statusline import StatusLine
from pressdesk.gui.frame.topbar import TopBar
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.history.history import History
from pressdesk.gui.history.panel import HistoryPanel
from pressdesk.gui.importing.importing import Importing
from pressdesk.gui.kit import theme
from pressdesk.gui.list.browsing import Browsing
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.gui.list.search_field import SearchField
from pressdesk.gui.office.office import Office
from pressdesk.gui.output.exporting import Exporting
from pressdesk.gui.output.preview import PagePreview, WebPreview
from pressdesk.gui.output.previewing import Previewing
from pressdesk.gui.output.printing import Printing
from pressdesk.gui.paper.issuing import Issuing
from pressdesk.gui.paper.middle import Middle
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.showing import Showing
from pressdesk.gui.paper.starting import Starting
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.embargo import zone_of
from pressdesk.press.listing import Glance, ReleaseRow
from pressdesk.press.release import Edition

Place = tuple[int, str | None]
"""A release, and which of its languages."""


class DeskWindow(QObject):
    """Everything of one window, and its child: goes with it, on the GUI thread.

    Out:  ``theme_chosen(Settings)``, ``language_chosen(Settings)`` the window is to change.
    """

    theme_chosen = Signal(object)
    language_chosen = Signal(object)

    def __init__(self, main: MainWindow, renderer: Renderer, chosen: Settings) -> None:
        super().__init__(main)
        self.main = main
        self.session = Session(renderer, self)
        self._ended, self._waiting_for_first = False, False
        self._place: Place | None = None
        self._typed_before = 0
        self.glanced = self.listed = False
        """True once the first of the list is on the screen, and once it is that of an open desk."""
        self._widgets()
        self._stories(chosen)
        self._wire_paper()
        self._wire_list()
        self._wire_output()
        self._wire_desk()
        self.commands = Commands(main, self._declared())
        self.topbar.set_more(self.commands.menu())
        self._nothing_open()
        self.main.restore_panes(_bytes(chosen.panes))
        self.panel.head.show_unfolded(chosen.unfolded)

    def _widgets(self) -> None:
        self.search = SearchField()
        self.topbar, self.panel = TopBar(self.search), ReleasePanel()
        self.middle, self.form = Middle(), Form()
        self.page, self.web = PagePreview(), WebPreview()
        self.history_panel = HistoryPanel()
        self.status = StatusLine()
        self.paper = self.middle.pane.paper
        sides = (self.form, self.page, self.web, self.history_panel)
        self.main.lay_out(self.topbar, self.panel, self.middle, sides, self.status)

    def _stories(self, chosen: Settings) -> None:
        session, window, pane = self.session, self.main, self.middle.pane
        self.writing = Writing(session, self.paper)
        self.showing = Showing(session, self.writing, pane, self.form)
        self.starting = Starting(session, self.writing)
        self.issuing = Issuing(session, self.writing, self.form, window)
        self.history = History(session, self.writing, self.history_panel, window)
        self.previewing = Previewing(session, self.writing, self.page.pages, self.web)
        self.exporting = Exporting(session, self.writing, self.previewing, window, chosen)
        self.printing = Printing(session, self.exporting, window)
        self.copies = BrowserCopies()
        self.browsing = Browsing(session, self.panel, self.search, self.writing, self.showing, pane)
        self.importing = Importing(session, window)
        self.people = People(session, self._on_paper, self.form, window)
        self.house_style, self.trash = HouseStyle(session, window), ThrownAway(session, window)
        self.desks, self.care = Desks(session, window), Care(session, window)
        self.verifying = Verifying(session, window)
        self.preferences, self.choosing = Preferences(window), Choosing(session)
        notices = self.middle.notices
        self.office = Office(
            session, self.writing, self.desks, self.paper, notices, self.status, window
        )
        Clockwork(session)

    def _declared(self) -> tuple[Command, ...]:
        """The commands of all parts, in the order of the menu."""
        parts = (
            *(self.topbar, self.desks, self.office, self.writing, self.history, self.main),
            *(self.search, self.printing, self.starting, self.browsing, self.issuing),
            *(self.people, self.house_style, self.trash, self.care, self.verifying),
            self.preferences,
        )
        return tuple(command for part in parts for command in part.commands())

    # --- wires

    def _wire_paper(self) -> None:
        writing, paper, status = self.writing, self.paper, self.status
        writing.standing.connect(self._standing)
        writing.settling.connect(self.form.commit)
        writing.shown.connect(self._begin_previews)
        self.showing.opened.connect(self._opened)
        self.showing.nothing_open.connect(self._nothing_open)
        text = paper.text
        text.counted.connect(lambda words, mins: status.show_counts(TextLength(words, 0, mins)))
        for place in (paper, self.form):
            place.remark.connect(self.middle.notices.remark)
        text.files_dropped.connect(self.importing.files)
        text.link_activated.connect(lambda url: QDesktopServices.openUrl(url))
        paper.title_edited.connect(lambda _text: self._title())
        status.discard_wanted.connect(writing.discard)
        self.starting.begun.connect(lambda: self.paper.head.headline.setFocus())
        self.issuing.form_wanted.connect(lambda: self.main.show_side("details"))
        self.issuing.next_wanted.connect(self.starting.next_edition)
        self.people.added.connect(self.showing.put_on)

    def _wire_list(self) -> None:
        panel, topbar, empty = self.panel, self.topbar, self.middle.empty
        panel.entered.connect(lambda _id: self.paper.text.setFocus())
        panel.duplicate_wanted.connect(self.starting.duplicate)
        panel.trash_wanted.connect(self.starting.trash)
        self.desks.glanced.connect(self._glanced)
        panel.opened.connect(self._wanted_first)
        self.browsing.listing.first.connect(self._first_row)
        self.browsing.listing.unread.connect(self._unread)
        self.browsing.indexing.progressed.connect(self.status.show_task)
        topbar.new_requested.connect(self.starting.new)
        topbar.import_requested.connect(self.importing.choose)
        topbar.export_requested.connect(self.exporting.export)
        topbar.issue_requested.connect(self.issuing.go_on)
        empty.new_requested.connect(self.starting.new)
        empty.import_requested.connect(self.importing.choose)
        empty.samples_requested.connect(self.desks.open_samples)

    def _wire_output(self) -> None:
        self.main.preview_shown.connect(self.previewing.front)
        self.main.preview_neared.connect(self.previewing.near)
        self.web.browse.connect(lambda: self.exporting.browse(self.copies))
        self.preferences.templates.connect(self.previewing.use_templates)
        self.web.page.link_clicked.connect(lambda url: QDesktopServices.openUrl(url))

    def _wire_desk(self) -> None:
        session, notices, writing = self.session, self.middle.notices, self.writing
        session.trouble.connect(notices.trouble)
        session.remark.connect(notices.remark)
        session.entered.connect(self._entered)
        session.house_changed.connect(self._house)
        told = (self.starting, self.issuing, self.importing, self.desks, self.care)
        for story in (*told, self.verifying, self.preferences):
            story.notice.connect(notices.show_notice)
        for story in (self.desks, self.care):
            story.leaving.connect(writing.close)
            story.leaving.connect(self.importing.finish)
        self.desks.show_wanted.connect(writing.open)
        self.care.reopened.connect(session.enter)
        self.desks.take_over_wanted.connect(self.care.repairs.look_over)
        self.care.repairs.made.connect(self.desks.open)
        self.importing.accepted.connect(self._accepted)
        self.importing.filed.connect(self._imported)
        self.importing.undoing.connect(writing.close)
        self.trash.restore.connect(self.starting.restore)
        self.preferences.chosen.connect(self.theme_chosen)
        self.preferences.chosen.connect(self.history.sign)
        self.preferences.language_chosen.connect(self.language_chosen)
        self.preferences.trouble.connect(notices.trouble)
        self.preferences.asking.connect(self.choosing.attend)
        self.choosing.mirror_chosen.connect(self.office.mirroring.renew)
        self.main.closing.connect(self.end)

    # --- the life of the window

    def start(self, desk: Address | None, place: Place | None = None) -> None:
        """After the first paint: open the desk.

        place  the release and language to come up with; the newest by default
        """
        self._place = place
        self.desks.crashed_before = running.begin()
        self.desks.open_first(desk)
        QTimer.singleShot(0, self, self._come_up_wide)  # by then the panes are shown
        self.session.lanes.background.run(
            self, self.copies.sweep, lambda _n: None, self.session.failed, turn="copies"
        )
        QTimer.singleShot(1500, theme.load_rare_fonts)

    def _come_up_wide(self) -> None:
        """A page in front is drawn as soon as there is one: its child starts beside the desk."""
        if self.main.preview_in_front():
            self.previewing.near()

    def end(self) -> None:
        """Keep what was typed, remember the window, close lanes and desk. Idempotent."""
        if self._ended:
            return
        self._ended = True
        self.form.commit()
        self.office.outage.end()
        self.writing.flush()  # in front of an import that may take longer than the system waits
        self.importing.end()
        self.importing.finish()
        self.writing.finish()
        self.browsing.end()
        self.preferences.remember(*self.main.state(), self.panel.head.unfolded())
        self.care.end()
        self.verifying.end()
        self.office.end()
        self.session.leave()
        self.copies.close()
        running.end()

    def place(self) -> Place | None:
        """The release and language on the paper."""
        current = self.writing.current
        return (current.release.id, current.edition.language) if current else None

    def _on_paper(self) -> Edition | None:
        current = self.writing.current
        return current.edition if current else None

    def desk_path(self) -> Address | None:
        """The desk that is open."""
        return self.session.archive.place if self.session.archive else None

    def settled(self) -> bool:
        """True when no lane has work and nothing waits to be drawn."""
        quiet = self.session.lanes.idle() and not self._waiting_for_first
        return quiet and not self.desks.glancing

    def crashed(self, report: Path | None) -> None:
        """After an unexpected error: save what was typed and show where the report is."""
        self.writing.flush()
        where = _("An error report was saved to {path}. It contains none of your text.")
        hint = where.format(path=report) if report else ""
        self.middle.notices.show_notice(
            Notice(_("Something went wrong in PressDesk. Your text is safe."), hint, "bad")
        )

    # --- what there is now

    def _entered(self) -> None:
        """Another desk: where nothing can be changed, nothing is there to do it."""
        archive, only = self.session.archive, self.session.read_only
        if archive is None:
            return
        self.middle.notices.leave()
        self.status.show_desk(archive.place.name)
        self.status.show_reachable(True)
        self.status.show_reading(only)
        self.topbar.set_reading(only)
        self.panel.set_reading(only, only_out=archive.reading)
        self.middle.pane.set_reading(only)
        self.main.side.show_tab("history", not archive.reading)
        self._title()
        self._house()
        self._offer()
        self._waiting_for_first = True
        self.preferences.consider(archive.place)

    def _offer(self) -> None:
        """Commands and buttons follow what there is."""
        archive, current = self.session.archive, self.writing.current
        has = Need.NOTHING
        if not self.session.read_only:
            has |= Need.WRITABLE
        if archive is None or not archive.reading:
            has |= Need.RECORD
        if current is not None:
            has |= Need.OPEN
            if current.editable and not self.session.read_only:
                has |= Need.DRAFT
        self.commands.show(has)
        writable, opened = Need.WRITABLE in has, Need.OPEN in has
        self.topbar.offer(import_=writable, export=opened, issue=writable and opened)
        self.topbar.set_issue(_("Issue…") if Need.DRAFT in has else _("New edition"))

    def _house(self) -> None:
        house = self.session.house
        self._local(house.languages, house.zone)
        self.status.set_zone(zone_of(house.zone))

    def _local(self, languages: tuple[str, ...], zone: str) -> None:
        """The languages and the clock of the list."""
        here = zone_of(zone)
        self.panel.set_languages(languages)
        self.panel.set_clock(lambda: self.session.sure().astimezone(here))

    def _glanced(self, glance: Glance | None) -> None:
        if glance is not None:
            self._local(glance.languages, glance.zone)
        else:  # what was chosen in it is no place in another
            self._place = None
        self.browsing.listing.show_glance(glance.rows if glance else ())
        self.glanced = glance is not None

    def _wanted_first(self, release_id: int) -> None:
        """A row was chosen before the desk is open: it comes up with that."""
        if self.session.archive is None:
            self._place = release_id, None

    def _first_row(self, row: ReleaseRow | None) -> None:
        """A desk comes up with its newest release on the paper."""
        if row is None and self.writing.current is None:
            empty = self.browsing.listing.unfiltered and not self.session.read_only
            self.middle.show_nothing(empty_desk=empty)
        if row is not None and self._waiting_for_first and self.writing.current is None:
            release_id, language = self._place or (row.id, None)
            self.writing.open(release_id, language)
        self._place = None
        self._waiting_for_first = False
        self.listed = True

    def _accepted(self) -> None:
        current = self.writing.current
        self._typed_before = current.typed if current else 0

    def _imported(self, release_id: int) -> None:
        """The first that came in is shown, unless the person has written on meanwhile: the next
        keys would go into another text."""
        current = self.writing.current
        if current is None or current.typed in (0, self._typed_before):
            self.writing.open(release_id)

    def _unread(self) -> None:
        """A desk that cannot be read offers nothing to begin with."""
        self._waiting_for_first, self.listed = False, True
        if self.writing.current is None:
            self.middle.show_nothing(empty_desk=False)

    def _begin_previews(self, current: OpenEdition | None) -> None:
        for preview in (self.page.pages, self.web):
            if current is None:
                preview.clear()
            else:
                preview.start_over()
        # A window that came up wide has had a preview in front since before anybody listened.
        self.previewing.front(self.main.preview_in_front())

    def _opened(self, current: OpenEdition) -> None:
        self.middle.show_paper()
        self.form.set_blank(False)
        self.panel.show_opened(current.release.id)
        self.status.show_language(current.edition.language)
        self._offer()
        self._title()

    def _nothing_open(self) -> None:
        self.middle.show_nothing(empty_desk=False)
        self.panel.show_opened(None)
        self.status.show_language("")
        self.status.show_counts(None)
        self.form.set_blank(True)
        self._offer()
        self._title()

    def _standing(self, standing: Standing) -> None:
        self.status.show_standing(standing)
        self.main.setWindowModified(standing.starred)

    def _title(self) -> None:
        current, desk = self.writing.current, self.desk_path()
        parts = [current.edition.title_or_placeholder(_("Untitled")) + "[*]"] if current else []
        parts += [desk.stem] if desk else []
        self.main.setWindowTitle(" – ".join([*parts, "PressDesk"]))


def _bytes(text: str) -> bytes:
    return bytes(QByteArray.fromBase64(text.encode("ascii", "ignore")).data())
