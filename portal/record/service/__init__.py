"""The verbs of the record: look at a page, approve it, take it back; ask for one, say not now."""

from portal.record.service.approving import approve as approve
from portal.record.service.approving import keep_for_later as keep_for_later
from portal.record.service.approving import preview_for as preview_for
from portal.record.service.approving import take_back as take_back
from portal.record.service.asking import answer_not_now as answer_not_now
from portal.record.service.asking import ask as ask
from portal.record.service.offering import offered_for as offered_for
from portal.record.service.pages import page_for as page_for
from portal.record.service.pages import pages_of as pages_of
from portal.record.service.pages import text_of as text_of
