"""Authorities control the headings of records: found, renamed, merged, taken back."""

import pytest

from lumbung.catalogue import queries
from lumbung.catalogue.domain.authorities import rewriting
from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, entry_of, new_authority_marc, revised
from lumbung.catalogue.domain.authorities.establishing import add_authority, change_authority, remove_authority
from lumbung.catalogue.domain.authorities.linking import link_authorities, link_imported, link_records, replace_headings
from lumbung.catalogue.domain.authorities.merging import merge_authorities
from lumbung.catalogue.domain.authorities.rewriting import carry_out, take_back
from lumbung.catalogue.domain.authorities.undoing import undo_heading_change
from lumbung.catalogue.domain.imports import undo_import
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import Authority, HeadingChange, HeadingKind, Record, RecordHeading, Revision
from lumbung.catalogue.tests.factories import a_record, an_import, marc_of
from lumbung.formats.marc import Field
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def an_authority(heading, kind=HeadingKind.PERSON, **more):
    entry = AuthorityEntry(kind=kind, heading=heading, **more)
    return add_authority(new_authority_marc(entry), by=None)


def by(name, tag="100", **more):
    return Field(tag, "1", " ", [("a", name), *more.items()])


def about(subject, *divisions, tag="650"):
    return Field(tag, " ", "4", [("a", subject), *(("x", each) for each in divisions)])


def under(authority):
    return list(queries.records_under(authority).order_by("pk").values_list("pk", flat=True))


def renamed(authority, heading, user=None):
    """The change that the new heading brings, carried out."""
    made = revised(authority.marc_record, entry_of_with(authority, heading))
    change_authority(authority, made, version=authority.version, by=user)
    return carry_out(HeadingChange.objects.latest("pk"))


def entry_of_with(authority, heading):
    return AuthorityEntry(**{**vars_of(entry_of(authority.marc_record)), "heading": heading})


def vars_of(entry):
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def marc_line(record, tag):
    field = Record.objects.get(pk=record.pk).marc_record.first(tag)
    return " ".join(f"${code}{text}" for code, text in field.subfields)


def failing_after(times):
    """A power cut in the stretch after so many."""
    done = []

    def store(given):
        done.append(True)
        if len(done) > times:
            raise KeyboardInterrupt
        replace_headings(given)

    return store


@pytest.mark.parametrize(
    "name",
    ["Toer, Pramoedya Ananta", "Pramoedya Ananta Toer", "Prof. Dr. Pramoedya Ananta Toer, M.Hum.", "TOER, Pramoedya Ananta,"],
)
def test_a_name_finds_its_authority_in_either_order_and_with_titles(name):
    toer = an_authority("Toer, Pramoedya Ananta")
    record = a_record("Gadis pantai", by(name))
    assert under(toer) == [record.pk]


def test_a_year_of_birth_keeps_namesakes_apart():
    older, younger = an_authority("Santoso, Budi, 1940-2001"), an_authority("Santoso, Budi, 1977-")
    record = a_record("Ekonomi", by("Santoso, Budi,", d="1977-"))
    unclear = a_record("Kimia", by("Santoso, Budi"))
    assert (under(older), under(younger)) == ([], [record.pk])
    assert list(queries.unlinked_headings().values_list("record", "label")) == [(unclear.pk, "Santoso, Budi")]


def test_a_see_reference_links_too_and_the_number_in_subfield_0_decides():
    sukarno = an_authority("Sukarno, 1901-1970", see=["Soekarno"])
    numbered = new_authority_marc(AuthorityEntry(heading="Sukarno, Anak"))
    numbered.fields.insert(0, Field("001", value="id0042"))
    other = add_authority(numbered, by=None)
    by_name, by_number = (
        a_record("Sarinah", by("Soekarno")),
        a_record("Kisah", Field("100", "0", " ", [("a", "Soekarno"), ("0", "(ID)id0042")])),
    )
    assert (under(sukarno), under(other)) == ([by_name.pk], [by_number.pk])


def test_an_authority_made_later_finds_the_records_that_were_there():
    records = [a_record(title, about("Perpustakaan", "Sejarah")) for title in ("Satu", "Dua")]
    library = an_authority("Perpustakaan", HeadingKind.SUBJECT)
    assert under(library) == []
    link_authorities([library.pk])
    assert under(library) == [each.pk for each in records]
    whole = an_authority("Perpustakaan -- Sejarah", HeadingKind.SUBJECT)
    link_authorities([whole.pk])
    assert under(whole) == [each.pk for each in records]


