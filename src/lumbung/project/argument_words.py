"""What argparse says by itself, in Indonesian; it has English of its own."""

import argparse
from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "usage: ": "pemakaian: ",
    "positional arguments": "argumen",
    "options": "pilihan",
    "show this help message and exit": "tampilkan bantuan ini, lalu selesai",
    "%(prog)s: error: %(message)s\n": "%(prog)s: keliru: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "yang ini wajib disebut: %s",
    "one of the arguments %s is required": "salah satu dari ini wajib disebut: %s",
    "unrecognized arguments: %s": "tidak dikenal: %s",
    "not allowed with argument %s": "tidak dapat bersama %s",
    "ignored explicit argument %r": "tidak menerima isi, jadi %r tidak dipakai",
    "expected one argument": "memerlukan satu isi",
    "expected at most one argument": "menerima paling banyak satu isi",
    "expected at least one argument": "memerlukan sedikitnya satu isi",
    "expected %s argument": "memerlukan %s isi",
    "expected %s arguments": "memerlukan %s isi",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s dapat berarti beberapa pilihan: %(matches)s",
    "invalid %(type)s value: %(value)r": "%(value)r tidak dapat dipakai di sini",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak ada; pilih dari %(choices)s",
}


def in_indonesian() -> None:
    """Have argparse say it so in this process: it asks these two names of its module for every word."""
    named = vars(argparse)
    named["_"] = lambda text: WORDS.get(text, text)
    named["ngettext"] = lambda one, many, count: WORDS.get(one if count == 1 else many, many)
