"""The verbs of a worker's time."""

from portal.hours.service.absence import absences_of as absences_of
from portal.hours.service.absence import add_absence as add_absence
from portal.hours.service.absence import is_waited_for as is_waited_for
from portal.hours.service.absence import remove_absence as remove_absence
from portal.hours.service.phrases import add_phrase as add_phrase
from portal.hours.service.phrases import delete_phrase as delete_phrase
from portal.hours.service.phrases import phrases_of as phrases_of
from portal.hours.service.phrases import put_phrase_away as put_phrase_away
from portal.hours.service.week import calendar_from as calendar_from
from portal.hours.service.week import calendar_of as calendar_of
from portal.hours.service.week import calendars_of as calendars_of
from portal.hours.service.week import change_week as change_week
from portal.hours.service.week import hours_page as hours_page
from portal.hours.service.week import hours_shown as hours_shown
from portal.hours.service.week import week_of as week_of
