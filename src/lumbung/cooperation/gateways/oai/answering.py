"""Answers to the six verbs of OAI-PMH."""

from collections.abc import Callable, Iterator
from functools import partial

from lumbung.cooperation.gateways.oai.lists import list_records
from lumbung.cooperation.gateways.oai.told import Caller, Told, refuse
from lumbung.cooperation.models import Theses
from lumbung.cooperation.queries.forms import FORMS, Form, form_called
from lumbung.cooperation.queries.harvesting import Found, earliest, sample, shared
from lumbung.cooperation.queries.rules import admin_emails, repository_identifier
from lumbung.cooperation.queries.sets import sets
from lumbung.formats.oai_pmh import Asked, Code, Wrong, answer, as_text, errors, header, read_question, tag
from lumbung.kernel import clock
from lumbung.organization.queries import library

_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"


def answered(pairs: list[tuple[str, str]], caller: Caller) -> bytes:
    """The answer to these arguments, whatever they are."""
    at = int(clock.now().timestamp())
    echo: dict[str, str] = {}
    try:
        asked = read_question(pairs)
        echo = {"verb": asked.verb, **asked.arguments}
        return answer(
            at=at, base=caller.base, verb=asked.verb, arguments=asked.arguments, body=_VERBS[asked.verb](asked, caller)
        )
    except Wrong as wrong:
        repeats = echo if not any(each.code in {Code.BAD_VERB, Code.BAD_ARGUMENT} for each in wrong.problems) else {}
        return errors(wrong.problems, at=at, base=caller.base, echo=repeats)


def _identify(asked: Asked, caller: Caller) -> Told:
    repository, first = repository_identifier(), earliest()
    yield tag("repositoryName", library().name or repository)
    yield tag("baseURL", caller.base)
    yield tag("protocolVersion", "2.0")
    yield from (tag("adminEmail", each) for each in admin_emails())
    yield tag("earliestDatestamp", as_text(int(clock.now().timestamp()) if first is None else first))
    yield tag("deletedRecord", "persistent")
    yield tag("granularity", "YYYY-MM-DDThh:mm:ssZ")
    yield tag("compression", "gzip")
    yield f'<description>\n<oai-identifier xmlns="{_IDENTIFIER}" xsi:schemaLocation="{_IDENTIFIER} {_IDENTIFIER}.xsd">\n'
    yield tag("scheme", "oai") + tag("repositoryIdentifier", repository) + tag("delimiter", ":")
    yield tag("sampleIdentifier", f"oai:{repository}:{sample()}") + "</oai-identifier>\n</description>\n"


def _formats(asked: Asked, caller: Caller) -> Told:
    shown = FORMS
    if "identifier" in asked.arguments:
        found = _known(asked.arguments["identifier"])
        shown = tuple(form for form in FORMS if _fits(found, form))
    for form in shown:
        told = tag("metadataPrefix", form.prefix) + tag("schema", form.schema) + tag("metadataNamespace", form.namespace)
        yield f"<metadataFormat>\n{told}</metadataFormat>\n"


def _sets(asked: Asked, caller: Caller) -> Told:
    if "resumptionToken" in asked.arguments:
        raise refuse(Code.BAD_RESUMPTION_TOKEN, "The list of sets comes whole; no token was given out for it.")
    yield from (f"<set>\n{tag('setSpec', name)}{tag('setName', label)}</set>\n" for name, label in sets())


def _record(asked: Asked, caller: Caller) -> Told:
    prefix = asked.arguments["metadataPrefix"]
    found = _known(asked.arguments["identifier"])
    form = form_called(prefix)
    if form is None or not _fits(found, form):
        raise refuse(Code.CANNOT_DISSEMINATE_FORMAT, f"The record is not there as {prefix}.")
    head = found.header(repository_identifier(), theses_only=form.only_theses)
    if head.deleted:
        yield f"<record>{header(head)}</record>\n"
        return
    content = found.form(prefix)
    if not content:
        raise refuse(Code.CANNOT_DISSEMINATE_FORMAT, f"The record is not there as {prefix}.")
    metadata = form.served(content, caller.page_of(found.record), caller.door)
    yield f"<record>{header(head)}<metadata>\n{metadata}</metadata></record>\n"


def _known(identifier: str) -> Found:
    found = shared(identifier)
    if found is None:
        raise refuse(Code.ID_DOES_NOT_EXIST, "There is no record with this identifier.")
    return found


def _fits(found: Found, form: Form) -> bool:
    return not form.only_theses or found.thesis != Theses.NEVER


_VERBS: dict[str, Callable[[Asked, Caller], Iterator[str]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListRecords": partial(list_records, with_content=True),
    "ListIdentifiers": partial(list_records, with_content=False),
}
