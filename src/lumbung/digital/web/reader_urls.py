"""The addresses of the reader and of lending; they stand with the file they are about."""

from django.urls import path

from lumbung.digital.web import inside, keeping, lending, licences, reader, reading_apps, sittings, staff_lending

urlpatterns = [
    path("files/<int:pk>/read", reader.read, name="read"),
    path("files/<int:pk>/pages/<int:number>.jpg", reader.picture, name="picture"),
    path("files/<int:pk>/pages/<int:number>.json", reader.page, name="page"),
    path("files/<int:pk>/parts/<path:name>", reader.part, name="part"),
    path("files/<int:pk>/sizes.json", reader.sizes, name="sizes"),
    path("files/<int:pk>/kept.json", keeping.keepable, name="keepable"),
    path("files/<int:pk>/words.json", keeping.words, name="page_words"),
    path("files/<int:pk>/play", reader.play, name="play"),
    path("files/<int:pk>/manifest.json", reader.manifest, name="manifest"),
    path("files/<int:pk>/find", reader.find, name="find"),
    path("files/<int:pk>/reading", reader.sync, name="reading"),
    path("files/<int:pk>/place", sittings.place, name="place"),
    path("files/<int:pk>/loan", lending.loan, name="loan"),
    path("files/<int:pk>/loan/renewal", lending.renewal, name="loan_renewal"),
    path("files/<int:pk>/hold", lending.hold, name="e_hold"),
    path("files/<int:pk>/loan/licence.lcpl", reading_apps.licence, name="licence"),
    path("files/<int:pk>/loan/book.epub", reading_apps.book, name="licensed_book"),
    path("my/reading-apps", reading_apps.reading_apps, name="reading_apps"),
    path("lcp/licences/<uuid:key>", licences.document, name="licence_document"),
    path("lcp/licences/<uuid:key>/book.epub", licences.book, name="licence_book"),
    path("lcp/licences/<uuid:key>/status", licences.status, name="licence_status"),
    path("lcp/licences/<uuid:key>/registration", licences.registration, name="licence_registration"),
    path("lcp/licences/<uuid:key>/renewal", licences.renewal, name="licence_renewal"),
    path("lcp/licences/<uuid:key>/return", licences.giving_back, name="licence_return"),
    path("files/kept", keeping.kept, name="kept"),
    path("files/worker.js", keeping.worker, name="reader_worker"),
    path("search/inside", inside.inside, name="inside"),
    path("staff/files/<int:pk>/lending", staff_lending.lending, name="lending"),
    path("staff/files/<int:pk>/words", staff_lending.words, name="words"),
    path("staff/digital/loans", staff_lending.loans, name="e_loans"),
    path("staff/digital/loans/<int:pk>/end", staff_lending.end, name="e_loan_end"),
]
