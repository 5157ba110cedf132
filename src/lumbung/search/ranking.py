"""What decides the order of answers, in one table. Change a number here and nowhere else; every engine follows.

A title's score is the sum of what its hypotheses are worth. Each word typed counts once, in the best place it stands in (and a
little, ``OTHERS``, for the others); hypotheses about the whole query come on top. Popularity then raises the score by
``MOST_POPULAR`` at the utmost, and what is still equal stands by year, newest first, and then by key. Every number is a multiple
of 1/1024: see ``plan``. How rare a word is in this index has a part in it only where nothing has all the words: see ``RARER``.
"""

from math import log2

WHOLE = {
    "whole_title": 128.0,  # the query is the title, or its part before the colon
    "title_phrase": 48.0,  # its words stand side by side in a title
    "title_pair": 8.0,  # two of them that follow each other do so in a title
    "title_words": 16.0,  # they all stand in the title
    "whole_name": 40.0,  # they all stand in the names of the makers
    "series_phrase": 16.0,
    "subject_phrase": 16.0,
}

FIELDS = {
    "title": 32.0,
    "creator": 28.0,
    "subject": 16.0,
    "series": 12.0,
    "identifier": 64.0,
    "class": 24.0,
    "note": 0.5,  # abstracts and notes: a sixty-fourth of a title
}
"""Where a word stands."""

FORMS = {
    "exact": 1.0,  # letter by letter as typed, marks included
    "folded": 0.875,  # without marks and apostrophes
    "variant": 0.75,  # written in another way: hyphens joined, possessive dropped
    "root": 0.5,  # another member of its family: meneliti for penelitian
    "name": 0.625,  # an older spelling of a name
    "heard": 0.5,  # a name that sounds so
    "initial": 0.25,  # the first letter of a name
    "synonym": 0.375,  # another word for the same
    "near": 0.25,  # a word spelt nearly so
    "prefix": 0.5,  # a word that begins so
}
"""How a word is met there, as a part of what the place is worth."""

OTHERS = 0.125
"""Of the places that are not the best one."""

FUNCTION_WORD = 0.125
"""A word such as *dan* or *the* says little about what is sought."""

PREFERRED = 32.0
"""What a word is worth besides where it stands in the field it was said to be of: *penulis hamka*."""

RARER = 32.0
"""Where nothing has all the words: what a word is worth besides for each doubling by which it is rarer than the most common of them."""

MUCH_RARER = 4
"""A word by so many times rarer than every other one is enough by itself there."""

MOST_POPULAR = 0.08
"""Popularity raises a score by this part at the utmost. The rest to a tenth is room for the year, which is far smaller."""

POPULARITY_STEPS = 8
YEAR_STEP = 2.0**-21
EARLIEST_YEAR, LATEST_YEAR = 1800, 2055


def standing(popularity: int, year: int | None) -> float:
    """By what part a document's scores are raised: in steps by the loans and holds it had, within a step by its year.

    Loans count by doubling: 1, 3, 7 … 255 reach the next step. Below ``MOST_POPULAR`` and a thousandth.
    """
    step = min(int(log2(1 + max(0, popularity))), POPULARITY_STEPS)
    age = max(0, min(year or EARLIEST_YEAR, LATEST_YEAR) - EARLIEST_YEAR)
    return MOST_POPULAR * step / POPULARITY_STEPS + age * YEAR_STEP
