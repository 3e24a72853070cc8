"""The web front: POST /bank/<operation> with a form, answered in XML."""

import os
import sqlite3
import sys
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from .books import open_books
from .faults import AWAY, DEFECT, INVALID, NOT_FOUND, STATUS, Fault
from .xml import document, fields

_FORM_BYTES_MAX = 65_536
_FORM_FIELDS_MAX = 100
_OPERATIONS = "/bank/"


class Front(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address, service, path):
        super().__init__(address, _Handler)
        self.service = service
        self.path = path
        self._under_way = 0
        self._changed = threading.Condition()
        self.closing = False

    def close(self, grace_s):
        """No new connections; waits for the requests under way."""
        self.closing = True
        self.shutdown()
        with self._changed:
            self._changed.wait_for(lambda: self._under_way == 0, grace_s)
        self.server_close()

    def begin(self):
        with self._changed:
            self._under_way += 1

    def end(self):
        with self._changed:
            self._under_way -= 1
            self._changed.notify_all()

    def handle_error(self, request, client_address):
        # A client that hangs up is no defect.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            traceback.print_exc()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # One write an answer.
    wbufsize = -1

    def setup(self):
        super().setup()
        self._books = None

    def finish(self):
        if self._books is not None:
            self._books.close()
        super().finish()

    def do_GET(self):
        if self.path == "/healthz":
            self._answer(200, "text/plain", "ok\n")
        else:
            self._fault(Fault(NOT_FOUND, "no such page"))

    def do_POST(self):
        self.server.begin()
        try:
            self._post()
        finally:
            self.server.end()

    def _post(self):
        try:
            form = self._form()
            path = urlsplit(self.path).path
            operation = self.server.service.operations.get(path.removeprefix(_OPERATIONS)) if path.startswith(_OPERATIONS) else None
            if operation is None:
                raise Fault(NOT_FOUND, "no such operation")
            if self._books is None:
                self._books = open_books(self.server.path)
            self._answer(200, "text/xml; charset=utf-8", operation(self._books, self.headers, form))
        except Fault as fault:
            self._fault(fault)
        except sqlite3.OperationalError as error:
            print(f"bank-1990: {error}", file=sys.stderr)
            self._fault(Fault(AWAY, "the database is not available"))
        except (OSError, EOFError):
            raise
        except Exception:
            traceback.print_exc()
            self._fault(Fault(DEFECT, "internal error"))

    def _form(self):
        """Names to texts; of a name that comes twice, the last."""
        length = self.headers.get("content-length", "")
        if not length.isascii() or not length.isdigit() or int(length) > _FORM_BYTES_MAX:
            # The body is not read: what follows on this connection would be taken for a request.
            self.close_connection = True
            raise Fault(INVALID, f"a form of at most {_FORM_BYTES_MAX} bytes is expected, with content-length")
        body = self.rfile.read(int(length))
        try:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FORM_FIELDS_MAX))
        except ValueError as error:
            raise Fault(INVALID, f"a form in UTF-8 of at most {_FORM_FIELDS_MAX} fields is expected") from error

    def _fault(self, fault):
        self._answer(STATUS[fault.number], "text/xml; charset=utf-8", document("Fehler", fields(Nr=fault.number, Text=fault.words)))

    def _answer(self, status, content_type, text):
        body = text.encode()
        self.send_response_only(status)
        self.send_header("date", self.date_time_string())
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        if self.server.closing:
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        """Nobody reads an access log here."""


def end_when(front, signal_received, grace_s):
    """Blocks until the event, then closes the front and ends the process: threads of idle connections are not waited for."""
    signal_received.wait()
    front.close(grace_s)
    os._exit(0)
