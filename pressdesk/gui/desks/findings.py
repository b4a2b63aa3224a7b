"""Results of a check, in words for the people at the desk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pressdesk.base.i18n import _

if TYPE_CHECKING:
    from pressdesk.desk.looking_after import Report

MOST = 3


def said(report: Report) -> str:
    """Which parts are damaged, and where while these are few."""
    found = Counter(fault.part for fault in report.faults)
    parts = ", ".join(
        f"{_part(part)} ({number})" if number > 1 else _part(part) for part, number in found.items()
    )
    where = [fault.where for fault in report.faults if fault.part not in ("file", "search")]
    few = f": {'; '.join(where)}" if 0 < len(where) <= MOST else ""
    return parts[:1].upper() + parts[1:] + few


def _part(part: str) -> str:
    return {
        "file": _("database pages"),
        "schema": _("tables and safeguards"),
        "references": _("internal links"),
        "issued": _("issued texts"),
        "register": _("register"),
        "revisions": _("revisions"),
        "drafts": _("drafts"),
        "attachments": _("pictures and logos"),
        "imports": _("import originals"),
        "house": _("house style and contacts"),
        "list": _("list of releases"),
        "search": _("search index"),
        "guards": _("server safeguards"),
    }.get(part, part)
