"""The form of a clearance letter on A4. Its words are the library's; they reach Typst as data, so nothing in them is markup."""

import re

PLACES = frozenset(
    {"{data}", "{syarat}", "{nama}", "{nomor_induk}", "{program_studi}", "{keperluan}", "{perpustakaan}", "{tanggal}"}
)
"""What a letter's text may hold. {data} and {syarat} stand on lines of their own: who it is about, and what was fulfilled."""

USUAL_TEXT = """Yang bertanda tangan di bawah ini menerangkan bahwa:
{data}
telah memenuhi seluruh kewajibannya kepada {perpustakaan}, yaitu:
{syarat}
Surat keterangan ini diberikan untuk keperluan {keperluan} dan dapat dipergunakan sebagaimana mestinya."""

SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title + " " + data.number)
#set page(paper: "a4", margin: (x: 24mm, top: 18mm, bottom: 20mm))
#set text(font: "Libertinus Serif", size: 11.5pt, lang: "id")
#align(center)[
  #if data.institution != "" [#text(size: 12pt, upper(data.institution)) \\ ]
  #text(size: 15pt, weight: "bold", upper(data.library)) \\
  #text(size: 9pt)[#data.address #if data.npp != "" [ \\ NPP #data.npp]]
]
#v(-4pt)
#line(length: 100%, stroke: 1.6pt)
#v(-9pt)
#line(length: 100%, stroke: 0.5pt)
#v(10pt)
#align(center)[#underline(offset: 3pt, text(size: 13pt, weight: "bold", upper(data.title))) \\ Nomor: #data.number]
#v(14pt)
#set par(justify: true, leading: 0.8em, spacing: 1.1em)
#for part in data.parts {
  if part.kind == "data" {
    pad(left: 8mm, grid(columns: (38mm, 4mm, 1fr), row-gutter: 0.75em,
      ..data.facts.map(each => (each.at(0), ":", text(weight: "bold", each.at(1)))).flatten()))
  } else if part.kind == "conditions" {
    pad(left: 8mm, enum(spacing: 0.75em, ..data.conditions))
  } else { par(part.text) }
}
#v(16pt)
#block(breakable: false)[
  #align(right)[#data.place_and_date]
  #v(4pt)
  #grid(columns: (1fr,) * calc.min(data.signers.len(), 2), column-gutter: 12pt, row-gutter: 18pt,
    ..data.signers.map(each => align(center)[
      #each.role #v(48pt) #underline(text(weight: "bold", each.name)) \\ #if each.number != "" [NIP #each.number]
    ]))
  #v(16pt)
  #grid(columns: (27mm, 1fr), column-gutter: 9pt, align: horizon, image(bytes(data.code_image), width: 27mm, format: "svg"),
    text(size: 8.5pt)[Keaslian surat ini diperiksa di #data.check_address \\ dengan kode #text(font: "DejaVu Sans Mono", data.code)])
]
"""


def paragraphs(text: str, told: dict[str, str]) -> list[dict[str, str]]:
    """The letter's text cut into what Typst sets: plain paragraphs, the facts, the conditions."""
    parts = []
    for line in filter(None, map(str.strip, text.splitlines())):
        kind = {"{data}": "data", "{syarat}": "conditions"}.get(line, "text")
        filled = re.sub(r"\{\w+\}", lambda found: told.get(found.group(), found.group()), line)
        parts.append({"kind": kind, "text": filled})
    return parts
