"""Becoming a member from home: asked, proven by a code, accepted at once or by the staff, never by guessing or flooding."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.domain.rates import Allowance
from lumbung.accounts.models import Role
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain import joining
from lumbung.members.models import JoinRequest, Member
from lumbung.members.tests.factories import CategoryFactory, HomeBranchFactory, MemberIdentifierFactory
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db
OURS = "https://perpus.kampus.example"


@pytest.fixture(autouse=True)
def _nobody_asked_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_allowance", Allowance(joining.ASKED_A_MINUTE))


@pytest.fixture
def public():
    return CategoryFactory(code="umum", name="Masyarakat umum", joining="approved")


def asking(category, **facts: object) -> tuple[JoinRequest, str]:
    told = {"name": "Citra Dewi", "email": "citra@example.org", "branch": HomeBranchFactory()}
    asked = joining.ask_to_join(category=category, **told | facts)
    return asked, joining.make_code(asked)


def proven(category, **facts: object) -> JoinRequest:
    asked, code = asking(category, **facts)
    assert joining.prove(asked, code) is None
    asked.refresh_from_db()
    return asked


def test_a_request_is_refused_with_every_reason():
    desk_only = CategoryFactory(code="dosen", name="Dosen")
    with pytest.raises(Refused) as refused:
        asking(desk_only, name=" ", email="bukan surel", phone="12", identifier_kind="nidn", identifier="1")
    assert refused.value.codes == ["name_empty", "category_not_open", "email_wrong", "phone_wrong", "nidn_wrong"]


def test_a_number_without_its_kind_asks_for_the_kind(public, client: Client):
    with pytest.raises(Refused) as refused:
        asking(public, identifier="2110512001")
    assert refused.value.codes == ["identifier_kind_unsaid"]
    form = {"name": "Citra", "email": "citra@contoh.id", "category": public.pk, "branch": HomeBranchFactory().pk}
    page = client.post(reverse("membership:join"), {**form, "identifier": "2110512001"})
    assert (page.status_code, "Pilih jenis nomor untuk “2110512001”" in page.content.decode()) == (422, True)


def test_the_code_proves_the_address_once_and_only_for_half_an_hour(public):
    asked, code = asking(public)
    wrong = "000000" if code != "000000" else "111111"
    assert joining.prove(asked, wrong).code == "join_code_wrong"
    with clock.stopped_at(clock.now() + timedelta(minutes=31)):
        assert joining.prove(asked, code).code == "join_code_old"
    assert joining.prove(asked, f" {code[:3]} {code[3:]} ") is None
    asked.refresh_from_db()
    assert (asked.state, asked.code_digest, code in str(asked.__dict__)) == ("waiting", "", False)


def test_a_code_cannot_be_guessed(public):
    asked, code = asking(public)
    for _ in range(joining.MOST_TRIES):
        assert joining.prove(asked, "x").code == "join_code_wrong"
    assert joining.prove(asked, code).code == "join_code_old"
    fresh = joining.make_code(joining.new_code(asked))
    assert joining.prove(asked, fresh) is None
    with pytest.raises(Refused) as refused:
        joining.new_code(asked)
    assert refused.value.codes == ["join_answered"]


def test_an_address_is_not_flooded_with_codes(public):
    asked, _code = asking(public)
    joining.new_code(asked)
    asking(public, email="CITRA@example.org")
    for again in (lambda: joining.new_code(asked), lambda: asking(public)):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.codes == ["join_codes_too_many"]
    with clock.stopped_at(clock.now() + timedelta(minutes=61)):
        assert joining.new_code(asked)


def test_somebody_accepted_is_a_member_with_the_number_they_gave(public, sari):
    member = joining.accept(proven(public, identifier_kind="nim", identifier="2311 0001"), address=OURS, by=sari)
    assert (member.name, member.barcode, member.email, member.category) == (
        "Citra Dewi",
        "23110001",
        "citra@example.org",
        public,
    )
    asked = JoinRequest.objects.get()
    assert (asked.state, asked.member, asked.closed_by) == ("accepted", member, sari)
    with pytest.raises(Refused) as refused:
        joining.accept(asked, address=OURS, by=sari)
    assert refused.value.codes == ["join_answered"]
    assert not any("Citra" in str(entry.data) for entry in JournalEntry.objects.all())


def test_nobody_becomes_a_member_without_a_proven_address(public, sari):
    asked, _code = asking(public)
    with pytest.raises(Refused) as refused:
        joining.accept(asked, address=OURS, by=sari)
    assert refused.value.codes == ["join_answered"]


def test_a_number_somebody_has_is_not_told_to_a_stranger_and_waits_for_the_staff(sari):
    at_once = CategoryFactory(code="umum", name="Umum", joining="once")
    MemberIdentifierFactory(kind="nim", value="23110001")
    asked = proven(at_once, identifier_kind="nim", identifier="23110001")
    assert joining.accept_at_once(asked, address=OURS) is None
    with pytest.raises(Refused) as refused:
        joining.accept(asked, address=OURS, by=sari)
    assert "identifier_taken" in refused.value.codes


def test_requests_never_proven_and_answered_ones_are_forgotten(public, sari):
    asking(public)
    joining.refuse(proven(public, email="a@example.org"), reason="Bukan warga kota", by=sari)
    waiting = proven(public, email="b@example.org")
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert joining.forget_join_requests() == 2
    assert list(JoinRequest.objects.all()) == [waiting]


def test_citra_registers_from_home_and_comes_in_by_the_link_of_the_letter(client: Client, mailoutbox):
    CategoryFactory(code="umum", name="Umum", joining="once")
    branch = HomeBranchFactory()
    assert "Daftar menjadi anggota dari sini" in client.get(reverse("account_login")).content.decode()
    form = {"name": "Citra Dewi", "email": "citra@example.org", "branch": branch.pk}
    assert client.post(reverse("membership:join"), form).status_code == 422
    form["category"] = JoinRequest._meta.get_field("category").related_model.objects.get().pk
    page = client.post(reverse("membership:join"), form)
    work_off()
    code = re.search(r"\d{6}", Delivery.objects.get(code="join_code").subject).group()
    assert client.post(page["Location"], {"code": "salah"}).status_code == 422
    told = client.post(page["Location"], {"code": code}, follow=True).content.decode()
    assert "Anda sudah menjadi anggota" in told
    work_off()
    letter = mailoutbox[-1].body
    member = Member.objects.get()
    assert member.barcode in letter
    link = re.search(r"http://testserver(\S+)", letter).group(1)
    assert client.get(link, follow=True).status_code == 200


def test_sari_accepts_one_and_refuses_another_with_a_reason(client: Client, sari, public, with_role, mailoutbox):
    first, second = proven(public), proven(public, name="Dodi", email="dodi@example.org")
    client.force_login(sari)
    assert "Citra Dewi" in client.get(reverse("members:join_requests")).content.decode()
    client.post(reverse("members:join_answer", args=[first.pk]), {"verdict": "accept"})
    assert Member.objects.get().user is not None
    no = reverse("members:join_answer", args=[second.pk])
    assert client.post(no, {"verdict": "refuse", "reason": " "}).status_code == 409
    client.post(no, {"verdict": "refuse", "reason": "Bukan warga kota"})
    work_off()
    assert "Bukan warga kota" in next(mail.body for mail in mailoutbox if mail.to == ["dodi@example.org"])
    assert "Bukan warga kota" in Client().get(reverse("membership:join_request", args=[second.key])).content.decode()
    assert len(client.get(reverse("members:join_requests"), {"all": ""}).context["page"]) == 2
    client.force_login(with_role(Role.CATALOGUER))
    assert client.get(reverse("members:join_requests")).status_code == 403


def test_where_nobody_may_join_from_home_the_page_says_where(client: Client):
    CategoryFactory(code="dosen", name="Dosen")
    assert "Pendaftaran dilayani di meja" in client.get(reverse("membership:join")).content.decode()
    assert "Datanglah ke meja layanan" in client.get(reverse("account_login")).content.decode()


def test_one_network_cannot_ask_without_end(client: Client, public):
    with clock.stopped_at(clock.now()):
        statuses = [
            client.post(reverse("membership:join"), {"name": "C"}).status_code for _ in range(joining.ASKED_A_MINUTE + 1)
        ]
    assert statuses == [422] * joining.ASKED_A_MINUTE + [429]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_the_same_number_of_questions(client: Client, sari, public, rows: int, django_assert_num_queries):
    for number in range(rows):
        proven(public, email=f"{number}@example.org")
    client.force_login(sari)
    client.get(reverse("members:join_requests"))
    with django_assert_num_queries(5):
        assert len(client.get(reverse("members:join_requests")).context["page"]) == rows


def test_every_step_of_joining_stands_in_the_journal(public):
    asked, _code = asking(public)
    code = joining.make_code(joining.new_code(asked))
    assert joining.prove(asked, code) is None
    told = JournalEntry.objects.filter(name__startswith="Join").order_by("pk")
    assert [(each.name, each.data["join_request"]) for each in told] == [
        (name, asked.pk) for name in ("JoinAsked", "JoinCodeRenewed", "JoinProven")
    ]


def test_nobody_is_taken_in_halfway_where_the_address_is_that_of_an_account_already(public, ani, sari):
    asked = proven(public, email=ani.user.email)
    with pytest.raises(Refused) as refused:
        joining.accept(asked, address=OURS, by=sari)
    assert (refused.value.codes, list(Member.objects.all())) == (["email_taken"], [ani])
    asked.refresh_from_db()
    assert (asked.state, asked.member) == ("waiting", None)
