"""The customers whose books were carried over on one evening; the same for ever."""

CUSTOMERS = 400
MERCHANTS = tuple(str(9_000_001 + i) for i in range(20))
BUSINESS_DATE = "20260105"

_FIRST = ("Ada", "Alan", "Barbara", "Edsger", "Frances", "Grace", "John", "Katherine", "Niklaus", "Tony")
_LAST = ("Abel", "Berger", "Conte", "Dahl", "Ersoy", "Fontaine", "Grant", "Haas", "Ito", "Jansen", "Kovacs")


def population():
    """(number, name, PIN, vip, score, accounts) of each; an account is (number, kind, blocked, cents)."""
    return [_customer(number) for number in range(1, CUSTOMERS + 1)]


def _customer(number):
    digits = str(number).rjust(5, "0")
    name = f"{_FIRST[_scatter(number, 1) % len(_FIRST)]} {_LAST[_scatter(number, 2) % len(_LAST)]}"
    accounts = (
        (f"1{digits}1", "GK", False, 500_000 + _scatter(number, 5) % 4_500_000),
        (f"1{digits}2", "SP", number % 50 == 0, 1_000_000 + _scatter(number, 6) % 19_000_000),
    )
    pin = str(_scatter(number, 3) % 10_000).rjust(4, "0")
    return (f"C{digits}", name, pin, number % 10 == 3, 300 + _scatter(number, 4) % 551, accounts)


def _scatter(number, salt):
    """A fixed hash of two small numbers: the finalizer of MurmurHash3, in 32 bits."""
    h = (number * 0x9E3779B1 ^ salt * 0x85EBCA6B) & 0xFFFFFFFF
    h = (h ^ h >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    h = (h ^ h >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ h >> 16
