"""The Bank of 1990. usage: python3 main.py [--help]

environment
  PORT          port to listen on at 127.0.0.1 (0: any free one)
  DATABASE_URL  sqlite:/PATH of the books; they are made if there are none
  BANK_JWT_KEY  key that signs tokens, at least 32 characters
"""

import os
import re
import signal
import sys
import threading
from datetime import datetime, timezone

if sys.version_info < (3, 10):
    sys.exit(f"bank-1990: Python 3.10 or later is needed, this is {sys.version.split()[0]}")

from bank import books as b
from bank.front import Front, end_when
from bank.service import Service
from bank.tokens import TokenDesk

CLOSE_GRACE_S = 2


def read_settings(env):
    """Port, path and key; all that is wrong is told at once."""
    port, url, key = env.get("PORT", ""), env.get("DATABASE_URL", ""), env.get("BANK_JWT_KEY", "")
    errors = []
    if not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65_535:
        errors.append(f'PORT "{port}": expected a port from 0 to 65535')
    if not re.fullmatch(r"sqlite:/.+", url):
        errors.append("DATABASE_URL: expected sqlite:/path/of/the/books")
    if len(key) < 32:
        errors.append("BANK_JWT_KEY: expected at least 32 characters")
    if errors:
        sys.exit("\n".join(f"bank-1990: {error}" for error in errors))
    return int(port), url.removeprefix("sqlite:"), key


def main():
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        return
    port, path, key = read_settings(os.environ)
    books = b.open_books(path)
    b.set_up(books)
    date = datetime.strptime(b.parameter(books, "BUCHDAT"), "%Y%m%d").replace(tzinfo=timezone.utc)
    books.close()
    front = Front(("127.0.0.1", port), Service(TokenDesk(key, int(date.timestamp()))), path)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=front.serve_forever, daemon=True).start()
    print(f"ready bank-1990 127.0.0.1:{front.server_address[1]}", flush=True)
    end_when(front, stop, CLOSE_GRACE_S)


main()
