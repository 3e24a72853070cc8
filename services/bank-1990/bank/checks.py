"""Checks of what comes in; each raises a Fault that names the field and what is accepted."""

import re
import unicodedata

from .faults import INVALID, Fault
from .money import cents_of

_ACCOUNT = re.compile(r"[0-9]{7}")
_WHOLE = re.compile(r"[0-9]{1,9}")
_KEY = re.compile(r"[\x21-\x7e]{1,128}")
# What counts as white space around a text.
_BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_AMOUNT_WORDS = "amount: expected a positive decimal with two digits after the point, at most 999999999.99"
_KEY_WORDS = "a write needs the header idempotency-key or x-request-id, 1 to 128 visible ASCII characters"


def whole(form, name):
    """A number of the form; 0 where there is none."""
    text = form.get(name, "")
    if text == "":
        return 0
    if not _WHOLE.fullmatch(text):
        raise Fault(INVALID, f"{name}: expected a whole number of at most 9 digits")
    return int(text)


def account(number, field="account_id"):
    if not _ACCOUNT.fullmatch(number):
        raise Fault(INVALID, f"{field}: expected 7 digits")
    return number


def amount(text):
    cents = cents_of(text)
    if not cents:
        raise Fault(INVALID, _AMOUNT_WORDS)
    return cents


def purpose(text):
    trimmed = text.strip(_BLANKS)
    units = len(trimmed.encode("utf-16-le")) // 2
    if units > 35 or any(unicodedata.category(character) == "Cc" for character in trimmed):
        raise Fault(INVALID, "text: expected at most 35 characters and no control characters")
    return trimmed


def between(number, field, least, most):
    if not least <= number <= most:
        raise Fault(INVALID, f"{field}: expected {least} to {most}")
    return number


def limit(number):
    if number > 100:
        raise Fault(INVALID, "limit: expected at most 100")
    return number or 20


def key(headers):
    """The order's key: `idempotency-key`, else `x-request-id`."""
    text = headers.get("idempotency-key")
    if text is None:
        text = headers.get("x-request-id") or ""
    if not _KEY.fullmatch(text):
        raise Fault(INVALID, _KEY_WORDS)
    return text
