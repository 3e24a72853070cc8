"""Orders and their answers as they are kept: fields by tag, each with its length, empty ones left out. Partners have read this format since the bank
exchanged tapes with them: tags are (number << 3) + 0 for a whole number of seven bits a byte, lowest first, + 2 for text."""

# Names of the fields by their numbers, from 1.
TRANSFER = ("bank.v1.TransferRequest", ("fromAccount", "toAccount", "amount", "text"))
TRANSFER_ANSWER = ("reference", "fromBalance", "status")
INTEREST = ("bank.v1.AccrueInterestRequest", ("accountId", "days"))
INTEREST_ANSWER = ("accountId", "rate", "interest", "balance")


def packed(names, values):
    out = bytearray()
    for number, name in enumerate(names, 1):
        value = values[name]
        if value in ("", 0):
            continue
        if isinstance(value, int):
            out += _whole(number << 3) + _whole(value)
        else:
            data = value.encode()
            out += _whole((number << 3) + 2) + _whole(len(data)) + data
    return bytes(out)


def unpacked(names, data):
    """Texts by name; raises ValueError for what is no record of texts."""
    values = dict.fromkeys(names, "")
    at = 0
    while at < len(data):
        tag, at = _read_whole(data, at)
        length, at = _read_whole(data, at)
        if tag & 7 != 2 or not 1 <= tag >> 3 <= len(names) or at + length > len(data):
            raise ValueError(f"no such field: tag {tag}")
        values[names[(tag >> 3) - 1]] = data[at : at + length].decode()
        at += length
    return values


def _whole(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _read_whole(data, at):
    number = shift = 0
    while True:
        if at >= len(data) or shift > 28:
            raise ValueError("a number has no end")
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at
