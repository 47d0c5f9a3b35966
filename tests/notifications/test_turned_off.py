"""Pages that promise an e-mail say so when its kind is turned off."""

from datetime import date, time
from uuid import uuid4

import pytest

from portal.check_ins import service as check_ins
from portal.goals import service as goals
from portal.goals.shapes.bodies import ActivityBody, GoalBody
from portal.medicines import service as medicines
from portal.medicines.shapes import MedicineWords
from portal.notifications.service import change_choices
from portal.notifications.shapes import NoticeChoices, NoticeKind
from tests.fixtures.people import People, SomePerson

SAID = "You turned these e-mails off, so none comes just now."
PIECE, CHECK_IN = NoticeKind.ACTIVITY_REMINDER, NoticeKind.CHECK_IN_REMINDER


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    return people.owner("Ingrid")


def pages_with_reminders(ingrid: SomePerson) -> dict[NoticeKind, list[str]]:
    """Set a reminder of each sort; gives the pages where they stand, by kind."""
    with ingrid.viewing() as viewer:
        white = medicines.add(viewer, MedicineWords("The white one"), once=uuid4().hex)
        medicines.set_times(viewer, white, (time(8), time(20)))
        check_ins.remind_at(viewer, time(18))
        goal = goals.add_goal(viewer, GoalBody("Swim"), once=uuid4().hex)
        body = ActivityBody("Find the bag", day=date(2030, 1, 7))
        piece = goals.add_piece(viewer, goal, body, once=uuid4().hex)
    of_pieces = [
        f"/medicines/{white}",
        f"/medicines/{white}/reminders",
        f"/goals/{goal}/pieces/new",
        f"/goals/{goal}/pieces/{piece}",
    ]
    return {PIECE: of_pieces, CHECK_IN: ["/check-ins/questions"]}


@pytest.mark.parametrize("off", [None, PIECE, CHECK_IN])
def test_a_page_says_when_no_reminder_comes(ingrid: SomePerson, off: NoticeKind | None) -> None:
    pages = pages_with_reminders(ingrid)
    with ingrid.viewing() as viewer:
        change_choices(viewer, NoticeChoices(kinds_off=frozenset({off} if off else ())))
    for kind, paths in pages.items():
        for path in paths:
            answer = ingrid.client.get(path)
            assert answer.status_code == 200, path
            assert (SAID in answer.text) is (kind is off), path


def test_nothing_is_said_where_no_reminder_is_set(ingrid: SomePerson) -> None:
    with ingrid.viewing() as viewer:
        white = medicines.add(viewer, MedicineWords("The white one"), once=uuid4().hex)
        change_choices(viewer, NoticeChoices(kinds_off=frozenset({PIECE, CHECK_IN})))
    for path in (f"/medicines/{white}", "/check-ins/questions"):
        assert SAID not in ingrid.client.get(path).text
