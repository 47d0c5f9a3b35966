"""The plan's verbs: what is kept, who sees it, and that keys prove it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.work import unit_of_work
from portal.crisis_plan import service
from portal.crisis_plan.models import PlanFormer, PlanRow
from portal.crisis_plan.shapes import Kind, Made, PlanBody, ShownPlan
from portal.dyads.service import dyad_for, unshare_part
from portal.notifications.shapes import NoticeKind
from portal.reminders.models import Reminder
from portal.reminders.shapes import ReminderState
from portal.toolbox import service as toolbox
from portal.vault.models import DataKey, Part, WrappedKey
from portal.what_matters import service as what_matters
from tests.crisis_plan.conftest import PEOPLE, REFUSED, STEPS, Pair

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def seen_by_anna(pair: Pair) -> ShownPlan:
    with pair.anna.viewing() as viewer:
        found = toolbox.shared_tool(viewer, toolbox.tool_named("crisis-plan"), pair.dyad_id)
        assert isinstance(found.shown, ShownPlan)
        return found.shown


def words_in(shown: ShownPlan) -> str:
    return " ".join(section.body.text for section in shown.sections)


def test_everything_starts_as_the_owners_alone(pair: Pair) -> None:
    pair.write(Kind.STEPS, STEPS)
    assert not pair.section(Kind.STEPS).is_shared
    with pytest.raises(NotVisible):
        seen_by_anna(pair)


def test_a_section_without_words_is_sent_back_with_its_field(pair: Pair) -> None:
    with pair.ingrid.viewing() as viewer, pytest.raises(FieldError) as caught:
        service.write_section(viewer, PlanBody(Kind.REFUSED), once=None)
    assert caught.value.field == "entries"


def test_the_same_press_twice_writes_one_section(pair: Pair) -> None:
    for _press in range(2):
        with pair.ingrid.viewing() as viewer:
            service.write_section(viewer, PlanBody(Kind.STEPS, STEPS), once="a" * 32)
    with pair.ingrid.viewing() as viewer:
        rows = db.session.scalar(select(func.count()).select_from(PlanRow))
    assert rows == 2  # the section, and how the plan was made
    assert viewer.person_id == pair.ingrid.id


def test_then_and_now_stay_with_the_owner_whatever_is_shared(pair: Pair) -> None:
    section_id = pair.write(Kind.STEPS, "Words taken back")
    pair.share(section_id)
    pair.write(Kind.STEPS, STEPS)
    with pair.ingrid.viewing() as viewer:
        page = service.section_page(viewer, Kind.STEPS)
    assert [each.section.body.text for each in page.formers.items] == ["Words taken back"]
    assert "Words taken back" not in words_in(seen_by_anna(pair))
    assert "Ring Solveig" in words_in(seen_by_anna(pair))
    with pair.anna.viewing() as viewer:
        former = db.session.scalars(select(PlanFormer)).one()
        with pytest.raises(NotVisible):
            viewer.box.open(former, PlanBody)


def test_a_worker_sees_the_shared_sections_and_no_others(pair: Pair) -> None:
    shared = pair.write(Kind.STEPS, STEPS)
    pair.write(Kind.KEEPS_HERE, "The cat")
    pair.share(shared)
    shown = seen_by_anna(pair)
    assert [section.body.kind for section in shown.sections] == [Kind.STEPS]
    assert shown.made is None
    with pair.anna.viewing() as viewer:
        for row in db.session.scalars(select(PlanRow)):
            if row.id != shared:
                with pytest.raises(NotVisible):
                    viewer.box.open(row, PlanBody)


def test_after_the_sharing_ends_another_key_seals_what_was_shared(pair: Pair) -> None:
    section_id = pair.write(Kind.STEPS, STEPS)
    pair.share(section_id)
    before = _key_of(pair, section_id)
    with pair.ingrid.viewing() as viewer:
        unshare_part(viewer, pair.dyad_id, Part.CRISIS_PLAN)
    after = _key_of(pair, section_id)
    assert after != before
    with unit_of_work(pair.ingrid.app):
        assert db.session.get(DataKey, before) is None
        held = select(WrappedKey).where(
            WrappedKey.holder_id == pair.anna.id, WrappedKey.data_key_id == after
        )
        assert db.session.scalar(held) is None
    with pytest.raises(NotVisible):
        seen_by_anna(pair)


def _key_of(pair: Pair, row_id: UUID) -> UUID:
    with unit_of_work(pair.ingrid.app):
        return db.session.get_one(PlanRow, row_id).data_key_id


def test_a_preview_is_what_the_worker_sees(pair: Pair) -> None:
    ids = (pair.write(Kind.STEPS, STEPS), pair.write(Kind.REFUSED, entries=REFUSED))
    with pair.ingrid.viewing() as viewer:
        dyad = dyad_for(viewer, pair.dyad_id)
        preview = service.shown_to(viewer, dyad, ids)
    pair.share(*ids)
    assert [each.body for each in seen_by_anna(pair).sections] == [
        each.body for each in preview.sections
    ]
    assert preview.dyad_id is None


def test_a_disagreement_stands_with_its_date(pair: Pair) -> None:
    section_id = pair.write(Kind.REFUSED, entries=REFUSED)
    pair.share(section_id)
    with pair.anna.viewing(NOW) as viewer:
        for _press in range(2):
            service.answer_plan(
                viewer,
                pair.dyad_id,
                "I see it otherwise.",
                agrees=False,
                about=section_id,
                once="b",
            )
    with pair.ingrid.viewing() as viewer:
        said = service.plan_page(viewer).said
    assert [(each.name, each.agrees, each.at) for each in said] == [("Anna", False, NOW)]
    assert said[0].heading == pair.section(Kind.REFUSED).heading


def test_an_answer_goes_where_its_section_goes(pair: Pair) -> None:
    section_id, other = pair.write(Kind.REFUSED, entries=REFUSED), pair.write(Kind.STEPS, STEPS)
    pair.share(section_id, other)
    with pair.anna.viewing() as viewer:
        service.answer_plan(viewer, pair.dyad_id, "", agrees=True, about=section_id, once="b")
    with pair.ingrid.viewing() as viewer:
        toolbox.keep_back(viewer, toolbox.tool_named("crisis-plan"), section_id)
    assert seen_by_anna(pair).said == ()
    with pair.ingrid.viewing() as viewer:
        assert len(service.plan_page(viewer).said) == 1
        with pytest.raises(Conflict):
            service.delete_section(viewer, Kind.REFUSED)
        service.put_away(viewer, Kind.REFUSED, is_away=True)
        service.delete_section(viewer, Kind.REFUSED)
    with pair.ingrid.viewing() as viewer:
        assert service.plan_page(viewer).said == ()


def test_a_worker_answers_only_what_is_shared_with_them(pair: Pair) -> None:
    shared, mine = pair.write(Kind.STEPS, STEPS), pair.write(Kind.KEEPS_HERE, "The cat")
    with pytest.raises(NotVisible), pair.anna.viewing() as viewer:
        service.answer_plan(viewer, pair.dyad_id, "", agrees=True, about=None, once="b")
    pair.share(shared)
    with pytest.raises(NotVisible), pair.anna.viewing() as viewer:
        service.answer_plan(viewer, pair.dyad_id, "", agrees=True, about=mine, once="b")
    with pytest.raises(NotVisible), pair.ingrid.viewing() as viewer:
        service.plan_to_answer(viewer, pair.dyad_id)


def test_the_first_section_brings_a_day_to_look_again(pair: Pair) -> None:
    with pair.ingrid.viewing(NOW) as viewer:
        service.write_section(viewer, PlanBody(Kind.STEPS, STEPS), once=None)
    assert _reminders(pair) == [(NoticeKind.REVIEW_DUE, date(2027, 5, 22))]
    with pair.ingrid.viewing(NOW) as viewer:
        service.say_how_made(viewer, Made(False, "Anna", date(2027, 1, 7)))
    assert _reminders(pair) == [(NoticeKind.REVIEW_DUE, date(2027, 1, 7))]
    with pair.ingrid.viewing(datetime(2027, 1, 7, 12, tzinfo=UTC)) as viewer:
        assert service.plan_page(viewer).is_review_here
        service.looked_again(viewer)
        assert not service.plan_page(viewer).is_review_here
    assert _reminders(pair) == [(NoticeKind.REVIEW_DUE, date(2027, 7, 7))]
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, Kind.STEPS, is_away=True)
        service.delete_section(viewer, Kind.STEPS)
    assert _reminders(pair) == []


def _reminders(pair: Pair) -> list[tuple[NoticeKind, date]]:
    with unit_of_work(pair.ingrid.app):
        rows = db.session.scalars(
            select(Reminder).where(Reminder.state == ReminderState.WAITING)
        ).all()
        return [(row.kind, row.due_at.date()) for row in rows]


def test_putting_away_is_undone_and_deleting_takes_the_former_words(pair: Pair) -> None:
    pair.write(Kind.STEPS, "Then")
    pair.write(Kind.STEPS, STEPS)
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, Kind.STEPS, is_away=True)
    with pair.ingrid.viewing() as viewer:
        page = service.plan_page(viewer)
        assert [section.body.text for section in page.away] == [STEPS]
        assert not page.first
        service.put_away(viewer, Kind.STEPS, is_away=False)
    with pair.ingrid.viewing() as viewer:
        assert service.plan_page(viewer).first.steps == ("Put on my shoes", "Ring Solveig")
        service.put_away(viewer, Kind.STEPS, is_away=True)
        service.delete_section(viewer, Kind.STEPS)
    with unit_of_work(pair.ingrid.app):
        assert db.session.scalars(select(PlanFormer)).all() == []
        assert db.session.scalars(select(PlanRow)).all() == []


def test_what_is_put_away_is_closed_to_a_worker_with_what_they_said_of_it(pair: Pair) -> None:
    steps, refused = pair.write(Kind.STEPS, STEPS), pair.write(Kind.REFUSED, entries=REFUSED)
    pair.share(steps, refused)
    with pair.anna.viewing() as viewer:
        service.answer_plan(viewer, pair.dyad_id, "Why", agrees=False, about=refused, once="b")
    for is_away in (True, False):
        with pair.ingrid.viewing() as viewer:
            service.put_away(viewer, Kind.REFUSED, is_away=is_away)
        shown = seen_by_anna(pair)
        assert [section.id for section in shown.sections] == [steps]
        assert shown.said == ()
        with pair.anna.viewing() as viewer, pytest.raises(NotVisible):
            viewer.box.open(db.session.get_one(PlanRow, refused), PlanBody)
    with pair.ingrid.viewing() as viewer:
        assert [each.text for each in service.plan_page(viewer).said] == ["Why"]


def test_what_comes_first_is_ones_own_steps_then_people_one_can_call(pair: Pair) -> None:
    pair.write(Kind.STEPS, STEPS)
    pair.write(Kind.PEOPLE, entries=PEOPLE)
    with pair.ingrid.viewing() as viewer:
        first = service.first_help(viewer)
        what_matters.add_to_well(viewer, "A walk", once=None)
    assert first.steps == ("Put on my shoes", "Ring Solveig")
    assert [(call.name, call.dial) for call in first.calls] == [("Solveig", "+4790000001")]
    with pair.anna.viewing() as viewer:
        assert not service.first_help(viewer)
    with pair.ingrid.viewing() as viewer:
        assert service.plan_page(viewer).well == ("A walk",)
