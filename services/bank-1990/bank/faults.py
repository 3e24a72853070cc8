"""What the bank refuses. A fault's number is what is kept of it; its words are for people."""

INVALID, NOT_FOUND, USED_TWICE, FORBIDDEN, STATE, DEFECT, AWAY, UNKNOWN_CALLER = 3, 5, 6, 7, 9, 13, 14, 16

# Fault number -> HTTP status.
STATUS = {INVALID: 400, NOT_FOUND: 404, USED_TWICE: 409, FORBIDDEN: 403, STATE: 400, DEFECT: 500, AWAY: 503, UNKNOWN_CALLER: 401}


class Fault(Exception):
    def __init__(self, number, words):
        super().__init__(words)
        self.number = number
        self.words = words
