"""Many records at once, as a file."""

from django.http import StreamingHttpResponse
from ninja import Query, Router, Schema

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue.domain.exports import FORMS, RecordSelection, Told
from lumbung.catalogue.models import Material
from lumbung.catalogue.permissions import EXPORT, RECORDS_READ
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Day, Key, Word
from lumbung.organization.models import Branch

router = Router()


class ExportChoice(Schema):
    """``form`` is one of iso2709, marcxml, marcjson, mods, dc, bibframe, csv, xlsx, copies-csv, copies-xlsx, ris, bib, csl.

    What is not given does not narrow; ``branch`` is a code, ``copies`` false leaves our copies out.
    """

    form: Word = "marcxml"
    q: Word = ""
    material: Material | None = None
    branch: Word = ""
    import_run: Key | None = None
    added_since: Day | None = None
    copies: bool = True


@router.get("", auth=Scoped(RECORDS_READ, EXPORT))
def export_records(request: ApiRequest, chosen: Query[ExportChoice]) -> StreamingHttpResponse:
    """The catalogue or a part of it, hidden titles too, streamed as one file."""
    form = FORMS.get(chosen.form)
    if form is None:
        raise UnknownName("form", chosen.form)
    branch = Branch.objects.filter(code__iexact=chosen.branch).first() if chosen.branch else None
    if chosen.branch and branch is None:
        raise UnknownName("branch", chosen.branch)
    selection = RecordSelection(
        words=chosen.q,
        material=chosen.material or "",
        branch=branch.pk if branch else None,
        import_run=chosen.import_run,
        added_since=chosen.added_since,
    )
    selection.count()  # what cannot be chosen is refused here, while it can still be told
    told = Told(copies=chosen.copies, pages=request.build_absolute_uri("/records/"))
    answer = StreamingHttpResponse(form.write(selection.records(), told), content_type=form.content_type)
    answer["Content-Disposition"] = f'attachment; filename="records.{form.ending}"'
    return answer
