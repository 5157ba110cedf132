"""Every effect across parts, on one screen: which event sets off what, what is worked at steadily, what happens every night."""

from datetime import time

from lumbung.accounts.domain.sessions import forget_ended_sessions
from lumbung.acquisitions.domain.forgetting import forget_purchase_askers
from lumbung.catalogue.domain.copying.asking import forget_searches
from lumbung.catalogue.domain.drafts import forget_discarded
from lumbung.catalogue.domain.exports import forget_exports
from lumbung.catalogue.domain.imports import forget_rehearsals
from lumbung.catalogue.domain.imports.table_files import forget_tables
from lumbung.catalogue.domain.labels import forget_labels
from lumbung.catalogue.domain.likely_pairs import search_every_night
from lumbung.catalogue.domain.quality import survey_quality
from lumbung.circulation.domain.articles import expire_articles
from lumbung.circulation.domain.bookings import expire_bookings, move_bookings
from lumbung.circulation.domain.closed_doors import open_doors_in_time
from lumbung.circulation.domain.fines import accrue_fines, declare_lost, end_settled_losses
from lumbung.circulation.domain.handover_places import follow_visits
from lumbung.circulation.domain.holds import expire_holds
from lumbung.circulation.domain.loans import renew_of_itself
from lumbung.circulation.domain.parcels import finish_parcels
from lumbung.circulation.domain.privacy import forget_borrowers
from lumbung.circulation.domain.queue import resume_holds
from lumbung.cooperation.domain.sharing import share_all
from lumbung.cooperation.domain.sources.course import harvest_every_night
from lumbung.cooperation.domain.visits import forget_visits
from lumbung.desk.domain.appointments import remind_of_appointments
from lumbung.desk.domain.warnings import targets_are_near, warn_of_targets
from lumbung.digital.domain.documents import forget_pictures
from lumbung.digital.domain.embargoes import end_embargoes
from lumbung.digital.domain.fixity import register_all
from lumbung.digital.domain.kept_formats.identifying import identify_with_new_signatures
from lumbung.digital.domain.lending import end_e_loans
from lumbung.digital.domain.lending_privacy import forget_e_borrowers
from lumbung.digital.domain.letting_go import let_go
from lumbung.digital.domain.rescanning import begin_to_scan_again
from lumbung.digital.domain.sittings import end_sittings
from lumbung.digital.domain.store import contents_wait, send_waiting
from lumbung.digital.domain.takedowns import forget_askers
from lumbung.digital.domain.tending import contents_need_care, tend_contents
from lumbung.digital.domain.uses import forget_uses
from lumbung.discovery.domain.indexing import compare, gather
from lumbung.discovery.domain.interest import count_interest, pair_loans
from lumbung.discovery.domain.lists import forget_removed
from lumbung.discovery.domain.reserves import end_reserves
from lumbung.discovery.domain.unmet_needs import forget_unmet_needs
from lumbung.kernel.jobs import Nightly, Reaction, Steady
from lumbung.kernel.jobs.upkeep import forget_finished_tasks, forget_sent_forms
from lumbung.kernel.pieces import forget_unfinished_uploads
from lumbung.knowledge.domain import finding as portal
from lumbung.knowledge.domain.articles.arriving import forget_old_imports
from lumbung.knowledge.domain.articles.reminding import remind_of_reviews
from lumbung.knowledge.domain.feeds import take_all_news
from lumbung.knowledge.domain.nudges import nudge_for_minutes, remind_of_sessions
from lumbung.knowledge.domain.people import propose_expertise
from lumbung.knowledge.domain.series import make_next_of_all
from lumbung.knowledge.domain.talks import prepare_today
from lumbung.members.domain.channel_links import forget_attempts
from lumbung.members.domain.members import end_blocks
from lumbung.members.domain.merging.doubles import look_for_doubles
from lumbung.members.domain.privacy.keeping import forget_what_is_old
from lumbung.members.domain.rosters.course import forget_old_rosters
from lumbung.messaging.chat.memory import forget_old_dialogues
from lumbung.messaging.domain.accounts import look_after_all
from lumbung.messaging.domain.arrivals import events_wait, take_in_waiting
from lumbung.messaging.domain.attachments import accounts_with_files, fetch_waiting
from lumbung.messaging.domain.continuing import mail_unseen, unseen_wait
from lumbung.messaging.domain.deliveries import accounts_with_due, deliver_due
from lumbung.messaging.domain.forgetting import forget_old
from lumbung.messaging.domain.listening import accounts_to_look_at, look
from lumbung.moving.domain.departures import forget_packages
from lumbung.moving.domain.inbox import forget_unfinished_files
from lumbung.reactions import (
    acquisitions,
    answers_become_articles,
    browse_records,
    clearance,
    closing,
    credit_wishes,
    desk,
    find_talks,
    follow_headings,
    follow_words,
    forget_interests,
    index_records,
    joining,
    new_colleagues,
    share_records,
)
from lumbung.reactions.answer_in_chat import answer_in_chat
from lumbung.reactions.appointment_letters import dropped_letter, taken_letter
from lumbung.reactions.article_letters import (
    article_ready_letter,
    article_received_letter,
    article_refused_letter,
    tell_of_ending_articles,
)
from lumbung.reactions.booking_letters import (
    booked_letter,
    cancel_after_clearance,
    cancelled_letter,
    not_fetched_letter,
    remind_of_bookings,
)
from lumbung.reactions.changed_overnight import tell_of_losses, tell_of_renewals
from lumbung.reactions.channel_linked_letter import channel_linked_letter
from lumbung.reactions.deposits import published_letter, returned_letter, submitted_letter
from lumbung.reactions.digital_files import INDEX, NOTE, OFFER, PRESERVE, READ
from lumbung.reactions.doors_letters import doors_called_off_letters, doors_closed_letters
from lumbung.reactions.hold_ready_letter import hold_ready_letter
from lumbung.reactions.legal_deposits import tell_of_legal_deposits
from lumbung.reactions.membership_ending import tell_of_ending
from lumbung.reactions.parcel_sent_letter import parcel_sent_letter
from lumbung.reactions.recall_letter import recall_letter
from lumbung.reactions.reminders import remind
from lumbung.reactions.tell_new_titles import tell_new_titles
from lumbung.reactions.visit_moved_letters import visit_moved_letters
from lumbung.search.domain.learning import learn_families
from lumbung.spaces.domain.privacy import forget_visitors

