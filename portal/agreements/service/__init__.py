"""The verbs of agreements: read the terms, work a round out, accept, look again."""

from portal.agreements.service.accepting import accept as accept
from portal.agreements.service.accepting import accept_defaults as accept_defaults
from portal.agreements.service.answering import answer as answer
from portal.agreements.service.answering import answers_for as answers_for
from portal.agreements.service.answering import finish_answers as finish_answers
from portal.agreements.service.answering import reopen_answers as reopen_answers
from portal.agreements.service.drafting import keep_for_meeting as keep_for_meeting
from portal.agreements.service.drafting import settle as settle
from portal.agreements.service.drafting import try_side as try_side
from portal.agreements.service.essentials import agreement_card as agreement_card
from portal.agreements.service.essentials import cards_of as cards_of
from portal.agreements.service.essentials import essentials_of as essentials_of
from portal.agreements.service.reading import agreement_for as agreement_for
from portal.agreements.service.reading import draft_for as draft_for
from portal.agreements.service.reading import kept_points as kept_points
from portal.agreements.service.reading import version_for as version_for
from portal.agreements.service.reading import versions_of as versions_of
from portal.agreements.service.reviewing import ask_for_due_reviews as ask_for_due_reviews
from portal.agreements.service.reviewing import ask_for_review as ask_for_review
from portal.agreements.service.reviewing import keep_agreement as keep_agreement
from portal.agreements.service.reviewing import talk_about_agreement as talk_about_agreement
from portal.agreements.service.rounds import set_aside_round as set_aside_round
from portal.agreements.service.rounds import start_round as start_round
from portal.agreements.service.terms import has_agreement as has_agreement
from portal.agreements.service.terms import terms_for as terms_for
from portal.agreements.service.terms import terms_of_dyads as terms_of_dyads