def test_imported_records_are_linked_when_the_import_is_followed():
    toer = an_authority("Toer, Pramoedya Ananta")
    run = an_import([a_record("Contoh", by("Toer, Pramoedya Ananta")).marc_record])
    imported = run.records.get()
    link_records([imported.pk])
    assert imported.pk in under(toer)


def test_imported_records_come_with_the_authorities_behind_their_headings():
    toer = an_authority("Toer, Pramoedya Ananta")
    run = an_import([marc_of("Bumi manusia", by("Toer, Pramoedya Ananta")), marc_of("Sepi")])
    assert under(toer) == [run.records.get(title="Bumi manusia").pk]
    assert RecordHeading.objects.count() == 1


def test_an_authority_that_came_while_an_import_went_on_is_found_when_it_is_followed():
    run = an_import([marc_of("Bumi manusia", by("Toer, Pramoedya Ananta")), marc_of("Lain", by("Lain, Orang"))])
    first, last = (run.records.get(title=title).pk for title in ("Bumi manusia", "Lain"))
    toer = an_authority("Toer, Pramoedya Ananta")
    link_imported(first + 1, last)
    assert under(toer) == []
    link_imported(first, last)
    assert under(toer) == [first]


def test_a_heading_is_established_once_and_every_reason_is_told():
    first = an_authority("Perpustakaan", HeadingKind.SUBJECT)
    with pytest.raises(Refused) as refused:
        an_authority("perpustakaan", HeadingKind.SUBJECT, related=["Perpustakaan"])
    assert refused.value.codes == ["heading_exists", "sees_itself"]
    with pytest.raises(Refused) as refused:
        an_authority("Taman bacaan", HeadingKind.SUBJECT, see=["Perpustakaan"])
    assert refused.value.codes == ["see_is_heading"]
    assert Authority.objects.get() == first


def test_broader_headings_may_not_go_in_a_circle_however_long():
    an_authority("Ilmu", HeadingKind.SUBJECT, broader=["Pengetahuan"])
    an_authority("Fisika", HeadingKind.SUBJECT, broader=["Ilmu"])
    with pytest.raises(Refused) as refused:
        an_authority("Pengetahuan", HeadingKind.SUBJECT, broader=["Fisika"])
    assert refused.value.codes == ["circular"]
    with pytest.raises(Refused) as refused:
        an_authority("Optika", HeadingKind.SUBJECT, broader=["Fisika"], narrower=["Ilmu"])
    assert refused.value.codes == ["circular"]


def test_two_may_see_each_other():
    an_authority("Buku", HeadingKind.SUBJECT, related=["Naskah"])
    assert an_authority("Naskah", HeadingKind.SUBJECT, related=["Buku"]).references.get().label == "Buku"


def test_a_renamed_heading_follows_everywhere_with_roles_and_marks_kept(sari):
    toer = an_authority("Toer, Pramudya Ananta")
    made_by = a_record("Bumi manusia", by("Toer, Pramudya Ananta,", e="pengarang."))
    about_him = a_record("Biografi", Field("600", "1", "4", [("a", "Toer, Pramudya Ananta"), ("x", "Biografi")]))
    another = a_record("Lain", by("Tohari, Ahmad"))
    change = renamed(toer, "Toer, Pramoedya Ananta, 1925-2006", sari)
    assert (change.state, change.records_changed, change.expected) == ("finished", 2, 2)
    assert marc_line(made_by, "100") == "$aToer, Pramoedya Ananta, $d1925-2006, $epengarang."
    assert marc_line(about_him, "600") == "$aToer, Pramoedya Ananta, $d1925-2006 $xBiografi"
    assert marc_line(another, "100") == "$aTohari, Ahmad"
    assert Record.objects.get(pk=made_by.pk).creator == "Toer, Pramoedya Ananta"
    kept = Revision.objects.get(record=made_by)
    assert (kept.was, kept.became, kept.by, kept.heading_change) == (1, 2, sari, change)
    assert entry_of(Authority.objects.get().marc_record).see == ["Toer, Pramudya Ananta"]
    assert under(toer) == [made_by.pk, about_him.pk]


