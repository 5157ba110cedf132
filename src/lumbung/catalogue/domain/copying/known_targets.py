"""Catalogues that let anybody ask, as they describe themselves. They begin switched off: addresses change, and a library chooses whom it
asks."""

from typing import Any

from django.utils.translation import gettext_noop

CHECK_FIRST = gettext_noop("Alamat dapat berubah: tekan Coba dahulu, baru nyalakan.")

KNOWN: list[dict[str, Any]] = [
    {
        "name": "Library of Congress (SRU)",
        "protocol": "sru",
        "address": "http://lx2.loc.gov:210/LCDB",
        "version": "1.1",
        "schema": "marcxml",
        "place": 10,
        "note": CHECK_FIRST,
    },
    {
        "name": "Library of Congress (Z39.50)",
        "protocol": "z3950",
        "address": "lx2.loc.gov:210",
        "database": "LCDB",
        "encoding": "utf-8",
        "place": 11,
        "note": CHECK_FIRST,
    },
    {
        "name": "K10plus",
        "protocol": "sru",
        "address": "https://sru.k10plus.de/opac-de-627",
        "version": "1.1",
        "schema": "marcxml",
        "indexes": "isbn pica.isb\ntitle pica.tit all\ncreator pica.per all\nwords pica.all all",
        "place": 20,
        "note": CHECK_FIRST,
    },
    {
        "name": "Deutsche Nationalbibliothek",
        "protocol": "sru",
        "address": "https://services.dnb.de/sru/dnb",
        "version": "1.1",
        "schema": "MARC21-xml",
        "indexes": "isbn num\ntitle tit all\ncreator per all\nwords woe all",
        "place": 21,
        "note": CHECK_FIRST,
    },
]
