"""The books: one SQLite file, read and written record by record. Everything is text: amounts are whole cents, filled up with zeros, a minus behind them;
numbers are filled up with zeros; dates are YYYYMMDD; kinds and states are letters; '000000' is no customer."""

import sqlite3
from contextlib import contextmanager
from typing import NamedTuple

from .population import BUSINESS_DATE, MERCHANTS, population

NO_CUSTOMER = "000000"
# How long a writer waits for the one before.
_BUSY_S = 5

_SCHEMA = """
CREATE TABLE PARAM     (NAME TEXT PRIMARY KEY NOT NULL, WERT TEXT NOT NULL);
CREATE TABLE KUNDEN    (KDNR TEXT PRIMARY KEY NOT NULL, NAME TEXT NOT NULL, KZ TEXT NOT NULL, BON TEXT NOT NULL, PIN TEXT NOT NULL);
CREATE TABLE KONTEN    (KTONR TEXT PRIMARY KEY NOT NULL, KDNR TEXT NOT NULL, ART TEXT NOT NULL, STA TEXT NOT NULL, WHG TEXT NOT NULL,
                        SALDO TEXT NOT NULL, LFD TEXT NOT NULL);
CREATE INDEX KONTEN1 ON KONTEN (KDNR);
CREATE TABLE UMSAETZE  (KTONR TEXT NOT NULL, LFD TEXT NOT NULL, ART TEXT NOT NULL, BETRAG TEXT NOT NULL, SALDO TEXT NOT NULL, GEGEN TEXT NOT NULL,
                        ZWECK TEXT NOT NULL, REF TEXT NOT NULL, BUDAT TEXT NOT NULL, PRIMARY KEY (KTONR, LFD));
CREATE TABLE AUFTRAEGE (KDNR TEXT NOT NULL, KENNUNG TEXT NOT NULL, PRUEF TEXT NOT NULL, ANTWORT TEXT, FEHLER TEXT, PRIMARY KEY (KDNR, KENNUNG));
"""
# Annual rates in millionths, by kind of account (GK current, SP savings, HK merchant) and of customer (N normal, V VIP).
_PARAMETERS = (("BUCHDAT", BUSINESS_DATE), ("ZSGKN", "2500"), ("ZSGKV", "5000"), ("ZSSPN", "12500"), ("ZSSPV", "27500"))


class Customer(NamedTuple):
    number: str
    name: str
    kind: str
    score: str
    pin: str


class Account(NamedTuple):
    number: str
    customer: str
    kind: str
    state: str
    currency: str
    balance: str
    last: str

    @property
    def cents(self):
        return read_amount(self.balance)


class Movement(NamedTuple):
    account: str
    number: str
    kind: str
    amount: str
    balance: str
    counterparty: str
    purpose: str
    reference: str
    date: str


def written_amount(cents):
    return str(abs(cents)).rjust(15, "0") + ("-" if cents < 0 else "")


def read_amount(text):
    return -int(text[:-1]) if text.endswith("-") else int(text)


def open_books(path):
    """A connection of one thread's own."""
    books = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    books.execute("PRAGMA journal_mode = WAL")
    return books


@contextmanager
def writing(books):
    """One transaction, with the right to write from its beginning: what it reads nobody changes meanwhile."""
    books.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        books.execute("ROLLBACK")
        raise
    books.execute("COMMIT")


def set_up(books):
    """Makes the tables and carries the books over; does nothing if they are there."""
    with writing(books):
        if books.execute("SELECT 1 FROM sqlite_master WHERE name = 'PARAM'").fetchone():
            return
        for statement in filter(str.strip, _SCHEMA.split(";")):
            books.execute(statement)
        books.executemany("INSERT INTO PARAM VALUES (?, ?)", _PARAMETERS)
        accounts = [Account(number, NO_CUSTOMER, "HK", "A", "EUR", written_amount(0), "000000001") for number in MERCHANTS]
        for number, name, pin, vip, score, own in population():
            books.execute("INSERT INTO KUNDEN VALUES (?, ?, ?, ?, ?)", (number, name, "V" if vip else "N", str(score), pin))
            accounts += [
                Account(account, number, kind, "S" if blocked else "A", "EUR", written_amount(cents), "000000001")
                for account, kind, blocked, cents in own
            ]
        books.executemany("INSERT INTO KONTEN VALUES (?, ?, ?, ?, ?, ?, ?)", accounts)
        books.executemany(
            "INSERT INTO UMSAETZE VALUES (?, '000000001', 'EB', ?, ?, '', 'balance carried forward', '', ?)",
            [(account.number, account.balance, account.balance, BUSINESS_DATE) for account in accounts],
        )


def parameter(books, name):
    return books.execute("SELECT WERT FROM PARAM WHERE NAME = ?", (name,)).fetchone()[0]


def customer(books, number):
    row = books.execute("SELECT KDNR, NAME, KZ, BON, PIN FROM KUNDEN WHERE KDNR = ?", (number,)).fetchone()
    return row and Customer(*row)


def account(books, number):
    row = books.execute("SELECT KTONR, KDNR, ART, STA, WHG, SALDO, LFD FROM KONTEN WHERE KTONR = ?", (number,)).fetchone()
    return row and Account(*row)


def account_numbers(books, number):
    return [row[0] for row in books.execute("SELECT KTONR FROM KONTEN WHERE KDNR = ? ORDER BY KTONR", (number,))]


def movements(books, number, limit):
    """Newest first."""
    rows = books.execute("SELECT * FROM UMSAETZE WHERE KTONR = ? ORDER BY LFD DESC LIMIT ?", (number, limit))
    return [Movement(*row) for row in rows]


def book(books, to, kind, cents, counterparty, purpose, reference):
    """Books a movement on an account that was read in this transaction; returns the balance after it in cents."""
    balance = to.cents + cents
    number = str(int(to.last) + 1).rjust(9, "0")
    written = written_amount(balance)
    date = parameter(books, "BUCHDAT")
    books.execute(
        "INSERT INTO UMSAETZE VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (to.number, number, kind, written_amount(cents), written, counterparty, purpose, reference, date),
    )
    books.execute("UPDATE KONTEN SET SALDO = ?, LFD = ? WHERE KTONR = ?", (written, number, to.number))
    return balance
