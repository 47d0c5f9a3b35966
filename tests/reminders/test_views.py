"""The notices page, as people use it."""

from datetime import date, time, timedelta

from flask.testing import FlaskClient

from portal.core.clock import Repeat, RepeatKind, utc_now
from portal.core.work import unit_of_work
from portal.notifications import service as notifications
from portal.notifications.shapes import NoticeChoices, NoticeKind
from portal.reminders import service
from tests.fixtures.people import People, SomePerson

PAGE = "/settings/notices"
NOW = utc_now()
DAILY = Repeat(RepeatKind.DAILY, date(2026, 1, 1))


def form(client: FlaskClient, **given: object) -> dict[str, object]:
    token = client.get(PAGE).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    usual = {"quiet_from": "22:00", "quiet_until": "07:30", "daily_cap": "2"}
    return {"csrf_token": token} | usual | given


def choices_of(person: SomePerson) -> NoticeChoices:
    with person.viewing() as viewer:
        return notifications.choices_of(viewer)


def ignored_reminder(person: SomePerson) -> None:
    with unit_of_work(person.app):
        service.remind(
            person.id,
            NoticeKind.ACTIVITY_REMINDER,
            at=NOW - timedelta(days=5),
            key="piece:1",
            now=NOW,
            repeat=DAILY,
        )
        for days in (5, 4, 3, 2):
            service.sweep_due(NOW - timedelta(days=days) + timedelta(seconds=1))


def test_everybody_sees_the_kinds_of_their_role(people: People) -> None:
    owner = people.owner().client.get(PAGE).text
    worker = people.worker().client.get(PAGE).text
    assert "Something you planned" in owner
    assert "Something you planned" not in worker
    assert "Messages wait when you read" in worker
    assert people.administrator().client.get(PAGE).status_code == 200


def test_choices_are_kept(people: People) -> None:
    ingrid = people.owner()
    answer = ingrid.client.post(PAGE, data=form(ingrid.client, kinds=["meeting_tomorrow"]))
    assert answer.status_code == 303
    choices = choices_of(ingrid)
    assert (choices.quiet_from, choices.quiet_until) == (time(22), time(7, 30))
    assert choices.daily_cap == 2
    assert choices.wants(NoticeKind.MEETING_TOMORROW)
    assert not choices.wants(NoticeKind.ACTIVITY_REMINDER)
    assert choices.wants(NoticeKind.HELLO_DUE)


def test_everything_can_be_turned_off(people: People) -> None:
    ingrid = people.owner()
    ingrid.client.post(PAGE, data=form(ingrid.client))
    page = ingrid.client.get(PAGE).text
    assert 'name="kinds"' in page
    assert not choices_of(ingrid).wants(NoticeKind.MESSAGE_ANSWERED)


def test_a_time_that_is_none_comes_back_with_the_rest_kept(people: People) -> None:
    ingrid = people.owner()
    answer = ingrid.client.post(PAGE, data=form(ingrid.client, quiet_from="", daily_cap="3"))
    assert answer.status_code == 422
    assert "Please pick a time." in answer.text
    assert choices_of(ingrid) == NoticeChoices()


def test_a_reminder_that_was_ignored_asks_and_can_be_stopped(people: People) -> None:
    ingrid = people.owner()
    assert "Should these go on?" not in ingrid.client.get(PAGE).text
    ignored_reminder(ingrid)
    page = ingrid.client.get(PAGE).text
    assert "Should these go on?" in page
    address = next(part for part in page.split('"') if part.endswith("/end"))
    answer = ingrid.client.post(address, data=form(ingrid.client), follow_redirects=True)
    assert "The reminder has stopped." in answer.text
    assert "Should these go on?" not in answer.text


def test_a_reminder_that_was_ignored_can_go_on(people: People) -> None:
    ingrid = people.owner()
    ignored_reminder(ingrid)
    page = ingrid.client.get(PAGE).text
    address = next(part for part in page.split('"') if part.endswith("/going-on"))
    answer = ingrid.client.post(address, data=form(ingrid.client), follow_redirects=True)
    assert "The reminder goes on." in answer.text
