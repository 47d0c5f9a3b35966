"""What an owner does with check-ins. They are the owner's alone, whatever else is shared."""

from portal.check_ins.service.copying import choice_for as choice_for
from portal.check_ins.service.copying import preview_for as preview_for
from portal.check_ins.service.copying import sheet_for as sheet_for
from portal.check_ins.service.copying import take_copy as take_copy
from portal.check_ins.service.reading import ask_page as ask_page
from portal.check_ins.service.reading import check_ins_page as check_ins_page
from portal.check_ins.service.reading import days_page as days_page
from portal.check_ins.service.reading import entry_with_items as entry_with_items
from portal.check_ins.service.setup import change_item as change_item
from portal.check_ins.service.setup import delete_item as delete_item
from portal.check_ins.service.setup import follow as follow
from portal.check_ins.service.setup import item_for as item_for
from portal.check_ins.service.setup import keep_asking as keep_asking
from portal.check_ins.service.setup import remind_at as remind_at
from portal.check_ins.service.setup import rest as rest
from portal.check_ins.service.setup import setup_of as setup_of
from portal.check_ins.service.setup import stop_asking as stop_asking
from portal.check_ins.service.writing import change as change
from portal.check_ins.service.writing import check_in as check_in
from portal.check_ins.service.writing import delete as delete
from portal.check_ins.service.writing import put_away as put_away
