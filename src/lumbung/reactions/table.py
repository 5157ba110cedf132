"""Every effect across parts, on one screen: which event sets off which reaction, and what happens every night."""

from datetime import time

from lumbung.catalogue.domain.copying.asking import forget_searches
from lumbung.catalogue.domain.drafts import forget_discarded
from lumbung.catalogue.domain.exports import forget_exports
from lumbung.catalogue.domain.imports import forget_rehearsals
from lumbung.catalogue.domain.imports.table_files import forget_tables
from lumbung.catalogue.domain.likely_pairs import search_every_night
from lumbung.catalogue.domain.quality import survey_quality
from lumbung.circulation.domain.closed_doors import open_doors_in_time
from lumbung.circulation.domain.fines import accrue_fines
from lumbung.circulation.domain.holds import expire_holds
from lumbung.circulation.domain.privacy import forget_borrowers
from lumbung.circulation.domain.queue import resume_holds
from lumbung.discovery.domain.indexing import compare
from lumbung.discovery.domain.interest import count_interest, pair_loans
from lumbung.discovery.domain.lists import forget_removed
from lumbung.discovery.domain.reserves import end_reserves
from lumbung.discovery.domain.unmet_needs import forget_unmet_needs
from lumbung.kernel.jobs import Nightly, Reaction
from lumbung.kernel.jobs.upkeep import forget_finished_tasks
from lumbung.members.domain.rosters.course import forget_old_rosters
from lumbung.messaging.domain.deliveries import forget_old
from lumbung.reactions import clearance, follow_headings, follow_words, index_records
from lumbung.reactions.hold_ready_letter import hold_ready_letter
from lumbung.reactions.reminders import remind
from lumbung.reactions.send_message import send_message
from lumbung.reactions.tell_new_titles import tell_new_titles
from lumbung.search.domain.learning import learn_families
from lumbung.spaces.domain.privacy import forget_visitors

TABLE: list[Reaction] = [
    index_records.REACTION,
    follow_words.REACTION,
    follow_headings.LINK,
    follow_headings.REWRITE,
    Reaction("hold_ready_letter", ("HoldReady",), hold_ready_letter),
    Reaction("send_message", ("MessageQueued",), send_message),
    Reaction("clearance_verdict_letter", ("ClearanceAnswered",), clearance.verdict_letter),
    Reaction("clearance_issued_letter", ("ClearanceIssued",), clearance.issued_letter),
    Reaction("clearance_revoked_letter", ("ClearanceRevoked",), clearance.revoked_letter),
    Reaction("tell_siakad", ("ClearanceIssued", "ClearanceRevoked"), clearance.tell_siakad),
]

NIGHTLY: list[Nightly] = [
    Nightly("open_doors_in_time", time(0, 5), open_doors_in_time),
    Nightly("end_reserves", time(0, 40), end_reserves),
    Nightly("tell_new_titles", time(5, 30), tell_new_titles),
    Nightly("forget_removed_lists", time(3, 10), forget_removed),
    Nightly("forget_old_rosters", time(3, 20), forget_old_rosters),
    Nightly("remind", time(5, 0), remind),
    Nightly("resume_holds", time(0, 20), resume_holds),
    Nightly("expire_holds", time(0, 30), expire_holds),
    Nightly("accrue_fines", time(0, 10), accrue_fines),
    Nightly("forget_borrowers", time(2, 30), forget_borrowers),
    Nightly("forget_visitors", time(2, 40), forget_visitors),
    Nightly("pair_loans", time(2, 0), pair_loans),
    Nightly("count_interest", time(2, 15), count_interest),
    Nightly("learn_families", time(4, 20), learn_families),
    Nightly("forget_unmet_needs", time(3, 10), forget_unmet_needs),
    Nightly("compare_index", time(4, 0), compare),
    Nightly("forget_discarded_drafts", time(3, 10), forget_discarded),
    Nightly("survey_quality", time(1, 30), survey_quality),
    Nightly("forget_tables", time(3, 0), forget_tables),
    Nightly("forget_exports", time(3, 0), forget_exports),
    Nightly("forget_foreign_searches", time(3, 10), forget_searches),
    Nightly("search_for_duplicates", time(3, 50), search_every_night),
    Nightly("forget_rehearsals", time(3, 0), forget_rehearsals),
    Nightly("forget_finished_tasks", time(3, 30), forget_finished_tasks),
    Nightly("forget_old_deliveries", time(3, 40), forget_old),
]
