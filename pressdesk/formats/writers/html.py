"""Writes a sheet as one self-contained web page, and as plain HTML for the window's preview."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from pressdesk.base import resources
from pressdesk.base.i18n import _
from pressdesk.formats import htmlhead, links, pagecheck
from pressdesk.formats.colours import WASH, WASH_IN_DARK, legible
from pressdesk.formats.htmlbody import PageContext, body, direction, linked
from pressdesk.formats.pictures import picture
from pressdesk.formats.prelude import clean, lost_link, one_line, opened, release_line
from pressdesk.formats.readback.html_text import READBACK
from pressdesk.formats.registry import Context, Writer
from pressdesk.press.channels import channel
from pressdesk.press.house import Look
from pressdesk.press.release import SPOKEN
from pressdesk.press.sheet import Section, Sheet, SheetContact

LIGHT, DARK = "#ffffff", "#14181f"
"""The grounds of the page in the two schemes."""

_FACES = {
    "serif": '"Noto Serif", "Source Serif 4", Charter, Cambria, Georgia, "PT Serif", serif',
    "sans": '"Noto Sans", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
}
_LOGO_HEIGHT = 56
_BLANK_LINES = re.compile(r"(?<=\n)[ \t]*\n")

Values = Mapping[str, Any]


def write(sheet: Sheet, context: Context) -> bytes:
    """The page in UTF-8: one file that loads nothing and runs nothing.

    context  ``attachments`` holds logo and figures; ``templates`` the office's folder. What
             is missing or faulty there is noted as a loss and the page made without it.
    cost     about 3 ms for two pages of text once the templates are compiled
    """
    # Not above: whoever only asks which formats there are need not wait for Jinja.
    from pressdesk.formats import templates

    page = PageContext(sheet.language, context, sheet.look.accent)
    # Blank lines go from the page at the end; the hash of the style has to know.
    style = _BLANK_LINES.sub("", _style("page") + _house_style(sheet) + _draft_style(sheet))
    name = _template(sheet.kind)
    policy = htmlhead.policy(style, own=templates.has_own(context, name))
    values = {**_values(sheet, page), "policy": policy, "style": Markup(style)}
    text = templates.render(
        name, values, context, faults=lambda made: pagecheck.fault(made, policy)
    )
    return _BLANK_LINES.sub("", text).lstrip().encode("utf-8", "replace")


def preview(sheet: Sheet, context: Context) -> str:
    """The same content for a viewer with the HTML of old: tables, no scripts, no variables.

    Always from the built-in template. Pictures are ``data:`` addresses; nothing is loaded.
    """
    from pressdesk.formats import templates

    accent = legible(sheet.look.accent, LIGHT)
    page = PageContext(sheet.language, context, accent, plain=True)
    faces = {name: ", ".join(f"'{f}'" for f in _plain_faces(name)) for name in _FACES}
    style = _style("preview").replace("@accent", accent)
    style = style.replace("@text-face", faces[sheet.look.body])
    style = style.replace("@head-face", faces[sheet.look.headings])
    style = style.replace("@small-face", faces["sans"])
    values = {**_values(sheet, page), "accent": accent, "style": Markup(style)}
    lone = Context(attachments=context.attachments)
    return templates.render("html/preview.html", values, lone, faults=lambda _page: "")


def framed(sheet: Sheet, context: Context) -> bool:
    """Whether the office's own template takes part in the page."""
    from pressdesk.formats import templates

    return templates.has_own(context, _template(sheet.kind))


def _template(kind: str) -> str:
    """The template of a kind; that of all kinds where it has none."""
    known = re.fullmatch(r"[a-z][a-z0-9_]{0,40}", kind)
    name = f"html/{kind}.html"
    if known and (resources.path("templates") / name).is_file():
        return name
    return "html/base.html"


@cache
def _style(name: str) -> str:
    return resources.read_text(f"styles/{name}.css")


def _values(sheet: Sheet, page: PageContext) -> Values:
    """Everything a template may print: texts, and markup made and escaped by us."""
    running = " · ".join(one_line(t) for t in (sheet.warning, sheet.embargo_line) if t)
    return {
        "language": sheet.language,
        "direction": direction(sheet.language),
        "kind": sheet.kind,
        "kind_label": one_line(sheet.kind_label),
        "page_title": htmlhead.page_title(sheet),
        "names": htmlhead.names(sheet),
        "open_graph": htmlhead.open_graph(sheet),
        "json_ld": htmlhead.json_ld(sheet),
        "running": running,
        "warning": one_line(sheet.warning),
        "watermark": one_line(sheet.watermark),
        "embargo_line": one_line(sheet.embargo_line),
        "embargo_until": sheet.embargo_until,
        "organisation": one_line(sheet.organisation),
        "unit": one_line(sheet.unit),
        "letterhead": tuple(linked(line) for line in sheet.letterhead),
        "logo": _logo(sheet.look, page),
        "release_line": one_line(release_line(sheet)),
        "reference": one_line(sheet.reference),
        "reference_line": one_line(sheet.reference_line),
        "date": sheet.date,
        "issued_at": sheet.issued_at,
        "title": one_line(sheet.title),
        "subtitle": one_line(sheet.subtitle),
        "summary": one_line(sheet.summary),
        "speaker": tuple(one_line(line) for line in sheet.speaker),
        "rows": tuple({"label": one_line(r.label), "value": _lines(r.value)} for r in sheet.rows),
        "credit": one_line(sheet.credit),
        **_credit(sheet, page),
        "body": body(opened(sheet), page),
        "end_mark": one_line(sheet.end_mark),
        "notes": _section(sheet.notes),
        "boilerplate": _section(sheet.boilerplate),
        "contact_heading": one_line(sheet.contact_heading),
        "contacts": tuple(_contact(contact) for contact in sheet.contacts),
        "footer": one_line(sheet.footer),
        "recorded": one_line(sheet.recorded),
        "topics": tuple(one_line(topic) for topic in sheet.topics),
        "centred": sheet.centred,
        "contacts_first": sheet.contacts_first,
    }


