"""The facts of one record page, read in a fixed number of statements."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lumbung.catalogue.domain.bibliographic import Description, describe
from lumbung.catalogue.domain.citable import work_of
from lumbung.catalogue.domain.holdings import statements_of
from lumbung.catalogue.domain.host_records import with_hosts
from lumbung.catalogue.models import Record
from lumbung.discovery import citing
from lumbung.discovery.facts import facts_of
from lumbung.discovery.languages import language_name
from lumbung.discovery.queries.full_texts import pdfs_of
from lumbung.discovery.referring import coins, highwire, open_graph, signposts
from lumbung.discovery.structured import TYPES, structured
from lumbung.discovery.web.copies import copies_told
from lumbung.formats.citation import Work
from lumbung.kernel.rooms import is_open
from lumbung.organization.queries import library


def work_at(request: HttpRequest, record: Record) -> tuple[Description, Work]:
    """What the record says, and the work to cite with its address."""
    said = describe(record.marc_record)
    return said, work_of(with_hosts([said])[0], url=request.build_absolute_uri(reverse("discovery:record", args=[record.pk])))


def facts_for(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Everything the template of a record page asks for, apart from what concerns its reader."""
    said, work = work_at(request, record)
    marc = record.marc_record
    copies = copies_told(record)
    pdfs = [request.build_absolute_uri(each) for each in pdfs_of(record, said)]
    picture = request.build_absolute_uri(reverse("discovery:picture", args=[record.pk]))
    return {
        "record": record,
        "said": said,
        "facts": facts_of(said, marc),
        "copies": copies,
        "statements": statements_of(marc),
        "lendable": is_open("circulation") and copies.any_lendable,
        "language": language_name(record.language),
        "url": work.url,
        "styles": citing.choices(),
        "forms": citing.FORMS,
        "coins": coins(work),
        "open_graph": open_graph(work),
        "highwire": highwire(work, pdfs=pdfs),
        "signposts": signposts(
            work,
            names=[each.value for each in said.numbers],
            kind=TYPES.get(work.kind, "CreativeWork"),
            described=[(f"{work.url}/citation.{name}", form.content_type) for name, form in citing.FORMS.items()],
            pdfs=pdfs,
        ),
        "picture": picture,
        "structured": structured(
            work,
            language=record.language,
            copies=copies.total,
            available=bool(copies.available),
            library=library().name,
            picture=picture,
            pdfs=pdfs,
        ),
    }
