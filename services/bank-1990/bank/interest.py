"""Interest as the bank has always reckoned it."""

from .money import divided_rounded

# Between the days of one booking the balance is kept in millionths of a cent.
_MICRO = 1_000_000
_DAYS_OF_YEAR = 365


def interest_cents(cents, rate_ppm, days):
    """Compound interest, day by day, actual/365; the annual rate is in millionths. Each day is rounded to a millionth of a cent, the sum to cents."""
    micro = cents * _MICRO
    for _ in range(days):
        micro += divided_rounded(micro * rate_ppm, _DAYS_OF_YEAR * _MICRO)
    return divided_rounded(micro - cents * _MICRO, _MICRO)
