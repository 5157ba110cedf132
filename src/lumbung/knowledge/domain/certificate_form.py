"""The certificate of a training on A4 across. Its words reach Typst as data, so that nothing in them is markup."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from lumbung.kernel.typesetting import pdf
from lumbung.kernel.ui.qr_codes import drawn
from lumbung.knowledge.models import Enrolment, Training
from lumbung.organization.queries import library

SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title + " " + data.number)
#let leaf = rgb("#1E5A46")
#set page(paper: "a4", flipped: true, margin: 18mm, background: rect(width: 100% - 16mm, height: 100% - 16mm, stroke: 1.2pt + leaf))
#set text(font: "Libertinus Serif", size: 13pt, lang: "id")
#align(center)[
  #text(size: 11pt, upper(data.institution)) \\
  #text(size: 15pt, weight: "bold", upper(data.library))
  #v(10mm)
  #text(size: 30pt, fill: leaf, data.title) \\
  #text(size: 11pt)[Nomor #data.number]
  #v(8mm)
  diberikan kepada
  #v(2mm)
  #text(size: 24pt, weight: "bold", data.name)
  #v(2mm)
  yang telah mengikuti pelatihan
  #v(1mm)
  #text(size: 17pt, weight: "bold", data.course) \\
  #data.facts
  #v(2mm)
  #text(size: 12pt, style: "italic", data.aim)
]
#place(bottom)[
  #grid(columns: (28mm, 1fr, 70mm), column-gutter: 8pt, align: (left + bottom, left + bottom, center + bottom),
    image(bytes(data.code_image), width: 26mm, format: "svg"),
    text(size: 9pt)[Keaslian sertifikat ini diperiksa di \\ #data.address \\ dengan kode #text(font: "DejaVu Sans Mono", data.code)],
    [Pelatih #v(14mm) #underline(text(weight: "bold", data.trainer))])
]
"""


def certificate(row: Enrolment, *, address: str) -> bytes:
    """The PDF. ``address`` is where it is checked, without the code."""
    session, ours = row.session, library()
    course = session.course
    assert course is not None, "certify refuses sessions without a course"  # noqa: S101 -- told by the type alone
    with translation.override("id"):
        day = date_format(localtime(session.starts_at, ours.zone), "j F Y") if session.starts_at else ""
        facts = f"bidang {Training.Fields(course.field).label}, {course.hours} jam pelajaran, {day}"
    told = {
        "title": "Sertifikat", "number": row.number, "name": row.name, "course": session.title, "facts": facts,
        "aim": course.aim, "trainer": session.facilitator.name if session.facilitator else "", "library": ours.name,
        "institution": ours.institution, "address": address, "code": row.code_to_read, "code_image": drawn(f"{address}/{row.code}"),
    }  # fmt: skip
    return pdf(SOURCE, told)
