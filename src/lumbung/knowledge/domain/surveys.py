"""The readiness survey: asked again and again, answered without a trace of who said what, compared by dimension and group."""

from collections.abc import Mapping
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.accounts.models import Role, User
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.events.ideas import SurveyAnswered, SurveyClosed, SurveyOpened
from lumbung.knowledge.models import Action, SurveyQuestion, SurveyReturn, SurveyRun, SurveyTally
from lumbung.knowledge.models.survey import Dimensions, Groups
from lumbung.knowledge.refusals import ideas as refusals

D, C = Dimensions, Action.Cores
INSTRUMENT = (
    (D.CULTURE, C.PEOPLE, gettext_lazy("Di sini orang membagikan apa yang diketahuinya tanpa diminta.")),
    (D.CULTURE, C.PEOPLE, gettext_lazy("Saya berani bertanya atau mengaku belum tahu.")),
    (D.CULTURE, C.PEOPLE, gettext_lazy("Kesalahan dibicarakan untuk dipelajari, bukan untuk mencari siapa yang salah.")),
    (D.STAFFING, C.PEOPLE, gettext_lazy("Rekan baru cepat belajar karena ada yang mendampingi.")),
    (D.STAFFING, C.PEOPLE, gettext_lazy("Bila seseorang pergi, pekerjaannya dapat dilanjutkan orang lain.")),
    (D.STAFFING, C.PROCESS, gettext_lazy("Ada waktu kerja yang disediakan untuk berbagi dan mencatat.")),
    (D.PROCESS, C.PROCESS, gettext_lazy("Hasil rapat dan diskusi dicatat, dan catatannya mudah ditemukan.")),
    (D.PROCESS, C.PROCESS, gettext_lazy("Cara kerja yang penting tertulis dan masih berlaku.")),
    (D.PROCESS, C.PROCESS, gettext_lazy("Apa yang diputuskan benar-benar dikerjakan dan diperiksa.")),
    (D.INFRASTRUCTURE, C.TECHNOLOGY, gettext_lazy("Saya dapat menemukan jawaban di portal dalam beberapa menit.")),
    (D.INFRASTRUCTURE, C.TECHNOLOGY, gettext_lazy("Perangkat dan jaringan cukup untuk mencatat dan membaca.")),
    (D.INFRASTRUCTURE, C.TECHNOLOGY, gettext_lazy("Sistem yang dipakai mudah dipahami.")),
    (D.LEADERSHIP, C.PEOPLE, gettext_lazy("Pimpinan memberi contoh dengan ikut berbagi.")),
    (D.LEADERSHIP, C.PEOPLE, gettext_lazy("Sumbangan pengetahuan dihargai dan diperhitungkan.")),
    (D.LEADERSHIP, C.PROCESS, gettext_lazy("Pustakawan dilibatkan dalam keputusan tentang perpustakaan.")),
)
"""Statements to agree with from one to five, by dimension and by the core they belong to: people, process, technology."""


@transaction.atomic
def open_run(title: str, *, by: User | None) -> SurveyRun:
    """Ask everybody again. Refuses while another run is open."""
    if SurveyRun.objects.select_for_update().filter(closed_at=None).exists():
        raise Refused(refusals.SURVEY_OPEN())
    run = SurveyRun.objects.create(title=title.strip()[:120] or _("Survei kesiapan"), opened_at=clock.now())
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(run=run, position=n, dimension=dimension, core=core, text=str(text))
        for n, (dimension, core, text) in enumerate(INSTRUMENT, start=1)
    )
    events.record(SurveyOpened(survey_run=run.pk), by=by)
    return run


@refuse_when_broken(one_answers_a_survey_once=refusals.SURVEY_ANSWERED)
@transaction.atomic
def answer(run: SurveyRun, values: Mapping[int, int], *, by: User) -> None:
    """Count somebody's answers, a value from one to five for each question by key. What they were is kept nowhere.

    Refuses an incomplete sheet, a second one, and a closed run.
    """
    run = SurveyRun.objects.select_for_update().get(pk=run.pk)
    if run.closed_at is not None:
        raise Refused(refusals.SURVEY_OVER())
    if run.returns.filter(person=by).exists():
        raise Refused(refusals.SURVEY_ANSWERED())
    questions = list(run.questions.all())
    told = {each.pk: values[each.pk] for each in questions if values.get(each.pk) in range(1, 6)}
    if left := len(questions) - len(told):
        raise Refused(refusals.SURVEY_INCOMPLETE(left=left))
    SurveyReturn.objects.create(run=run, person=by)
    group = Groups.LEADER if Role.HEAD in by.roles else Groups.LIBRARIAN
    marks = [SurveyTally(question_id=question, group=group, value=value) for question, value in told.items()]
    SurveyTally.objects.bulk_create(marks, ignore_conflicts=True)
    given = reduce(or_, (Q(question=question, value=value) for question, value in told.items()))
    SurveyTally.objects.filter(given, group=group).update(count=F("count") + 1)
    events.record(SurveyAnswered(survey_run=run.pk), by=None)


@transaction.atomic
def close_run(run: SurveyRun, *, by: User | None) -> SurveyRun:
    """No more answers; from now on the figures are shown. Refuses a closed run."""
    run = SurveyRun.objects.select_for_update().get(pk=run.pk)
    if run.closed_at is not None:
        raise Refused(refusals.SURVEY_OVER())
    run.closed_at = clock.now()
    run.save(update_fields=["closed_at"])
    events.record(SurveyClosed(survey_run=run.pk), by=by)
    return run
