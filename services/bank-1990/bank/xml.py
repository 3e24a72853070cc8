"""Answers as XML."""

from xml.sax.saxutils import escape


def document(name, *content):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element(name, *content)}\n'


def element(name, *content):
    """Content: texts, which are escaped, or elements."""
    inner = "".join(part if isinstance(part, Element) else escape(str(part)) for part in content)
    return Element(f"<{name}>{inner}</{name}>")


def fields(**texts):
    """One element a name, in order; what is empty has none."""
    return Element("".join(element(name, text) for name, text in texts.items() if text != ""))


class Element(str):
    """Text that is XML already."""
