"""How the library lets itself be harvested."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from lumbung.cooperation.events import SharingRulesChanged
from lumbung.cooperation.models import SharingRules
from lumbung.cooperation.queries.rules import DOMAIN, sharing_rules
from lumbung.cooperation.refusals import EMAIL_WRONG, NO_DOMAIN, PAGE_SIZE_WRONG, TOO_MANY_EMAILS
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused

FIELDS = ("is_open", "repository", "emails", "page_size")
SMALLEST, LARGEST, MOST_EMAILS = 10, 1000, 10


@transaction.atomic
def change_sharing_rules(*, by: events.Actor | None, **changes: Any) -> SharingRules:
    """Change the rules. Refuses an identifier that is no domain, what is no e-mail address, and pages too small or too large.

    With another identifier every record is another one to harvesters: it is better set before the first of them comes.
    """
    rules = SharingRules.objects.select_for_update().filter(pk=1).first() or SharingRules(pk=1)
    changed = set_changed(rules, changes, allowed=FIELDS)
    if reasons := _faults(rules):
        raise Refused(reasons)
    if changed:
        rules.save()
        sharing_rules.changed()
        events.record(SharingRulesChanged(fields=changed), by=by)
    return rules


def _faults(rules: SharingRules) -> list[Reason]:
    reasons: list[Reason] = []
    if rules.repository and not DOMAIN.fullmatch(rules.repository):
        reasons.append(NO_DOMAIN(value=rules.repository))
    emails = re.split(r"[\s,;]+", rules.emails.strip()) if rules.emails.strip() else []
    if len(emails) > MOST_EMAILS:
        reasons.append(TOO_MANY_EMAILS(most=MOST_EMAILS))
    for each in emails[:MOST_EMAILS]:
        try:
            validate_email(each)
        except ValidationError:
            reasons.append(EMAIL_WRONG(value=each))
    if not SMALLEST <= rules.page_size <= LARGEST:
        reasons.append(PAGE_SIZE_WRONG())
    return reasons
