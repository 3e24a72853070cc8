"""The Bank of 1990: books in SQLite, answers in XML, the standard library and nothing else. It knows nothing of who watches it."""
