"""Makes ``search/words/lists/roots.txt`` of a Hunspell dictionary of Indonesian.

``python tools/make_root_list.py id_ID.dic > src/lumbung/search/words/lists/roots.txt``
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

SOURCE = """\
# Roots of Indonesian with the affixes each takes, drawn by tools/make_root_list.py from the spelling dictionary id_ID of LibreOffice
# (Debian package hunspell-id 1:7.5.0-1), Copyright (C) 2017 Ali Ahmadi, LGPL-3.0;
# affix classes after Benitius Brevoort, GPL (2004, 2014).
"""
_ROOT = re.compile("[a-z]{2,24}")
_PREFIXES_AND_SUFFIXES = "BDKMPRSTaki"


def lines_of(dictionary: Iterable[str]) -> Iterator[str]:
    """A line for every word in small letters: the word, and the affix classes that make other words of it."""
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for line in dictionary:
        word, _, flags = line.split("\t")[0].strip().partition("/")
        if _ROOT.fullmatch(word):
            taken[word].update(flag for flag in re.findall("..", flags) if flag[0] in _PREFIXES_AND_SUFFIXES)
    for word, flags in sorted(taken.items()):
        yield f"{word} {''.join(sorted(flags))}".strip()


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text(encoding="latin-1")
    sys.stdout.write(SOURCE + "\n".join(lines_of(text.splitlines()[1:])) + "\n")
