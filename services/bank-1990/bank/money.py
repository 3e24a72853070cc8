"""Amounts are whole cents."""

import re

_AMOUNT = re.compile(r"[0-9]{1,9}\.[0-9]{2}")


def cents_of(text):
    """'1234.50' -> 123450; None for anything but digits, a point and two digits."""
    return int(text.replace(".", "")) if _AMOUNT.fullmatch(text) else None


def text_of(cents):
    """123450 -> '1234.50'."""
    digits = str(abs(cents)).rjust(3, "0")
    return f"{'-' if cents < 0 else ''}{digits[:-2]}.{digits[-2:]}"


def divided_rounded(dividend, divisor):
    """Quotient of whole numbers, half away from zero; the divisor is positive."""
    half = divisor // 2
    return -((-dividend + half) // divisor) if dividend < 0 else (dividend + half) // divisor
