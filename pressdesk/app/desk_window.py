"""One window on one desk: its widgets, its flows and the wires between them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtGui import QDesktopServices

from pressdesk.app import announce, office, reactions, reading
from pressdesk.app.browsing import READING, Browsing
from pressdesk.app.menu import menu_of
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
from pressdesk.gui.desks.thrown_away import ThrownAway
from pressdesk.gui.details.form import Form
from pressdesk.gui.details.people import People
from pressdesk.gui.frame.clockwork import Clockwork
from pressdesk.gui.frame.commands import Commands
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.frame.statusline import StatusLine
from pressdesk.gui.frame.topbar import TopBar
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.history.history import History
from pressdesk.gui.history.panel import HistoryPanel
from pressdesk.gui.importing.importing import Importing
from pressdesk.gui.kit import theme
from pressdesk.gui.list.indexing import Indexing
from pressdesk.gui.list.listing import Listing
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.gui.list.search_field import SearchField
from pressdesk.gui.office.conflicts import Conflicts
from pressdesk.gui.office.cowriters import OtherWriters
from pressdesk.gui.office.joining import Joining
from pressdesk.gui.office.mirroring import Mirroring
from pressdesk.gui.office.others import Others
from pressdesk.gui.office.outage import Outage
from pressdesk.gui.office.unlocking import Unlocking
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
from pressdesk.press.listing import ReleaseRow
from pressdesk.press.release import Edition

WRITING = ("save", "save_note", "issue", "trash")
"""Commands on a draft that can be written."""

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
        self.main, self.settings = main, chosen
        self.session = Session(renderer, self)
        self.copies = BrowserCopies()
        self._widgets()
        self._flows()
        self._wire_writing()
        self._wire_list()
        self._wire_room()
        self._commands()
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

    def _flows(self) -> None:
        session, window = self.session, self.main
        self.writing = Writing(session, self.paper)
        self.showing = Showing(session, self.writing, self.middle.pane, self.form)
        self.previewing = Previewing(session, self.writing, self.page.pages, self.web)
        self.listing = Listing(session, self.panel)
        self.browsing = Browsing(self)
        self.indexing = Indexing(session)
        self.cowriters = OtherWriters(session, self.writing)
        self.outage = Outage(session, self.writing)
        self.others = Others(session, self.writing, self.paper)
        self.clockwork = Clockwork(session)
        self.desks = Desks(session, window)
        self.unlocking = Unlocking(session, self.desks, window)
        self.joining = Joining(session, self.desks, window)
        self.starting = Starting(session, self.writing)
        self.issuing = Issuing(session, self.writing, window)
        self.exporting = Exporting(session, self.writing, self.previewing, window, self.settings)
        self.printing = Printing(session, self.exporting, window)
        self.importing = Importing(session, window)
        self.people = People(session, self._on_paper, self.form, window)
        self.house_style = HouseStyle(session, window)
        self.trash = ThrownAway(session, window)
        self.conflicts = Conflicts(session, self.writing, window)
        self.preferences = Preferences(window)
        self.care = reading.care_of(self)
        self.mirroring = Mirroring(session)
        self.choosing = Choosing(session)
        self.history = History(session, self.writing, self.history_panel, window)

    # --- wires

    def _wire_writing(self) -> None:
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
        self.main.preview_shown.connect(self.previewing.front)
        self.main.preview_neared.connect(self.previewing.near)
        self.web.browse.connect(lambda: self.exporting.browse(self.copies))
        self.web.page.link_clicked.connect(lambda url: QDesktopServices.openUrl(url))

    def _wire_list(self) -> None:
        panel, topbar = self.panel, self.topbar
        panel.entered.connect(lambda _id: self.paper.text.setFocus())
        panel.duplicate_wanted.connect(self.starting.duplicate)
        panel.trash_wanted.connect(self.starting.trash)
        panel.reference_wanted.connect(partial(reactions.copy_reference, self))
        self.listing.first.connect(self._first_row)
        self.listing.unread.connect(self._unread)
        self.search.list_wanted.connect(panel.focus_list)
        topbar.new_requested.connect(self.starting.new)
        topbar.import_requested.connect(self.importing.choose)
        topbar.export_requested.connect(self.exporting.export)
        topbar.issue_requested.connect(self._issue)
        empty = self.middle.empty
        empty.new_requested.connect(self.starting.new)
        empty.import_requested.connect(self.importing.choose)
        empty.samples_requested.connect(self.desks.open_samples)
        self.starting.begun.connect(lambda: self.paper.head.headline.setFocus())

    def _wire_room(self) -> None:
        session, notices = self.session, self.middle.notices
        session.trouble.connect(notices.trouble)
        session.remark.connect(notices.remark)
        session.entered.connect(self._entered)
        session.house_changed.connect(self._house)
        self.desks.leaving.connect(self.writing.close)
        self.indexing.progressed.connect(self.status.show_task)
        self.indexing.progressed.connect(self.panel.show_preparing)
        self.desks.refused.connect(partial(announce.refused, self))
        self.desks.recovered.connect(lambda text: notices.show_notice(Notice(text)))
        for flow in (self.starting, self.issuing, self.importing, self.printing):
            flow.notice.connect(notices.show_notice)
        office.wire(self)
        self.importing.filed.connect(self.writing.open)
        self.importing.undoing.connect(self.writing.close)
        self.preferences.chosen.connect(self.theme_chosen)
        self.preferences.chosen.connect(self.history.sign)
        self.preferences.language_chosen.connect(self.language_chosen)
        self.preferences.trouble.connect(notices.trouble)
        self.trash.restore.connect(self.starting.restore)
        self.people.added.connect(partial(reactions.add_contact, self))
        self.main.closing.connect(self.end)

    def _commands(self) -> None:
        self.commands = commands = Commands(self.main)
        window, writing = self.main, self.writing
        commands.add("new", _("New release"), self.topbar.open_new)
        commands.add("save", _("Save"), writing.save)
        commands.add("save_note", _("Save with a note…"), self.history.save_with_note)
        commands.add("history", _("History"), partial(window.show_side, "history"))
        commands.add("search", _("Search"), self.topbar.focus_search)
        self.browsing.commands(commands)
        commands.add("export", _("Export…"), self.exporting.export)
        commands.add("print", _("Print…"), self.printing.ask)
        commands.add("preview", _("Page preview"), partial(window.show_side, "page"))
        commands.add("pane", _("Next pane"), partial(reactions.next_pane, self))
        commands.add("drawer", _("Show or hide the right pane"), window.toggle_side)
        commands.add("keys", _("Keys"), self.preferences.show_keys)
        commands.add("issue", _("Issue…"), self._issue)
        commands.add("duplicate", _("Duplicate as new"), self._duplicate)
        commands.add("trash", _("Move to trash"), self._trash)
        self.topbar.set_more(menu_of(self))
        self._open_only = (*WRITING, "export", "print", "duplicate", *READING)

    # --- the life of the window

    def start(self, desk: Address | None, place: Place | None = None) -> None:
        """After the first paint: open the desk.

        place  the release and language to come up with; the newest by default
        """
        self._place = place
        self._crashed_before = running.begin()
        self.desks.open_first(desk)
        QTimer.singleShot(0, self, self._come_up_wide)  # by then the panes are shown
        self.session.lanes.reads.run(self, self.copies.sweep, lambda _n: None, self.session.failed)
        QTimer.singleShot(1500, theme.load_rare_fonts)

    def _come_up_wide(self) -> None:
        """A page in front is drawn as soon as there is one: its child starts beside the desk."""
        if self.main.preview_in_front():
            self.previewing.near()

    def end(self) -> None:
        """Keep what was typed, remember the window, close lanes and desk. Twice does no harm."""
        if self._ended:
            return
        self._ended = True
        self.form.commit()
        self.outage.end()
        self.writing.finish()
        self.indexing.end()
        self.cowriters.end()
        self.preferences.remember(*self.main.state(), self.panel.head.unfolded())
        self.care.end()
        self.mirroring.end()
        self.choosing.end()
        self.session.leave()
        self.copies.close()
        running.end()

    _ended = False
    _crashed_before = False

    _place: Place | None = None

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
        return self.session.lanes.idle() and not self._waiting_for_first

    def crashed(self, report: Path | None) -> None:
        """A bug struck: keep what was typed and say where the report is."""
        self.writing.flush()
        where = _("A report without any of your text was written to {path}.")
        hint = where.format(path=report) if report else ""
        self.middle.notices.show_notice(
            Notice(_("Something went wrong in PressDesk. Your text is kept."), hint, "bad")
        )

    # --- reactions

    def _entered(self) -> None:
        archive = self.session.archive
        if archive is None:
            return
        self.middle.notices.leave()
        self.status.show_desk(archive.place.name)
        self.status.show_reachable(True)
        self._title()
        self._house()
        self.topbar.offer(import_=not self.session.read_only, export=False, issue=False)
        self.commands.enable(not self.session.read_only, "new")
        reading.arrange(self)
        self._waiting_for_first = True
        self.previewing.use_templates(
            self.preferences.templates(archive.place, partial(announce.templates, self))
        )
        if self._crashed_before:
            self._crashed_before = False
            announce.kept_texts(self)

    _waiting_for_first = False
    listed = False
    """True once the list of the first desk is on the screen."""

    def _house(self) -> None:
        house = self.session.house
        self.panel.set_languages(house.languages)
        zone = zone_of(house.zone)
        self.status.set_zone(zone)
        self.panel.set_clock(lambda: self.session.now().astimezone(zone))

    def _first_row(self, row: ReleaseRow | None) -> None:
        """A desk comes up with its newest release on the paper."""
        if row is None and self.writing.current is None:
            empty = self.listing.unfiltered and not self.session.read_only
            self.middle.show_nothing(empty_desk=empty)
        if row is not None and self._waiting_for_first and self.writing.current is None:
            release_id, language = self._place or (row.id, None)
            self.writing.open(release_id, language)
        self._place = None
        self._waiting_for_first = False
        self.listed = True

    def _begin_previews(self, current: OpenEdition | None) -> None:
        for preview in (self.page.pages, self.web):
            if current is None:
                preview.clear()
            else:
                preview.start_over()
        # A window that came up wide has had a preview in front since before anybody listened.
        self.previewing.front(self.main.preview_in_front())

    def _unread(self) -> None:
        """A desk that cannot be read offers nothing to begin with."""
        self._waiting_for_first, self.listed = False, True
        if self.writing.current is None:
            self.middle.show_nothing(empty_desk=False)

    def _opened(self, current: OpenEdition) -> None:
        self.middle.show_paper()
        self.form.set_blank(False)
        self.panel.show_opened(current.release.id)
        self.status.show_language(current.edition.language)
        can = current.editable and not self.session.read_only
        self.topbar.offer(import_=not self.session.read_only, export=True, issue=True)
        self.topbar.set_issue(_("Issue…") if can else _("New edition"))
        if self.session.read_only:
            self.topbar.offer(import_=False, export=True, issue=False)
        self.commands.enable(True, *self._open_only)
        self.commands.enable(can, *WRITING)
        self.commands.enable(not self.session.read_only, "duplicate")
        self._title()

    def _nothing_open(self) -> None:
        self.middle.show_nothing(empty_desk=False)
        self.panel.show_opened(None)
        self.status.show_language("")
        self.status.show_counts(None)
        self.form.set_blank(True)
        self.topbar.offer(import_=not self.session.read_only, export=False, issue=False)
        self.commands.enable(False, *self._open_only)
        self._title()

    def _standing(self, standing: Standing) -> None:
        self.status.show_standing(standing)
        self.main.setWindowModified(standing.starred)

    def _title(self) -> None:
        current, desk = self.writing.current, self.desk_path()
        parts = [current.edition.title_or_placeholder(_("Untitled")) + "[*]"] if current else []
        parts += [desk.stem] if desk else []
        self.main.setWindowTitle(" – ".join([*parts, "PressDesk"]))

    def _issue(self) -> None:
        current = self.writing.current
        if current is not None and current.editable:
            if not reactions.reads_well(self, "embargo", "date"):
                return
            self.issuing.ask()
        else:
            self.starting.next_edition()

    def _duplicate(self) -> None:
        if self.writing.current is not None:
            self.starting.duplicate(self.writing.current.release.id)

    def _trash(self) -> None:
        if self.writing.current is not None:
            self.starting.trash(self.writing.current.release.id)


def _bytes(text: str) -> bytes:
    return bytes(QByteArray.fromBase64(text.encode("ascii", "ignore")).data())