def test_subdivisions_stay_when_a_subject_is_renamed():
    subject = an_authority("Komputer", HeadingKind.SUBJECT)
    record = a_record("Jaringan", about("Komputer.", "Keamanan"))
    renamed(subject, "Sistem komputer")
    assert marc_line(record, "650") == "$aSistem komputer. $xKeamanan"


def test_a_change_that_was_interrupted_goes_on_where_it_stood(monkeypatch):
    monkeypatch.setattr(rewriting, "STRETCH", 2)
    toer = an_authority("Toer, Pramudya Ananta")
    for n in range(5):
        a_record(f"Judul {n}", by("Toer, Pramudya Ananta"))
    made = revised(toer.marc_record, AuthorityEntry(heading="Toer, Pramoedya Ananta"))
    change_authority(toer, made, version=1, by=None)
    change = HeadingChange.objects.get()
    monkeypatch.setattr(rewriting, "replace_headings", failing_after(1))
    with pytest.raises(KeyboardInterrupt):
        carry_out(change)
    assert HeadingChange.objects.get().records_changed == 2
    monkeypatch.undo()
    with pytest.raises(Refused) as refused:
        change_authority(toer, revised(made, AuthorityEntry(heading="Toer")), version=2, by=None)
    assert refused.value.codes == ["change_runs"]
    assert carry_out(change).records_changed == 5
    assert Revision.objects.count() == 5


def test_a_rename_is_taken_back_everywhere_and_what_was_changed_since_stays(sari):
    toer = an_authority("Toer, Pramudya Ananta")
    untouched, changed = (a_record(title, by("Toer, Pramudya Ananta")) for title in ("Satu", "Dua"))
    corrected = a_record("Tiga", by("Toer, Pramudya Ananta"))
    change = renamed(toer, "Toer, Pramoedya Ananta")
    for record, tag, text in ((changed, "245", "Dua, diperbaiki"), (corrected, "100", "Toer, Soesilo")):
        now = Record.objects.get(pk=record.pk)
        marc = now.marc_record
        marc.first(tag).subfields = [("a", text)]
        change_record(now, marc, version=2, by=sari)
    undone = take_back(undo_heading_change(change, by=sari))
    assert (undone.state, undone.records_left) == ("undone", 1)
    assert marc_line(untouched, "100") == marc_line(changed, "100") == "$aToer, Pramudya Ananta"
    assert (marc_line(changed, "245"), marc_line(corrected, "100")) == ("$aDua, diperbaiki", "$aToer, Soesilo")
    now = Authority.objects.get()
    assert (now.heading, entry_of(now.marc_record).see) == ("Toer, Pramudya Ananta", [])
    assert under(now) == [untouched.pk, changed.pk]
    with pytest.raises(Refused) as refused:
        undo_heading_change(change, by=sari)
    assert refused.value.codes == ["not_undoable"]


def test_changes_are_taken_back_the_last_one_first():
    toer = an_authority("Toer, P.")
    first = renamed(toer, "Toer, Pram")
    renamed(Authority.objects.get(), "Toer, Pramoedya")
    with pytest.raises(Refused) as refused:
        undo_heading_change(first, by=None)
    assert refused.value.codes == ["changed_again"]


def test_two_authorities_become_one_and_two_again(sari):
    kept, gone = (
        an_authority("Perpustakaan", HeadingKind.SUBJECT),
        an_authority("Kepustakaan", HeadingKind.SUBJECT, see=["Bibliotek"]),
    )
    of_kept, of_gone = a_record("Satu", about("Perpustakaan")), a_record("Dua", about("Kepustakaan", "Sejarah"))
    change = carry_out(merge_authorities(gone, into=kept, by=sari))
    assert (change.records_changed, Authority.objects.get()) == (1, kept)
    assert marc_line(of_gone, "650") == "$aPerpustakaan $xSejarah"
    assert entry_of(Authority.objects.get().marc_record).see == ["Kepustakaan", "Bibliotek"]
    assert under(kept) == [of_kept.pk, of_gone.pk]
    take_back(undo_heading_change(change, by=sari))
    back = Authority.objects.get(heading="Kepustakaan")
    link_authorities([kept.pk, back.pk])
    assert (under(kept), under(back)) == ([of_kept.pk], [of_gone.pk])
    assert marc_line(of_gone, "650") == "$aKepustakaan $xSejarah"
    assert entry_of(Authority.objects.get(pk=kept.pk).marc_record).see == []


