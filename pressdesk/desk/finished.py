"""Makes the file of a sheet and reads it back: one that says something else does not leave."""

from __future__ import annotations

from pressdesk.base.errors import ReadFailed, WriteFailed
from pressdesk.base.i18n import _, interface, word
from pressdesk.formats import registry
from pressdesk.press.sheet import Sheet


def finished(name: str, sheet: Sheet, context: registry.Context) -> bytes:
    """The bytes of the format called ``name``, whose text is that of the sheet.

    context  as the writer takes it; a page by the office's own template has to say the text,
             and may say more
    raises   WriteFailed naming the first difference; UnknownFormat
    cost     twice that of the writer
    """
    form = registry.writer(name)
    data = form.write(sheet, context)
    framed = form.framed is not None and form.framed(sheet, context)
    compared(name, data, sheet, framed=framed)
    return data


def compared(name: str, data: bytes, sheet: Sheet, *, framed: bool = False) -> None:
    """Raises WriteFailed where the bytes do not say what the sheet says; see ``finished``."""
    from pressdesk.formats.readback.comparing import differs

    form = registry.form(name)
    try:
        difference = differs(name, data, sheet, framed=framed)
    except ReadFailed as error:
        raise _refused(form, sheet, error.what, framed) from error
    if difference is not None:
        raise _refused(form, sheet, difference.said(), framed)


def _refused(form: registry.Format, sheet: Sheet, why: str, framed: bool) -> WriteFailed:
    label = word(form.label, interface())
    if sheet.state.out:
        what = _("The {format} file was held back: it does not say what was issued.")
    else:
        what = _("The {format} file was held back: it does not say what the draft says.")
    do = (
        _("Check the office’s own template.")
        if framed
        else _("Export another format, and report this fault.")
    )
    return WriteFailed(what.format(format=label), hint=f"{why} {do}")
