"""Loans by credit score."""

from .money import divided_rounded

_PICO = 1_000_000_000_000
_SCORE_MIN = 420
# From this score on: the annual rate in millionths, the limit in cents.
_BANDS = ((750, 34_900, 50_000_000), (650, 49_900, 25_000_000), (550, 69_900, 10_000_000), (_SCORE_MIN, 98_900, 2_500_000))
# Up to so many months: what is added to the rate.
_SURCHARGES = ((12, 0), (36, 4_000), (60, 7_500), (120, 12_000), (360, 18_000))
_VIP_DISCOUNT = 5_000

# Why there is no offer, as a code.
SCORE_TOO_LOW, AMOUNT_TOO_HIGH = "01", "02"


def loan_offer(score, vip, cents, months):
    """(annual rate in millionths, monthly payment in cents), or the code of a reason why there is none."""
    if score < _SCORE_MIN:
        return SCORE_TOO_LOW
    base, limit = next((rate, limit) for start, rate, limit in _BANDS if score >= start)
    if cents > limit:
        return AMOUNT_TOO_HIGH
    surcharge = next(extra for most, extra in _SURCHARGES if months <= most)
    rate = base + surcharge - (_VIP_DISCOUNT if vip else 0)
    return rate, _payment(cents, rate, months)


def _payment(cents, rate_ppm, months):
    """P*i*f/(f-1) with f = (1+i)^months; i and each step of f are rounded to twelve digits, the payment to cents."""
    monthly = divided_rounded(rate_ppm * (_PICO // 1_000_000), 12)
    factor = _PICO
    for _ in range(months):
        factor = divided_rounded(factor * (_PICO + monthly), _PICO)
    return divided_rounded(cents * monthly * factor, _PICO * (factor - _PICO))
