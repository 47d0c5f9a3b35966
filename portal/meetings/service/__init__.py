"""The verbs of meetings: agree on a time, keep things for it, know when the two last met."""

from portal.meetings.service.calendar import standing_times as standing_times
from portal.meetings.service.calendar import time_of as time_of
from portal.meetings.service.coming import coming_meetings as coming_meetings
from portal.meetings.service.coming import last_met_at as last_met_at
from portal.meetings.service.coming import meetings_for as meetings_for
from portal.meetings.service.coming import meetings_shown as meetings_shown
from portal.meetings.service.evening import move_evenings as move_evenings
from portal.meetings.service.keeping import copy_for as copy_for
from portal.meetings.service.keeping import drop_difference as drop_difference
from portal.meetings.service.keeping import drop_line as drop_line
from portal.meetings.service.keeping import keep as keep
from portal.meetings.service.keeping import keep_difference as keep_difference
from portal.meetings.service.keeping import keep_own_line as keep_own_line
from portal.meetings.service.keeping import move_kept as move_kept
from portal.meetings.service.keeping import take_off as take_off
from portal.meetings.service.marks import copy_marks as copy_marks
from portal.meetings.service.marks import kept_marks as kept_marks
from portal.meetings.service.marks import on_lists as on_lists
from portal.meetings.service.times import answer_offer as answer_offer
from portal.meetings.service.times import call_off as call_off
from portal.meetings.service.times import move_meeting as move_meeting
from portal.meetings.service.times import offer_meeting as offer_meeting
from portal.meetings.service.times import stop_telling_worker as stop_telling_worker