TABLE: list[Reaction] = [
    index_records.REACTION,
    browse_records.AT_ONCE,
    browse_records.IN_TIME,
    share_records.SHARE,
    share_records.THESES,
    follow_words.REACTION,
    follow_headings.LINK,
    follow_headings.REWRITE,
    find_talks.REACTION,
    credit_wishes.REACTION,
    forget_interests.REACTION,
    new_colleagues.REACTION,
    answers_become_articles.REACTION,
    READ,
    INDEX,
    OFFER,
    PRESERVE,
    NOTE,
    Reaction("move_due_dates", ("DoorsClosed",), closing.move_due_dates),
    Reaction("doors_closed_letters", ("DoorsClosed", "ClosingFinished"), doors_closed_letters),
    Reaction("doors_called_off_letters", ("DoorsOpened",), doors_called_off_letters),
    Reaction("hold_ready_letter", ("HoldReady", "HoldVisitMoved"), hold_ready_letter),
    Reaction("article_received_letter", ("ArticleRequested", "ArticleReopened"), article_received_letter),
    Reaction("article_ready_letter", ("ArticleFulfilled", "ArticleVisitMoved"), article_ready_letter),
    Reaction("article_refused_letter", ("ArticleRefused",), article_refused_letter),
    Reaction("booked_letter", ("ItemBooked", "BookingChanged"), booked_letter),
    Reaction("booking_cancelled_letter", ("BookingCancelled",), cancelled_letter),
    Reaction("booking_not_fetched_letter", ("BookingExpired",), not_fetched_letter),
    Reaction("clearance_cancels_bookings", ("ClearanceIssued",), cancel_after_clearance),
    Reaction("visit_moved_letters", ("DueDatesFollowedVisits",), visit_moved_letters),
    Reaction("parcel_sent_letter", ("HandoverSent",), parcel_sent_letter),
    Reaction("decided_letter", ("PurchaseRequestAccepted", "PurchaseRequestDeclined"), acquisitions.decided_letter),
    Reaction("hold_for_asker", ("CopiesReceived",), acquisitions.hold_for_asker),
    Reaction("shelved_letter", ("CopyShelved",), acquisitions.shelved_letter),
    Reaction("need_becomes_request", ("NeedFollowed",), acquisitions.need_becomes_request),
    Reaction("recall_letter", ("LoanRecalled",), recall_letter),
    Reaction("desk_hears", ("MessageArrived",), desk.hear_more, prompt=True),
    Reaction("answer_in_chat", ("MessageLeftToChat",), answer_in_chat, prompt=True),
    Reaction("channel_linked_letter", ("ChannelLinked",), channel_linked_letter),
    Reaction("join_code_letter", ("JoinAsked", "JoinCodeRenewed"), joining.join_code_letter, prompt=True),
    Reaction("join_accepted_letter", ("JoinAccepted",), joining.join_accepted_letter, prompt=True),
    Reaction("join_refused_letter", ("JoinRefused",), joining.join_refused_letter),
    Reaction("clearance_verdict_letter", ("ClearanceAnswered",), clearance.verdict_letter),
    Reaction("clearance_issued_letter", ("ClearanceIssued",), clearance.issued_letter),
    Reaction("clearance_revoked_letter", ("ClearanceRevoked",), clearance.revoked_letter),
    Reaction("appointment_taken_letter", ("AppointmentBooked",), taken_letter),
    Reaction("appointment_dropped_letter", ("AppointmentMoved",), dropped_letter),
    Reaction("desk_takes_back", ("UserDeactivated", "RolesChanged", "UserForgotten"), desk.colleague_left),
    Reaction("desk_takes_up", ("PersonWanted",), desk.person_wanted),
    Reaction("desk_sees_chat", ("ChatAnsweredBeside",), desk.chat_answered, prompt=True),
    Reaction("desk_recognizes", ("ChannelLinked",), desk.asker_linked, prompt=True),
    Reaction("desk_sees_file", ("AttachmentFetched",), desk.file_fetched),
    Reaction("deposit_submitted_letter", ("DepositSubmitted",), submitted_letter),
    Reaction("deposit_returned_letter", ("DepositReturned",), returned_letter),
    Reaction("deposit_published_letter", ("DepositPublished",), published_letter),
    Reaction("tell_siakad", ("ClearanceIssued", "ClearanceRevoked"), clearance.tell_siakad),
]