def _lines(text: str) -> Markup:
    """A text with its addresses linked and its line feeds kept."""
    return Markup("<br>\n").join(linked(line) for line in clean(text).split("\n"))


def _section(section: Section) -> Values:
    paragraphs = tuple(_lines(text) for text in section.paragraphs if text.strip())
    return {"heading": one_line(section.heading), "paragraphs": paragraphs}


def _contact(contact: SheetContact) -> Values:
    ways = tuple(
        {
            "printed": one_line(way.printed),
            "address": links.kept(way.address) or "",
            "label": one_line(way.label),
        }
        for way in contact.ways
    )
    letters = [channel(way.kind).once == "emails" for way in contact.ways]
    spoken = {part: one_line(getattr(contact, part)) for part in SPOKEN}
    # An office's own template may know these two lists only: each way is in one of them.
    phones = tuple(way for way, letter in zip(ways, letters, strict=True) if not letter)
    emails = tuple(way for way, letter in zip(ways, letters, strict=True) if letter)
    return {**spoken, "ways": ways, "phones": phones, "emails": emails}


def _credit(sheet: Sheet, page: PageContext) -> Values:
    """Address and host of where an interview stood first."""
    address = links.kept(sheet.credit_url) or ""
    if sheet.credit_url and not address.startswith("http"):
        lost_link(page.context, sheet.credit_url)
        return {"credit_url": "", "credit_host": one_line(sheet.credit_url)[:200]}
    return {"credit_url": address, "credit_host": urlsplit(address).netloc}


def _logo(look: Look, page: PageContext) -> Values:
    """The logo at the height of the letterhead, or nothing."""
    nothing = {"address": "", "alt": "", "width": 0, "height": 0}
    if not look.logo:
        return nothing
    found = picture(page.context.attachments.get(look.logo, b""))
    if found is None:
        page.context.lost(
            _("The logo is missing or is neither PNG nor JPEG; the page has no logo.")
        )
        return nothing
    height = min(_LOGO_HEIGHT, found.height)
    width = max(1, round(found.width * height / found.height))
    return {
        "address": found.address,
        "alt": one_line(look.logo_alt),
        "width": width,
        "height": height,
    }


def _house_style(sheet: Sheet) -> str:
    """What the house style decides: colours, faces, and the paper with its running lines."""
    look, edge = sheet.look, sheet.look.margins
    running = " · ".join(filter(None, (sheet.warning, sheet.embargo_line)))
    light, dark = (WASH, WASH_IN_DARK) if sheet.watermark else (LIGHT, DARK)
    foot, number = htmlhead.css_text(sheet.footer), _page_number(sheet.page_label)
    sides = " ".join(f"{side:g}mm" for side in (edge.top, edge.right, edge.bottom, edge.left))
    return f"""
:root {{
  --accent: {legible(look.accent, light)};
  --accent-in-dark: {legible(look.accent, dark, least=7.0)};
  --text-face: {_FACES[look.body]};
  --head-face: {_FACES[look.headings]};
  --small-face: {_FACES["sans"]};
}}
@page {{
  size: {look.page};
  margin: {sides};
  @top-right {{ content: {htmlhead.css_text(running)}; }}
  @bottom-left {{ content: {foot}; }}
  @bottom-right {{ content: {number}; }}
}}
"""


def _draft_style(sheet: Sheet) -> str:
    """The word under a draft, as a text of the style: nobody copies it with the release."""
    if not sheet.watermark:
        return ""
    word = htmlhead.css_text(sheet.watermark)
    own = f"--watermark: {word}; --wash: {WASH}; --wash-in-dark: {WASH_IN_DARK};"
    return f":root {{ {own} }}\n{_style('draft')}"


def _page_number(label: str) -> str:
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    parts = re.split(r"(\{pages?\})", label)
    return " ".join(counters.get(part) or htmlhead.css_text(part) for part in parts if part) or '""'


def _plain_faces(name: str) -> tuple[str, ...]:
    return ("Noto Serif", "Georgia", "serif") if name == "serif" else ("Noto Sans", "sans-serif")


WRITER = Writer(
    name="html",
    label="HTML",
    suffix=".html",
    media_type="text/html",
    write=write,
    readback=READBACK,
    framed=framed,
)
