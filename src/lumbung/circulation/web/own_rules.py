"""What holds for a member as one of their category, on their own page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.circulation import queries
from lumbung.circulation.queries.term_words import term_words
from lumbung.members.models import Member


def own_rules_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """How many, how long and at what cost this member borrows where they belong; nothing where no rule speaks of them."""
    found = queries.total_decision(member, member.branch)
    if found is None:
        return SafeString("")
    limit = term_words("loan_limit", found.policy) if found.policy.may_borrow else ""
    terms = queries.policy_words(found.policy)
    facts = {"member": member, "limit": limit, "terms": terms, "brief": ", ".join([*([limit] if limit else []), *terms[:1]])}
    return render_to_string("circulation/panels/own_rules.html", facts, request)
