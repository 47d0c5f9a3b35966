"""Composing the first pages from what the slices offer."""

from portal.home.service.before_meeting import before_meeting as before_meeting
from portal.home.service.first_pages import owner_home as owner_home
from portal.home.service.first_pages import your_turn as your_turn
from portal.home.service.night import write_night_line as write_night_line
from portal.home.service.people import people_page as people_page
from portal.home.service.people import person_page as person_page
