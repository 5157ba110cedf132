"""What librarians say about words: families, synonyms, and what is to stand alone. Every change can be undone."""

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import Q

from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.search.analysis import forms_of, is_function_word, words_of
from lumbung.search.events import WordChangeUndone, WordGroupAdded, WordGroupChanged, WordGroupRemoved
from lumbung.search.models import WordChange, WordGroup
from lumbung.search.refusals import (
    ALREADY_UNDONE,
    BUILT_IN_STAYS,
    CHANGED_SINCE,
    FUNCTION_WORD,
    GROUP_EXISTS,
    IN_ANOTHER_FAMILY,
    KIND_UNKNOWN,
    NOT_ONE_WORD,
    TERM_TOO_LONG,
    TERM_WITHOUT_WORD,
    TOO_FEW_TERMS,
    TOO_MANY_TERMS,
)
from lumbung.search.telling import words_changed
from lumbung.search.words.lists import word_lines

Kinds, Sources = WordGroup.Kinds, WordGroup.Sources

LONGEST_TERM = 80
LONGEST_SAID = 500
MOST_TERMS = 24


def tidy(terms: Sequence[str]) -> list[str]:
    """The terms without blanks around them, each once, empty ones left out."""
    return list(dict.fromkeys(bare for term in terms if (bare := " ".join(term.split()))))


def faults_of(*, kind: str, terms: Sequence[str], besides: WordGroup | None = None) -> list[Reason]:
    """Everything that stands against a group of these words; ``besides`` is the group that would become it."""
    terms = tidy(terms)
    if kind not in Kinds.values:
        return [KIND_UNKNOWN(kind=kind, known=", ".join(Kinds.values))]
    least = 1 if kind == Kinds.APART else 2
    reasons = [fault for term in terms for fault in _faults_of_term(term, kind)]
    if len({_folded(term) for term in terms}) < least:
        reasons.append(TOO_FEW_TERMS(least=least))
    if len(terms) > MOST_TERMS:
        reasons.append(TOO_MANY_TERMS(most=MOST_TERMS))
    return reasons or _clashes(kind, terms, besides)


@transaction.atomic
def add_group(
    *,
    kind: str,
    terms: Sequence[str],
    by: events.Actor | None,
    note: str = "",
    source: str = Sources.STAFF,
    built_in: str | None = None,
) -> WordGroup:
    """Say that these words belong together, or stand alone. Refuses with everything that stands against it.

    ``built_in`` is the name of a group that comes of itself: it can be switched off, not removed.
    """
    if reasons := faults_of(kind=kind, terms=terms):
        raise Refused(reasons)
    group = WordGroup(kind=kind, terms=tidy(terms), said=said(kind, terms), note=note.strip(), source=source, built_in=built_in)
    group.save(force_insert=True)
    change = _kept(group.pk, before=None, after=group.held())
    events.record(WordGroupAdded(word_group=group.pk, word_change=change.pk), by=by)
    return group


@transaction.atomic
def change_group(
    group: WordGroup, *, kind: str, terms: Sequence[str], note: str, by: events.Actor | None, active: bool = True
) -> WordGroup:
    """Change what is said of these words. Refuses with everything that stands against it."""
    group = WordGroup.objects.select_for_update().get(pk=group.pk)
    if reasons := faults_of(kind=kind, terms=terms, besides=group):
        raise Refused(reasons)
    before = group.held()
    group.kind, group.terms, group.said, group.note, group.active = kind, tidy(terms), said(kind, terms), note.strip(), active
    if group.held() == before:
        return group
    group.save()
    change = _kept(group.pk, before=before, after=group.held())
    events.record(WordGroupChanged(word_group=group.pk, word_change=change.pk), by=by)
    return group


def set_active(group: WordGroup, active: bool, *, by: events.Actor | None) -> WordGroup:
    """Switch a group on or off; it stays in the list."""
    return change_group(group, kind=group.kind, terms=group.terms, note=group.note, active=active, by=by)


@transaction.atomic
def remove_group(group: WordGroup, *, by: events.Actor | None) -> WordChange:
    """Take a group out of the list. Refuses for one that came of itself, with the program or from the collection: it would come
    again."""
    group = WordGroup.objects.select_for_update().get(pk=group.pk)
    if group.built_in:
        raise Refused(BUILT_IN_STAYS())
    key, before = group.pk, group.held()
    group.delete()
    change = _kept(key, before=before, after=None)
    events.record(WordGroupRemoved(word_group=key, word_change=change.pk), by=by)
    return change


