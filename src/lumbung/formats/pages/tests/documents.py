"""Small PDFs made by hand, one page for each text."""

import typst


def pdf(*texts: str, heading: str = "") -> bytes:
    """A PDF with these pages."""
    pages = "\n#pagebreak()\n".join(texts)
    source = f"#set page(width: 10cm, height: 14cm)\n#set text(size: 11pt)\n{heading}\n{pages}"
    return bytes(typst.compile(source.encode()))
