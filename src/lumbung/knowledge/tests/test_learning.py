"""Learning paths: what a step leads to, what shows that it was gone, and who may do what on them."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import training
from lumbung.knowledge.domain.articles.reusing import note_use, set_quiz
from lumbung.knowledge.domain.attendance import enter_attendance
from lumbung.knowledge.domain.learning.paths import add_path, add_step, move_step, remove_step
from lumbung.knowledge.domain.learning.walking import accompany, give, go_step, leave, take_back_step
from lumbung.knowledge.models import Article, Enrolment, LearningPath, StepDone, Use
from lumbung.knowledge.queries.learning import paths, progress_of
from lumbung.knowledge.tests.making import bring_in, published, undo_import
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house():
    LibraryFactory()


def path(by, title="Pekan pertama", **facts):
    return add_path(title=title, aim="melayani di meja", by=by, **facts)


def with_page(by, **facts):
    made = path(by, **facts)
    add_step(made, kind="help", title="Mencari", address="/help/search", by=by)
    return made


def codes(refused):
    return refused.value.codes


@pytest.mark.parametrize(
    "address", ["", "https://a.example/", "//a.example", "/\\a.example", "help", "/\nhelp", "/" + "x" * 200]
)
def test_a_page_of_the_help_is_a_page_of_this_house(sari, address):
    with pytest.raises(Refused) as refused:
        add_step(path(sari), kind="help", title="Mencari", address=address, by=sari)
    assert codes(refused) == ["step_leads_nowhere"]


def test_a_step_says_what_and_leads_to_what_its_kind_says(sari):
    made, article = path(sari), published(sari)
    for kind, code in (("course", "step_leads_nowhere"), ("article", "step_leads_nowhere"), ("quiz", "step_leads_nowhere")):
        with pytest.raises(Refused) as refused:
            add_step(made, kind=kind, title="X", by=sari)
        assert codes(refused) == [code]
    with pytest.raises(Refused) as refused:
        add_step(made, kind="quiz", article=article, by=sari)
    assert codes(refused) == ["step_has_no_quiz"]
    with pytest.raises(Refused) as refused:
        add_step(made, kind="try", title="  ", by=sari)
    assert codes(refused) == ["step_not_said"]
    assert str(add_step(made, kind="article", article=article, address="/help/search", by=sari)) == article.title


def test_steps_change_places_and_close_up(sari):
    made = path(sari)
    first, second, third = (add_step(made, kind="try", title=name, by=sari) for name in "abc")
    move_step(third, up=True, by=sari)
    move_step(first, up=True, by=sari)
    assert [each.title for each in made.steps.all()] == ["a", "c", "b"]
    remove_step(first, by=sari)
    assert list(made.steps.values_list("title", "position")) == [("c", 1), ("b", 2)]
    move_step(second, up=False, by=sari)
    assert [each.title for each in made.steps.all()] == ["c", "b"]


def test_a_path_is_walked_once_at_a_time_and_by_those_who_work_here(sari, ani):
    empty = path(sari)
    with pytest.raises(Refused) as refused:
        give(empty, ani.user, mentor=ani.user, by=sari)
    assert codes(refused) == ["path_empty", "not_staff", "own_mentor"]
    made, lina = with_page(sari, title="Lain"), UserFactory(roles=[Role.CIRCULATION])
    walk = give(made, lina, by=lina)
    for by, told in ((lina, ["already_on_path"]), (UserFactory(roles=[Role.CATALOGUER]), ["already_on_path", "not_your_path"])):
        with pytest.raises(Refused) as refused:
            give(made, lina, by=by)
        assert codes(refused) == told
    leave(walk, by=lina)
    assert give(made, lina, by=lina).due_on == clock.today(LibraryFactory().zone) + timedelta(days=30)


def test_what_is_tried_is_told_with_its_outcome_by_the_colleague_or_their_mentor(sari, with_role):
    lina, other = UserFactory(roles=[Role.CIRCULATION]), with_role("librarian")
    made = path(sari)
    tried, read = (
        add_step(made, kind="try", title="Catat satu pinjaman", by=sari),
        add_step(made, kind="help", title="Mencari", address="/help/search", by=sari),
    )
    walk = give(made, lina, mentor=other, by=sari)
    with pytest.raises(Refused) as refused:
        go_step(walk, tried, by=sari)
    assert codes(refused) == ["not_your_path", "try_without_evidence"]
    go_step(walk, tried, evidence="Tiga pinjaman bersama Rina", by=other)
    assert go_step(walk, read, by=lina).finished_at is not None
    with pytest.raises(Refused) as refused:
        go_step(walk, read, by=lina)
    assert codes(refused) == ["path_over"]
    take_back_step(walk, read, by=lina)
    walk.refresh_from_db()
    assert (walk.finished_at, list(StepDone.objects.values_list("step", flat=True))) == (None, [tried.pk])


def test_articles_quizzes_and_trainings_show_by_themselves_that_they_were_gone(sari):
    lina, article = UserFactory(roles=[Role.CIRCULATION]), published(sari)
    set_quiz(article, [("Berapa kali?", ["dua", "tiga"])], by=sari)
    course = training.add_course(title="Sulit", field="teamwork", aim="tenang", points="Mendengar", hours=2, by=sari)
    made = path(sari)
    read, quiz, held = (
        add_step(made, kind="article", article=article, by=sari), add_step(made, kind="quiz", article=article, by=sari),
        add_step(made, kind="course", course=course, by=sari),
    )  # fmt: skip
    walk = give(made, lina, by=sari)
    with pytest.raises(Refused) as refused:
        go_step(walk, read, by=lina)
    assert codes(refused) == ["step_shows_itself"]
    note_use(article, Use.Kinds.READ, by=lina)
    [progress] = progress_of([walk])
    assert [(step, done.evidence if done else None) for step, done in progress.steps] == [
        (read, "membaca"), (quiz, None), (held, None),
    ]  # fmt: skip
    assert (progress.next, progress.percent) == (quiz, 33)
    note_use(article, Use.Kinds.LEARNT, by=lina)
    starts = clock.now() + timedelta(days=1)
    session = training.offer(course, starts_at=starts, seats=5, trainer=sari, by=sari)
    training.enrol(session, by=lina)
    with clock.stopped_at(starts + timedelta(hours=3)):
        enter_attendance(session, people=[lina], by=sari)
        training.certify(session, by=sari)
    walk.refresh_from_db()
    assert walk.finished_at is not None
    row = Enrolment.objects.get()
    training.revoke(row, reason="Tidak hadir sampai selesai", by=sari)
    walk.refresh_from_db()
    assert (walk.finished_at, progress_of([walk])[0].next) == (None, held)
    training.restore(row, by=sari)
    walk.refresh_from_db()
    assert walk.finished_at is not None


def test_what_was_learnt_before_counts_and_an_author_has_read_their_own(sari):
    lina, article = UserFactory(roles=[Role.CIRCULATION]), published(sari)
    note_use(article, Use.Kinds.READ, by=lina)
    made = path(sari)
    first = add_step(made, kind="article", article=article, by=sari)
    walks = [give(made, each, by=each) for each in (lina, sari)]
    assert [walk.finished_at is not None for walk in walks] == [True, True]
    late = give(made, UserFactory(roles=[Role.CATALOGUER]), by=sari)
    extra = add_step(made, kind="help", title="Mencari", address="/help/search", by=sari)
    go_step(late, extra, by=late.person)
    remove_step(first, by=sari)
    late.refresh_from_db()
    assert late.finished_at is not None


def test_an_imported_article_that_is_a_step_stays_when_the_import_is_undone(sari):
    run = bring_in("denda.md", b"# Denda\n\nDihitung per hari.", by=sari)
    add_step(path(sari), kind="article", article=Article.objects.get(), by=sari)
    assert undo_import(run, by=sari) == (0, 1)


def test_one_walk_is_seen_by_those_it_concerns(sari, with_role, signed_in, ani):
    lina, mentor = UserFactory(roles=[Role.CIRCULATION]), UserFactory(roles=[Role.CATALOGUER])
    walk = give(with_page(sari), lina, mentor=mentor, by=sari)
    page = f"/staff/knowledge/paths/walks/{walk.pk}"
    seen = {
        "own": lina, "mentor": mentor, "planner": sari, "head": with_role("head"), "other": UserFactory(roles=[Role.CIRCULATION]),
        "member": ani.user,
    }  # fmt: skip
    told = {name: signed_in(Client(), user).get(page).status_code for name, user in seen.items()}
    assert told == {"own": 200, "mentor": 200, "planner": 200, "head": 200, "other": 404, "member": 403}
    for user, status in ((lina, 403), (sari, 200)):
        assert signed_in(Client(), user).get("/staff/knowledge/paths/new").status_code == status
    with pytest.raises(Refused) as refused:
        accompany(walk, lina, by=seen["other"])
    assert codes(refused) == ["own_mentor", "not_your_path"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_few_questions_for_any_number_of_paths(sari, signed_in, django_assert_max_num_queries, count):
    for number in range(count):
        made = with_page(sari, title=f"Jalur {number}")
        give(made, sari, by=sari)
        give(made, UserFactory(roles=[Role.CIRCULATION]), mentor=sari, by=sari)
    client = signed_in(Client(), sari)
    client.get("/staff/knowledge/paths")
    with django_assert_max_num_queries(13):
        client.get("/staff/knowledge/paths")
    assert [(each.step_count, each.walking, each.finished) for each in paths()] == [(1, 2, 0)] * count
    assert LearningPath.objects.count() == count