STEADY: list[Steady] = [
    Steady("outbox", deliver_due, parts=accounts_with_due),
    Steady("take_in", take_in_waiting, waits=events_wait),
    Steady("mail_unseen", mail_unseen, pause=20, waits=unseen_wait),
    Steady("send_contents", send_waiting, pause=20, waits=contents_wait),
    Steady("fetch_files", fetch_waiting, pause=1, parts=accounts_with_files),
    Steady("warn_of_targets", warn_of_targets, pause=30, waits=targets_are_near),
    Steady("tend_contents", tend_contents, pause=10, waits=contents_need_care),
    Steady("listen", look, pause=2, parts=accounts_to_look_at),
]

NIGHTLY: list[Nightly] = [
    Nightly("remind_of_appointments", time(6, 0), remind_of_appointments),
    Nightly("open_doors_in_time", time(0, 5), open_doors_in_time),
    Nightly("end_embargoes", time(0, 15), end_embargoes),
    Nightly("forget_takedown_askers", time(3, 25), forget_askers),
    Nightly("let_go_of_contents", time(3, 25), let_go),
    Nightly("preserve_contents", time(1, 10), register_all),
    Nightly("identify_with_new_signatures", time(1, 20), identify_with_new_signatures),
    Nightly("begin_to_scan_again", time(1, 30), begin_to_scan_again),
    Nightly("tell_of_legal_deposits", time(5, 40), tell_of_legal_deposits),
    Nightly("end_reserves", time(0, 40), end_reserves),
    Nightly("tell_new_titles", time(5, 30), tell_new_titles),
    Nightly("forget_removed_lists", time(3, 10), forget_removed),
    Nightly("end_blocks", time(0, 2), end_blocks),
    Nightly("forget_what_is_old_of_members", time(3, 30), forget_what_is_old),
    Nightly("forget_old_rosters", time(3, 20), forget_old_rosters),
    Nightly("forget_old_article_imports", time(3, 20), forget_old_imports),
    Nightly("remind", time(5, 0), remind),
    Nightly("remind_of_bookings", time(5, 6), remind_of_bookings),
    Nightly("tell_of_renewals", time(5, 2), tell_of_renewals),
    Nightly("tell_of_losses", time(5, 4), tell_of_losses),
    Nightly("tell_of_ending_articles", time(5, 8), tell_of_ending_articles),
    Nightly("tell_of_ending_memberships", time(5, 10), tell_of_ending),
    Nightly("resume_holds", time(0, 20), resume_holds),
    Nightly("end_sittings", time(2, 45), end_sittings),
    Nightly("end_e_loans", time(0, 1), end_e_loans),
    Nightly("forget_e_borrowers", time(2, 35), forget_e_borrowers),
    Nightly("forget_uses", time(3, 15), forget_uses),
    Nightly("forget_page_pictures", time(3, 25), forget_pictures),
    Nightly("follow_visits", time(0, 10), follow_visits),  # before fines accrue: what is due later costs nothing
    Nightly("finish_parcels", time(0, 28), finish_parcels),
    Nightly("expire_articles", time(0, 32), expire_articles),
    Nightly("expire_holds", time(0, 30), expire_holds),
    Nightly("expire_bookings", time(0, 32), expire_bookings),
    Nightly("move_bookings", time(0, 40), move_bookings),
    Nightly("renew_of_itself", time(0, 12), renew_of_itself),
    Nightly("accrue_fines", time(0, 25), accrue_fines),
    Nightly("end_settled_losses", time(0, 38), end_settled_losses),
    Nightly("declare_lost", time(0, 35), declare_lost),
    Nightly("forget_borrowers", time(2, 30), forget_borrowers),
    Nightly("forget_visitors", time(2, 40), forget_visitors),
    Nightly("forget_purchase_askers", time(2, 45), forget_purchase_askers),
    Nightly("make_next_sessions", time(0, 50), make_next_of_all),
    Nightly("remind_of_sessions", time(6, 0), remind_of_sessions),
    Nightly("propose_expertise", time(4, 10), propose_expertise),
    Nightly("find_everything_known", time(4, 20), portal.put_everything),
    Nightly("nudge_for_minutes", time(6, 10), nudge_for_minutes),
    Nightly("remind_of_reviews", time(6, 15), remind_of_reviews),
    Nightly("take_all_news", time(5, 20), take_all_news),
    Nightly("prepare_morning_talk", time(5, 45), prepare_today),
    Nightly("pair_loans", time(2, 0), pair_loans),
    Nightly("count_interest", time(2, 15), count_interest),
    Nightly("learn_families", time(4, 20), learn_families),
    Nightly("forget_unmet_needs", time(3, 10), forget_unmet_needs),
    Nightly("compare_index", time(4, 0), compare),
    Nightly("gather_index", time(4, 10), gather),
    Nightly("harvest_sources", time(0, 50), harvest_every_night),
    Nightly("compare_shared", time(4, 40), share_all),
    Nightly("forget_visits_of_harvesters", time(3, 10), forget_visits),
    Nightly("forget_discarded_drafts", time(3, 10), forget_discarded),
    Nightly("survey_quality", time(1, 30), survey_quality),
    Nightly("forget_tables", time(3, 0), forget_tables),
    Nightly("forget_exports", time(3, 0), forget_exports),
    Nightly("forget_labels", time(3, 0), forget_labels),
    Nightly("forget_packages", time(3, 0), forget_packages),
    Nightly("forget_foreign_searches", time(3, 10), forget_searches),
    Nightly("search_for_duplicates", time(3, 50), search_every_night),
    Nightly("look_for_double_members", time(3, 45), look_for_doubles),
    Nightly("forget_link_codes", time(3, 10), forget_attempts),
    Nightly("forget_old_dialogues", time(3, 15), forget_old_dialogues),
    Nightly("forget_rehearsals", time(3, 0), forget_rehearsals),
    Nightly("forget_ended_sessions", time(3, 20), forget_ended_sessions),
    Nightly("forget_finished_tasks", time(3, 30), forget_finished_tasks),
    Nightly("forget_sent_forms", time(3, 30), forget_sent_forms),
    Nightly("forget_unfinished_uploads", time(3, 30), forget_unfinished_uploads),
    Nightly("forget_unfinished_files", time(3, 30), forget_unfinished_files),
    Nightly("look_after_channels", time(6, 20), look_after_all),
    Nightly("forget_old_messages", time(3, 40), forget_old),
]
