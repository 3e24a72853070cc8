"""What the bank does for its customers, a function each: books, headers, form -> XML."""

import hmac

from . import books as b
from . import checks, records
from .faults import FORBIDDEN, INVALID, NOT_FOUND, STATE, UNKNOWN_CALLER, Fault
from .interest import interest_cents
from .loan import loan_offer
from .money import text_of
from .orders import once
from .xml import document, element, fields

_SEGMENTS = {"N": "standard", "V": "vip"}


class Service:
    def __init__(self, tokens):
        self._tokens = tokens
        self.operations = {
            "Login": self.login,
            "GetBalance": self.balance,
            "ListTransactions": self.movements,
            "Transfer": self.transfer,
            "AccrueInterest": self.interest,
            "QuoteLoan": self.loan,
        }

    def login(self, books, _headers, form):
        found = b.customer(books, form.get("customerId", ""))
        if not found or not hmac.compare_digest(found.pin.encode(), form.get("pin", "").encode()):
            raise Fault(UNKNOWN_CALLER, "customer or PIN is wrong")
        token = self._tokens.issue(found.number, _SEGMENTS[found.kind])
        numbers = (element("KtoNr", number) for number in b.account_numbers(books, found.number))
        return document("Anmeldung", fields(Token=token, KdNr=found.number, Kz=found.kind), *numbers)

    def balance(self, books, headers, form):
        account = self._own_account(books, headers, form)
        return document("Saldo", fields(KtoNr=account.number, Betrag=account.cents, Whg=account.currency, Sta=account.state))

    def movements(self, books, headers, form):
        limit = checks.limit(checks.whole(form, "limit"))
        account = self._own_account(books, headers, form)
        return document("Umsaetze", *(_movement(movement) for movement in b.movements(books, account.number, limit)))

    def transfer(self, books, headers, form):
        customer = self._tokens.customer_of(headers)
        order = {name: form.get(name, "") for name in records.TRANSFER[1]}
        source = checks.account(order["fromAccount"], "from_account")
        target = checks.account(order["toAccount"], "to_account")
        if source == target:
            raise Fault(INVALID, "to_account: expected another account than from_account")
        purpose = checks.purpose(order["text"])
        cents = checks.amount(order["amount"])
        key = checks.key(headers)

        def carry_out():
            payer = _active(_owned(customer, source, b.account(books, source)))
            payee = _active(_existing(target, b.account(books, target)))
            if payer.cents < cents:
                raise Fault(STATE, f"account {source} has insufficient funds")
            left = b.book(books, payer, "LA", -cents, target, purpose, key)
            b.book(books, payee, "GU", cents, source, purpose, key)
            return {"reference": key, "fromBalance": text_of(left), "status": "booked"}

        answer = once(books, customer, key, records.TRANSFER, order, records.TRANSFER_ANSWER, carry_out)
        return document("Buchung", fields(Ref=answer["reference"], Saldo=_cents(answer["fromBalance"]), Sta="OK"))

    def interest(self, books, headers, form):
        wanted = checks.whole(form, "days")
        customer = self._tokens.customer_of(headers)
        number = checks.account(form.get("accountId", ""))
        days = checks.between(wanted, "days", 1, 366)
        key = checks.key(headers)

        def carry_out():
            account = _active(_owned(customer, number, b.account(books, number)))
            rate = int(b.parameter(books, f"ZS{account.kind}{b.customer(books, customer).kind}"))
            cents = interest_cents(account.cents, rate, days)
            balance = b.book(books, account, "ZI", cents, "", f"interest for {days} days", key)
            return {"accountId": number, "rate": f"0.{rate:06}", "interest": text_of(cents), "balance": text_of(balance)}

        order = {"accountId": number, "days": days}
        answer = once(books, customer, key, records.INTEREST, order, records.INTEREST_ANSWER, carry_out)
        rate = int(answer["rate"].removeprefix("0."))
        amounts = fields(Satz=rate, Zins=_cents(answer["interest"]), Saldo=_cents(answer["balance"]))
        return document("Zinsen", fields(KtoNr=answer["accountId"]), amounts)

    def loan(self, books, headers, form):
        wanted = checks.whole(form, "months")
        customer = self._tokens.customer_of(headers)
        cents = checks.amount(form.get("amount", ""))
        months = checks.between(wanted, "months", 1, 360)
        if form.get("customerId", "") != customer:
            raise Fault(FORBIDDEN, f"customer {form.get('customerId', '')} is another one")
        asked = b.customer(books, customer)
        offer = loan_offer(int(asked.score), asked.kind == "V", cents, months)
        if isinstance(offer, str):
            return document("Angebot", fields(Ja="N", Bon=asked.score, Satz="", Rate="", Grund=offer))
        rate, payment = offer
        return document("Angebot", fields(Ja="J", Bon=asked.score, Satz=rate, Rate=payment, Grund=""))

    def _own_account(self, books, headers, form):
        customer = self._tokens.customer_of(headers)
        number = checks.account(form.get("accountId", ""))
        return _owned(customer, number, b.account(books, number))


def _movement(movement):
    amounts = fields(Betrag=b.read_amount(movement.amount), Saldo=b.read_amount(movement.balance))
    words = fields(Gegen=movement.counterparty, Zweck=movement.purpose, Ref=movement.reference)
    return element("Umsatz", fields(Nr=int(movement.number), Art=movement.kind), amounts, words)


def _existing(number, account):
    if not account:
        raise Fault(NOT_FOUND, f"account {number} does not exist")
    return account


def _owned(customer, number, account):
    if _existing(number, account).customer != customer:
        raise Fault(FORBIDDEN, f"account {number} belongs to another customer")
    return account


def _active(account):
    if account.state != "A":
        raise Fault(STATE, f"account {account.number} is blocked")
    return account


def _cents(text):
    """'1234.50', as orders keep it, in cents."""
    return int(text.replace(".", ""))
