"""Telephone numbers as people type them, made dialable."""

from __future__ import annotations

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _


def e164(typed: str) -> str:
    """The number in E.164, such as "+43153408112".

    raises  BadInput for one without country code or that no network would take
    cost    40 ms the first time (number plans are loaded), then microseconds
    source  ITU-T E.164 by the plans of Google's libphonenumber
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, None)
    except phonenumbers.NumberParseException as error:
        hint = _("Begin with + and the country code, such as +43 1 534 08 112.")
        raise BadInput(_("This number cannot be dialled."), hint=hint) from error
    if not phonenumbers.is_valid_number(number):
        raise BadInput(_("This is not a valid number."), hint=_("Count its digits once more."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
