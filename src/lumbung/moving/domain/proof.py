"""The reconciliation: what the other system counts, what is here now, and what became of the difference. Nothing is taken on trust.

The other system's figures are counted in its own tables, ours in our own; the spot check compares rows field by field.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Sum

from lumbung.circulation.models import FeeAccount, Hold, Loan
from lumbung.moving.domain.plain import Copy, Lending, Person, Plain, Waiting
from lumbung.moving.domain.stages import STAGES, Work, stage_for
from lumbung.moving.models import Finding, Move, Origin
from lumbung.moving.refusals import CARD_MADE, CARD_SHARED

SPOTS = 200
"""How many rows of each kind the spot check compares, spread evenly over all."""
MOST_DIFFERENCES = 100
KINDS: tuple[type[Plain], ...] = (*(each.kind for each in STAGES), Copy)


def reconcile(work: Work) -> dict[str, Any]:
    """The proof of a move: ``rows`` by kind, ``sums``, ``spots`` and the ``differences`` found; ``whole`` when all is accounted for."""
    rows = [_row(work, kind) for kind in KINDS]
    sums = _sums(work)
    spots, differences = _spot_check(work)
    whole = all(each["missing"] == 0 for each in rows) and all(each["named"] for each in sums) and not differences
    kept = [{"table": each.name, "rows": each.rows, "because": each.because} for each in work.move.kept_tables.all()]
    return {"rows": rows, "sums": sums, "spots": spots, "differences": differences, "kept": kept, "whole": whole}


def _row(work: Work, kind: type[Plain]) -> dict[str, Any]:
    """One kind: in the source, arrived, rejected, kept with its table; and what of it nobody can account for."""
    entity = kind.entity
    source = work.source.count(kind)
    came = Origin.objects.filter(source=work.options.origin, entity=entity, move=work.move).exclude(digest="")
    counts = work.counts.get(entity) or Counter[str]()
    before = sum(counts.get(each, 0) for each in ("same", "changed", "ours"))
    arrived = stage_for(entity, work).standing(list(came.values_list("key", flat=True))) + before
    rejected, kept = counts.get("rejected", 0), counts.get("kept", 0)
    return {
        "entity": entity,
        "source": source,
        "arrived": arrived,
        "rejected": rejected,
        "kept": kept,
        "missing": source - arrived - rejected - kept,
    }


def _sums(work: Work) -> list[dict[str, Any]]:
    """Open loans, holds and balances as the source has them, and those that came from it as they stand here."""
    theirs = work.move.counts["source"]["sums"]
    keys = Origin.objects.filter(source=work.options.origin)
    accounts = FeeAccount.objects.filter(pk__in=keys.filter(entity="balance").values("key"))
    owed = accounts.aggregate(owed=Sum("owed"), credit=Sum("credit"))
    ours = {
        "open_loans": Loan.objects.open().filter(pk__in=keys.filter(entity="loan").values("key")).count(),
        "holds": Hold.objects.open().filter(pk__in=keys.filter(entity="hold").values("key")).count(),
        "owed": (owed["owed"] or 0) - (owed["credit"] or 0),
    }
    told = []
    for name, amount in theirs.items():
        rejected, since = _rejected_of(work, name), _ended_here(work, name)
        is_named = amount == ours[name] + since + rejected
        row = {"name": name, "source": amount, "here": ours[name], "rejected": rejected, "named": is_named}
        told.append(row | ({"since": since} if since else {}))
    return told


def _ended_here(work: Work, name: str) -> int:
    """What of a sum an earlier move brought, and people here dealt with since, while the other system still has it."""
    keys = Origin.objects.filter(source=work.options.origin)
    first = Move.objects.filter(pk__in=keys.values("move")).order_by("pk").first()
    if name == "owed" or first is None or first.pk == work.move.pk:
        return 0
    if name == "holds":
        ended = Hold.objects.filter(pk__in=keys.filter(entity="hold").values("key")).exclude(state__in=Hold.OPEN)
        there = {each.source_id for each in work.source.rows(Waiting)}
        ended_ids = keys.filter(entity="hold", key__in=ended.values("pk")).values_list("source_id", flat=True)
        return sum(each in there for each in ended_ids)
    closed = Loan.objects.filter(pk__in=keys.filter(entity="loan").values("key"), returned_at__gte=first.created_at)
    ids = list(keys.filter(entity="loan", key__in=closed.values("pk")).values_list("source_id", flat=True))
    facts = work.source.facts(Lending, ids) if ids else {}
    return sum(facts.get(each, {}).get("open") == "1" for each in ids)


def _rejected_of(work: Work, name: str) -> int:
    """What of a sum was rejected, as the rows in the report tell."""
    entity = {"open_loans": "loan", "holds": "hold", "owed": "balance"}[name]
    rejected = Finding.objects.filter(move=work.move, rehearsal=False, entity=entity, refused=True)
    by_row = dict(rejected.values_list("source_id", "row"))
    if name == "holds":
        return len(by_row)
    if name == "owed":
        return sum(int(row.get("amount") or 0) for row in by_row.values())
    return sum(row.get("open") in {1, "1"} for row in by_row.values())


def _spot_check(work: Work) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    spots, differences = [], []
    named = Finding.objects.filter(move=work.move, rehearsal=False, code__in=(CARD_SHARED.code, CARD_MADE.code))
    told = {(Person.entity, each, "barcode") for each in named.values_list("source_id", flat=True)}
    for kind in KINDS:
        chosen = _chosen(work, kind.entity)
        theirs = work.source.facts(kind, list(chosen.values()))
        if not theirs:
            continue
        ours = stage_for(kind.entity, work).facts(list(chosen))
        compared = 0
        for key, source_id in chosen.items():
            there, here = theirs.get(source_id), ours.get(key)
            if there is None:
                continue
            compared += 1
            found = _differences(kind.entity, source_id, there, here)
            differences += [each for each in found if (each["entity"], each["id"], each["field"]) not in told]
        spots.append({"entity": kind.entity, "compared": compared})
    return spots, differences[:MOST_DIFFERENCES]


def _chosen(work: Work, entity: str) -> dict[int, str]:
    """Rows spread evenly over all that came: our key, and the source id."""
    came = Origin.objects.filter(source=work.options.origin, entity=entity, made=True, move=work.move).order_by("key")
    step = max(1, came.count() // SPOTS)
    keys: Sequence[int] = list(came.values_list("key", flat=True))[::step]
    return dict(came.filter(key__in=keys).values_list("key", "source_id"))


def _differences(entity: str, source_id: str, there: Any, here: Any) -> list[dict[str, str]]:
    if here is None:
        return [{"entity": entity, "id": source_id, "field": "–", "source": "", "here": ""}]
    return [
        {"entity": entity, "id": source_id, "field": name, "source": value[:200], "here": str(here.get(name, ""))[:200]}
        for name, value in there.items()
        if plainest(value) != plainest(str(here.get(name, "")))
    ]


def plainest(text: str) -> str:
    """What is compared: letters and digits in one case. How MARC punctuates is no difference."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text).casefold())
