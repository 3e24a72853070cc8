"""The service that answers today: loan quotes, in Python's standard library. Usage: python3 legacy.py PORT"""
import json
import sys
from decimal import ROUND_HALF_EVEN, Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

CENT = Decimal("0.01")


def quote(amount, months):
    fee = Decimal("25.00") if amount >= 10000 else Decimal("0.00")
    return {
        "amount": f"{amount:.2f}",
        "monthly": str(((amount + fee) / months).quantize(CENT, ROUND_HALF_EVEN)),
        "fee": str(fee),
        "served_by": "legacy",
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path != "/quote":
            return self.answer(404, {"error": "no such page"})
        query = parse_qs(url.query)
        try:
            amount, months = Decimal(query["amount"][0]), int(query["months"][0])
        except (KeyError, ValueError, ArithmeticError):
            return self.answer(400, {"error": "amount and months are needed"})
        return self.answer(200, quote(amount, months))

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
