"""The form of the minutes of a stock-take, as Indonesian libraries write them; always in Indonesian, whoever issues them."""

SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set page(paper: "a4", margin: (x: 22mm, y: 20mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #data.number #h(1fr) halaman #counter(page).display() dari #counter(page).final().first()
])
#set text(font: "Libertinus Serif", size: 11pt, lang: "id")
#set table(stroke: 0.5pt + luma(140), inset: 5pt)
#show table.cell.where(y: 0): set text(weight: "bold")
#align(center)[
  #text(size: 13pt, weight: "bold", data.library) \\
  #if data.institution != "" [#data.institution \\ ]
  #text(size: 9pt, data.address)
]
#line(length: 100%, stroke: 1pt)
#align(center)[#text(size: 14pt, weight: "bold")[BERITA ACARA STOCK OPNAME] \\ Nomor: #data.number]
#v(4pt)
#set par(justify: true)
Pada hari ini, #data.day, bertempat di #data.place, kami yang bertanda tangan di bawah ini menyatakan bahwa stock opname (cacah ulang)
koleksi “#data.name” telah dilaksanakan sejak #data.opened sampai #data.closed dalam #data.rounds putaran, dengan cakupan: #data.scope.
Hasilnya sebagai berikut.
#table(columns: (1fr, auto), align: (left, right),
  table.header([Hasil], [Eksemplar]), ..data.summary.flatten())
Ringkasan menurut kelas:
#table(columns: (1fr, auto, auto, auto, auto), align: (left, right, right, right, right),
  table.header([Kelas], [Seharusnya di rak], [Ditemukan], [Salah tempat], [Tidak ditemukan]), ..data.classes.flatten())
Rincian eksemplar yang perlu ditindaklanjuti tercantum dalam lampiran. Demikian berita acara ini dibuat dengan sebenarnya untuk
dipergunakan sebagaimana mestinya.
#v(8pt)
#block(breakable: false)[
  #align(right)[#data.place, #data.date]
  #grid(columns: (1fr,) * data.signers.len(), column-gutter: 10pt, ..data.signers.map(each => align(center)[
    #each.role #v(52pt) #underline(text(weight: "bold", each.name)) \\ #if each.number != "" [NIP/NIK #each.number]
  ]))
  #v(10pt)
  #grid(columns: (26mm, 1fr), column-gutter: 8pt, align: horizon, image(bytes(data.code), width: 26mm, format: "svg"),
    text(size: 8pt)[Keaslian berkas ini dapat diperiksa di \\ #data.address_of_check])
]
#for annex in data.annexes {
  pagebreak()
  text(size: 12pt, weight: "bold")[Lampiran #annex.number. #annex.title (#annex.count eksemplar)]
  set text(size: 8.5pt)
  set par(justify: false)
  table(columns: (auto, auto, 1fr, auto, auto), align: (right, left, left, left, left),
    table.header([No.], [Barcode], [Judul], [Nomor panggil], [Tempat]), ..annex.rows.flatten())
}
"""