def test_only_like_is_merged_with_like():
    person, subject = an_authority("Merapi"), an_authority("Gunung api", HeadingKind.SUBJECT)
    with pytest.raises(Refused) as refused:
        merge_authorities(person, into=subject, by=None)
    assert refused.value.codes == ["kinds_differ"]
    with pytest.raises(Refused) as refused:
        merge_authorities(person, into=person, by=None)
    assert refused.value.codes == ["sees_itself"]


def test_a_heading_with_titles_is_not_removed_and_says_how_many():
    toer = an_authority("Toer, Pramoedya Ananta")
    record = a_record("Bumi manusia", by("Toer, Pramoedya Ananta"))
    with pytest.raises(Refused) as refused:
        remove_authority(toer, by=None)
    assert str(refused.value.reasons[0]).startswith("Tajuk ini masih dipakai 1 judul")
    record.delete()
    remove_authority(toer, by=None)
    assert (Authority.objects.count(), RecordHeading.objects.count()) == (0, 0)


def test_who_was_slower_is_told(sari):
    toer = an_authority("Toer")
    made = revised(toer.marc_record, AuthorityEntry(heading="Toer", note="Pengarang."))
    change_authority(toer, made, version=1, by=sari)
    with pytest.raises(Refused) as refused:
        change_authority(toer, made, version=1, by=sari)
    assert refused.value.codes == ["stale"]


def test_the_name_is_kept_as_it_is_spoken():
    assert an_authority("Toer, Pramoedya Ananta, 1925-2006").natural == "Pramoedya Ananta Toer"
    assert an_authority("Soekarno").natural == "Soekarno"
    assert an_authority("Aminah, Siti", see=["Prof. Dr. Hj. Siti Aminah, M.Pd."]).natural == "Prof. Dr. Hj. Siti Aminah, M.Pd."


def test_typing_finds_a_name_as_filed_as_spoken_and_by_its_other_names():
    toer = an_authority("Toer, Pramoedya Ananta", see=["Pram"])
    for typed in ("toe", "pramoedya an", "Pram"):
        assert [each.authority for each in queries.names_like(typed)] == [toer]
    assert queries.names_like("ananta") == queries.names_like("") == []


def test_search_documents_hold_the_other_names():
    an_authority("Sukarno, 1901-1970", see=["Putra Sang Fajar"])
    record = a_record("Biografi", Field("600", "0", "4", [("a", "Sukarno,"), ("d", "1901-1970")]))
    assert queries.see_references_of([record.pk]) == {record.pk: [(True, "Putra Sang Fajar")]}


def authority_marc(heading, kind=HeadingKind.SUBJECT, **more):
    return new_authority_marc(AuthorityEntry(kind=kind, heading=heading, **more))


def test_a_file_brings_authorities_beside_titles_and_they_find_the_records():
    record = a_record("Fisika dasar", about("Fisika"))
    run = an_import([authority_marc("Fisika", see=["Ilmu fisika"]), marc_of("Kimia"), authority_marc("FISIKA")])
    assert (run.records_added, run.authorities_added, run.rejected) == (1, 1, 1)
    assert [each.kind for each in run.rejections.all()] == ["authority_exists"]
    fisika = Authority.objects.get()
    link_authorities([fisika.pk])
    assert under(fisika) == [record.pk]
    undo_import(run, by=None)
    assert (Authority.objects.count(), Record.objects.get()) == (0, record)
    assert list(queries.unlinked_headings().values_list("label", flat=True)) == ["Fisika"]


def test_a_dry_run_counts_authorities_and_keeps_none():
    run = an_import([authority_marc("Fisika"), authority_marc("fisika"), authority_marc("Kimia")], dry_run=True)
    assert (run.authorities_added, run.rejected, Authority.objects.count()) == (2, 1, 0)


def test_an_import_is_not_undone_when_its_authorities_were_changed_since(sari):
    run = an_import([authority_marc("Fisika")])
    change_authority(Authority.objects.get(), authority_marc("Fisika", note="Ilmu alam."), version=1, by=sari)
    with pytest.raises(Refused) as refused:
        undo_import(run, by=sari)
    assert refused.value.codes == ["authorities_changed_since"]
