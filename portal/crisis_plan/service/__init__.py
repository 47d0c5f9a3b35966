"""What an owner does with their plan, and a worker with what is shared of it."""

from portal.crisis_plan.service.answering import answer_plan as answer_plan
from portal.crisis_plan.service.answering import plan_to_answer as plan_to_answer
from portal.crisis_plan.service.making import looked_again as looked_again
from portal.crisis_plan.service.making import made_of as made_of
from portal.crisis_plan.service.making import say_how_made as say_how_made
from portal.crisis_plan.service.pages import first_help as first_help
from portal.crisis_plan.service.pages import plan_page as plan_page
from portal.crisis_plan.service.pages import section_page as section_page
from portal.crisis_plan.service.pages import shown_to as shown_to
from portal.crisis_plan.service.paper import plan_sheet as plan_sheet
from portal.crisis_plan.service.taking import contacts_for as contacts_for
from portal.crisis_plan.service.taking import items_of as items_of
from portal.crisis_plan.service.taking import line_of as line_of
from portal.crisis_plan.service.writing import delete_section as delete_section
from portal.crisis_plan.service.writing import move_piece as move_piece
from portal.crisis_plan.service.writing import put_away as put_away
from portal.crisis_plan.service.writing import words_of as words_of
from portal.crisis_plan.service.writing import write_section as write_section
