"""Orders are carried out once, however often they come: the order, its effect and its answer are one transaction."""

import hashlib

from .books import writing
from .faults import USED_TWICE, Fault
from .records import packed, unpacked


def once(books, customer, key, request, values, answer_names, carry_out):
    """The answer of `carry_out()`, or the one that is kept for this key. What is refused is an answer, too, and is kept; it is decided before anything
    is booked.

    request: name of the order's record and its fields; values: theirs; answer_names: the answer's fields."""
    name, names = request
    checksum = hashlib.sha256(f"{name}\n".encode() + packed(names, values)).hexdigest()
    fault = None
    with writing(books):
        kept = books.execute("SELECT PRUEF, ANTWORT, FEHLER FROM AUFTRAEGE WHERE KDNR = ? AND KENNUNG = ?", (customer, key)).fetchone()
        if kept:
            return _kept_answer(kept, checksum, key, answer_names)
        answer = refusal = None
        try:
            answer = carry_out()
        except Fault as error:
            fault, refusal = error, f"{error.number} {error.words}"
        record = None if answer is None else packed(answer_names, answer).hex()
        books.execute("INSERT INTO AUFTRAEGE VALUES (?, ?, ?, ?, ?)", (customer, key, checksum, record, refusal))
    if fault:
        raise fault
    return answer


def _kept_answer(kept, checksum, key, names):
    known, answer, refusal = kept
    if known != checksum:
        raise Fault(USED_TWICE, f"idempotency key {key} was used for another request")
    if answer is not None:
        return unpacked(names, bytes.fromhex(answer))
    number, _, words = refusal.partition(" ")
    raise Fault(int(number), words)