@transaction.atomic
def undo_change(change: WordChange, *, by: events.Actor | None) -> None:
    """Make the group what it was before this change. Refuses when it was undone, or the group was changed since."""
    change = WordChange.objects.select_for_update().get(pk=change.pk)
    if change.undone:
        raise Refused(ALREADY_UNDONE())
    group = WordGroup.objects.select_for_update().filter(pk=change.group).first()
    if (group.held() if group else None) != change.after:
        raise Refused(CHANGED_SINCE())
    if change.before is not None and (reasons := faults_of(**_what(change.before), besides=group)):
        raise Refused(reasons)
    WordChange.objects.filter(pk=change.pk).update(undone=True)
    if change.before is None:
        WordGroup.objects.filter(pk=change.group).delete()
    else:
        WordGroup.objects.update_or_create(pk=change.group, defaults={**change.before, "said": said(**_what(change.before))})
    back = _kept(change.group, before=change.after, after=change.before)
    WordChange.objects.filter(pk=back.pk).update(undone=True)
    events.record(WordChangeUndone(word_group=change.group, word_change=back.pk, undone=change.pk), by=by)


@transaction.atomic
def bring_in_built_in() -> int:
    """Add the groups that came with the program and are not there yet; returns how many. What was changed here stays changed."""
    there = set(WordGroup.objects.filter(built_in__isnull=False).values_list("built_in", flat=True))
    known = set(WordGroup.objects.values_list("kind", "said"))
    new = [says for says in _built_in() if says["built_in"] not in there and (says["kind"], says["said"]) not in known]
    WordGroup.objects.bulk_create([WordGroup(**says, source=Sources.BUILT_IN) for says in new], ignore_conflicts=True)
    if new:
        _kept(0, before=None, after=None)
    return len(new)


def follow(change: WordChange, *, done: int, titles: int, finished: bool = False) -> None:
    """Note how far the index followed a change."""
    WordChange.objects.filter(pk=change.pk).update(done=done, titles=titles, followed=finished)
    if finished:
        words_changed()


@cache
def _built_in() -> tuple[dict[str, Any], ...]:
    """What each group that came with the program says: ``kind | term | term … # note``, a line each."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for line in word_lines("synonyms"):
        row, _, note = line.partition("#")
        kind, *terms = [cell.strip() for cell in row.split("|")]
        says: dict[str, Any] = {"kind": kind, "terms": tidy(terms), "said": said(kind, terms), "note": note.strip()}
        groups.setdefault((kind, says["said"]), {**says, "built_in": f"{kind}:{says['terms'][0]}"[:80]})
    return tuple(groups.values())


def _faults_of_term(term: str, kind: str) -> list[Reason]:
    if not words_of(term):
        return [TERM_WITHOUT_WORD(term=term)]
    if len(term) > LONGEST_TERM:
        return [TERM_TOO_LONG(term=term[:LONGEST_TERM], most=LONGEST_TERM)]
    if is_function_word(_folded(term)):
        return [FUNCTION_WORD(term=term)]
    if kind in {Kinds.FAMILY, Kinds.APART} and len(words_of(term)) != 1:
        return [NOT_ONE_WORD(term=term)]
    return []


def _clashes(kind: str, terms: Sequence[str], besides: WordGroup | None) -> list[Reason]:
    """The same group twice, or a word in two families."""
    others = WordGroup.objects.exclude(pk=besides.pk) if besides else WordGroup.objects.all()
    if others.filter(kind=kind, said=said(kind, terms)).exists():
        return [GROUP_EXISTS()]
    if kind not in {Kinds.FAMILY, Kinds.APART}:
        return []
    mentioned = Q(said__contains="…")  # cut: it may go on with one of them
    for term in terms:
        mentioned |= Q(said__contains=_folded(term))
    near = others.filter(mentioned, kind__in=[Kinds.FAMILY, Kinds.APART])
    taken = {_folded(term): group for group in near for term in group.terms}
    return [IN_ANOTHER_FAMILY(term=term, group=str(taken[_folded(term)])) for term in terms if _folded(term) in taken]


def _kept(key: int, *, before: Any, after: Any) -> WordChange:
    """Keep the change for an undo; the index must follow where a family is concerned."""
    concerns_index = any(held and held["kind"] in {Kinds.FAMILY, Kinds.APART} for held in (before, after))
    change = WordChange.objects.create(group=key, before=before, after=after, at=clock.now(), followed=not concerns_index)
    words_changed()
    return change


def _what(held: dict[str, Any]) -> dict[str, Any]:
    return {"kind": held["kind"], "terms": held["terms"]}


def said(kind: str, terms: Sequence[str]) -> str:
    """What two groups that say the same have in common; order matters only where the first word is asked and the others found."""
    first, *others = [_folded(term) for term in tidy(terms)] or [""]
    text = " | ".join([first, *sorted(others)] if kind == Kinds.ONE_WAY else sorted([first, *others]))
    if len(text) <= LONGEST_SAID:
        return text
    return f"{text[: LONGEST_SAID - 34]}… {blake2b(text.encode(), digest_size=16).hexdigest()}"


def _folded(term: str) -> str:
    return " ".join(token for word in words_of(term) for token in forms_of(word).folded)
