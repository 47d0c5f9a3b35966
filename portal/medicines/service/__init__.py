"""What an owner does with their medicines. Everything starts as the owner's alone."""

from portal.medicines.service.copying import choice_for as choice_for
from portal.medicines.service.copying import preview_for as preview_for
from portal.medicines.service.copying import sheet_for as sheet_for
from portal.medicines.service.copying import take_copy as take_copy
from portal.medicines.service.reading import body_for as body_for
from portal.medicines.service.reading import medicine_page as medicine_page
from portal.medicines.service.reading import medicines_of as medicines_of
from portal.medicines.service.reading import medicines_page as medicines_page
from portal.medicines.service.reading import shown_page as shown_page
from portal.medicines.service.reading import shown_to as shown_to
from portal.medicines.service.writing import add as add
from portal.medicines.service.writing import change as change
from portal.medicines.service.writing import delete as delete
from portal.medicines.service.writing import move as move
from portal.medicines.service.writing import put_away as put_away
from portal.medicines.service.writing import reminders_seen as reminders_seen
from portal.medicines.service.writing import set_times as set_times
from portal.medicines.service.writing import stop as stop
from portal.medicines.service.writing import take_again as take_again
