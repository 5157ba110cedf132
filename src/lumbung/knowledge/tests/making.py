"""Articles, topics and communities as they come about."""

import tempfile
from pathlib import Path

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.knowledge.domain.articles import arriving
from lumbung.knowledge.domain.articles.approving import approve, submit
from lumbung.knowledge.domain.articles.sharing import share
from lumbung.knowledge.domain.articles.writing import Text, start_article
from lumbung.knowledge.domain.topics import add_topic
from lumbung.knowledge.models import Community, Membership, Topic
from lumbung.knowledge.queries.articles import in_a_year

BODY = "## Kapan dipakai\n\nPinjaman dapat diperpanjang dua kali selama tidak dipesan orang lain dan tidak terlambat.\n"


def topic(name="Perpanjangan"):
    return Topic.objects.filter(name=name).first() or add_topic(name=name, by=None)


def draft(by, title="Memperpanjang pinjaman", body=BODY, **facts):
    return start_article(Text(title, "Kapan dan bagaimana pinjaman diperpanjang.", body), topics=[topic()], by=by, **facts)


def published(by, title="Memperpanjang pinjaman", body=BODY, circle="staff", review_on=None, approver=None, **facts):
    article = share(draft(by, title, body, **facts), circle, by=by)
    submit(article, by=by)
    return approve(article, review_on=review_on or in_a_year(), by=approver or UserFactory(roles=[Role.LIBRARIAN]))


def community(name="Komunitas layanan", *people, **facts):
    made = Community.objects.create(name=name, started_at=clock.now(), **facts)
    for person in people:
        Membership.objects.create(community=made, person=person, joined_at=clock.now())
    return made


def look_through(name, content, *, by):
    """The import of a file that was brought and looked through."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "berkas"
        path.write_bytes(content)
        return arriving.try_out(arriving.open_import(path, name=name, by=by))


def bring_in(name, content, *, by):
    return arriving.carry_out(arriving.start(look_through(name, content, by=by), by=by))


def undo_import(run, *, by):
    """How many articles went, and how many stay."""
    undone = arriving.undo(arriving.begin_undoing(run), by=by)
    return undone.removed, undone.kept
