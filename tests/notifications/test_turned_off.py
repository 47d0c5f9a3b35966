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
from tests.fixtures.pages import hidden_in
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


@pytest.mark.parametrize("is_off", [True, False])
def test_a_new_piece_says_so_when_it_is_kept(ingrid: SomePerson, is_off: bool) -> None:
    with ingrid.viewing() as viewer:
        goal = goals.add_goal(viewer, GoalBody("Swim"), once=uuid4().hex)
        kinds = frozenset({PIECE}) if is_off else frozenset()
        change_choices(viewer, NoticeChoices(kinds_off=kinds))
    path = f"/goals/{goal}/pieces/new"
    for remind_at in ("never", "morning"):
        form = hidden_in(ingrid.client.get(path).text)
        typed = {"text": "Find the bag", "day": "2030-01-07", "remind_at": remind_at}
        start = {"size": "small", "doer": "me", "repeat": "once"}
        answer = ingrid.client.post(path, data=form | start | typed)
        assert answer.status_code == 303
        page = ingrid.client.get(answer.location).text
        assert ("You turned off e-mails of reminders" in page) is (
            is_off and remind_at == "morning"
        )
