"""Invitations: yes, not now, no, and everything that may go differently."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotAllowed, NotVisible
from portal.dyads.invitations import service
from portal.dyads.invitations.models import Invitation, Reminder
from portal.dyads.invitations.service import closing, postings
from portal.dyads.invitations.shapes import Fit, InvitationState, NewInvitation
from portal.dyads.models import Dyad, Pin
from portal.dyads.service import dyad_for, dyads_of, end_dyad, set_cap
from portal.notifications.models import LinkLetter, Notice
from portal.notifications.shapes import NoticeState
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HELLO = "I would like to write to you."


def invited(inviter: SomePerson, address: str, now: datetime = NOW) -> str:
    with inviter.viewing(now) as viewer:
        return service.invite(viewer, NewInvitation(address, inviter.name, greeting=HELLO)).token


def states(person: SomePerson, now: datetime = NOW) -> list[InvitationState]:
    with person.viewing(now) as viewer:
        return [card.state for card in service.invitations_of(viewer)]


def test_the_link_opens_name_and_greeting_and_a_yes_begins_the_pair(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    token = invited(ingrid, anna.address)
    with anna.viewing(NOW) as viewer:
        letter = service.letter_for(viewer, token, NOW)
        assert (letter.name, letter.greeting, letter.fit) == ("Ingrid", HELLO, Fit.YES)
        dyad_id = service.accept(viewer, token, name="Anna", title="Nurse")
    assert dyad_id is not None
    with ingrid.viewing(NOW) as viewer:
        card = dyad_for(viewer, dyad_id)
        assert (card.partner_name, card.partner_title, card.is_trusted) == ("Anna", "Nurse", True)
    assert states(ingrid) == [InvitationState.ACCEPTED]


def test_a_worker_invites_and_the_owner_says_yes(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    with anna.viewing(NOW) as viewer:
        new = NewInvitation(ingrid.address, "Anna", "Nurse", HELLO)
        token = service.invite(viewer, new).token
    with ingrid.viewing(NOW) as viewer:
        dyad_id = service.accept(viewer, token, name="Ingrid")
        assert dyad_id is not None
        assert dyad_for(viewer, dyad_id).partner_title == "Nurse"
    with anna.viewing(NOW) as viewer:
        assert dyad_for(viewer, dyad_id).is_trusted


def test_one_owner_has_several_workers_each_a_pair_of_their_own(people: People) -> None:
    ingrid, anna, bjorn = people.owner(), people.worker("Anna"), people.worker("Bjørn")
    first, second = people.dyad(ingrid, anna), people.dyad(ingrid, bjorn)
    with ingrid.viewing() as viewer:
        assert [card.partner_name for card in dyads_of(viewer)] == ["Anna", "Bjørn"]
    with anna.viewing() as viewer:
        assert [card.id for card in dyads_of(viewer)] == [first]
        with pytest.raises(NotVisible):
            dyad_for(viewer, second)


def test_a_no_needs_no_account_and_is_told(people: People) -> None:
    ingrid = people.owner()
    token = invited(ingrid, "somebody@example.org")
    with ingrid.viewing(NOW):
        service.decline(None, token, NOW)
    assert states(ingrid) == [InvitationState.DECLINED]
    with ingrid.viewing(NOW) as viewer:
        letter = service.letter_for(viewer, token, NOW)
        assert (letter.name, letter.state) == ("", InvitationState.DECLINED)
        service.decline(None, token, NOW)
        with pytest.raises(NotVisible):
            service.put_off(None, token, NOW)


def test_not_now_is_kept_by_the_invited_person_and_can_become_a_yes(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    token = invited(ingrid, anna.address)
    with anna.viewing(NOW) as viewer:
        service.put_off(viewer, token, NOW)
    assert states(ingrid) == [InvitationState.LATER]
    later = NOW + timedelta(days=60)
    with anna.viewing(later) as viewer:
        [kept] = service.letters_now(viewer).received
        assert (kept.name, kept.token) == ("Ingrid", token)
        assert service.accept(viewer, kept.token, name="Anna") is not None
        assert service.letters_now(viewer).received == []


def test_who_is_asked_sees_that_a_letter_waits_and_nothing_of_it(people: People) -> None:
    ingrid, anna, per = people.owner("Ingrid"), people.worker("Anna"), people.worker("Per")
    kari = people.owner("Kari")
    token = invited(ingrid, anna.address)
    invited(ingrid, kari.address)
    with anna.viewing(NOW) as viewer:
        [waiting] = service.letters_now(viewer).waiting
        assert (waiting.sent_at, waiting.ends_at) == (NOW, NOW + timedelta(days=30))
    for other in (per, kari, ingrid):
        with other.viewing(NOW) as viewer:
            assert service.letters_now(viewer).waiting == []
    with anna.viewing(NOW) as viewer:
        service.put_off(viewer, token, NOW)
        letters = service.letters_now(viewer)
        assert (len(letters.received), letters.waiting) == (1, [])
    with anna.viewing(NOW) as viewer:
        service.accept(viewer, token, name="Anna")
        assert service.letters_now(viewer) == ([], [], [])
    with ingrid.viewing(NOW + timedelta(days=40)) as viewer:
        assert service.letters_now(viewer).waiting == []


def test_a_letter_between_two_who_are_a_pair_does_not_wait(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    invited(ingrid, anna.address)
    with anna.viewing(NOW) as viewer:
        back = service.invite(viewer, NewInvitation(ingrid.address, "Anna")).token
    with ingrid.viewing(NOW) as viewer:
        assert len(service.letters_now(viewer).waiting) == 1
        service.accept(viewer, back, name="Ingrid")
    with anna.viewing(NOW) as viewer:
        assert service.letters_now(viewer).waiting == []


def test_a_no_is_not_told_any_more_once_a_later_invitation_stands(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    told = []
    first = invited(ingrid, anna.address)
    with anna.viewing(NOW) as viewer:
        service.decline(viewer, first, NOW)
    later = NOW + timedelta(days=2)
    second = invited(ingrid, anna.address, later)
    with ingrid.viewing(later) as viewer:
        told.append([card.state for card in service.letters_now(viewer).sent])
    with anna.viewing(later) as viewer:
        service.accept(viewer, second, name="Anna")
    with ingrid.viewing(later) as viewer:
        told.append([card.state for card in service.letters_now(viewer).sent])
    assert told == [[InvitationState.SENT], []]


@pytest.mark.parametrize("is_swept", [False, True])
@pytest.mark.parametrize(("is_put_off", "days"), [(False, 30), (True, 90)])
def test_that_nobody_answered_in_time_is_said_for_two_weeks(
    people: People, is_swept: bool, is_put_off: bool, days: int
) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    token = invited(ingrid, anna.address)
    if is_put_off:
        with anna.viewing(NOW) as viewer:
            service.put_off(viewer, token, NOW)
    if is_swept:
        with ingrid.viewing(NOW):
            closing.expire_old(NOW + timedelta(days=days))
    told = {}
    for after in (0, 13, 15):
        with ingrid.viewing(NOW + timedelta(days=days + after)) as viewer:
            told[after] = [card.state for card in service.letters_now(viewer).sent]
            assert not service.has_invited(viewer)
        with anna.viewing(NOW + timedelta(days=days + after)) as viewer:
            assert service.letters_now(viewer) == ([], [], [])
    assert told == {0: [InvitationState.EXPIRED], 13: [InvitationState.EXPIRED], 15: []}
    again = NOW + timedelta(days=days + 1)
    invited(ingrid, anna.address, again)
    with ingrid.viewing(again) as viewer:
        assert [card.state for card in service.letters_now(viewer).sent] == [InvitationState.SENT]


def test_an_invitation_taken_back_opens_nothing(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    token = invited(ingrid, anna.address)
    with ingrid.viewing(NOW) as viewer:
        [card] = service.invitations_of(viewer)
        assert service.invitation_for(viewer, card.id).token == token
        service.withdraw_invitation(viewer, card.id)
    with anna.viewing(NOW) as viewer, pytest.raises(NotVisible):
        service.accept(viewer, token, name="Anna")
    with ingrid.viewing(NOW):
        assert db.session.scalar(select(Pin.id)) is None


def test_nobody_else_can_look_after_an_invitation(people: People) -> None:
    ingrid, kari = people.owner(), people.owner("Kari")
    invited(ingrid, "somebody@example.org")
    with ingrid.viewing(NOW) as viewer:
        [card] = service.invitations_of(viewer)
    with kari.viewing(NOW) as viewer:
        for verb in (service.withdraw_invitation, service.send_again, service.invitation_for):
            with pytest.raises(NotVisible):
                verb(viewer, card.id)


def test_after_thirty_days_it_has_closed_and_can_be_written_anew(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    token = invited(ingrid, anna.address)
    later = NOW + timedelta(days=30)
    with anna.viewing(later) as viewer:
        assert service.letter_for(viewer, token, later).state is InvitationState.EXPIRED
        with pytest.raises(NotVisible):
            service.accept(viewer, token, name="Anna")
    invited(ingrid, anna.address, later)
    assert states(ingrid, later) == [InvitationState.SENT, InvitationState.EXPIRED]


def test_a_reminder_that_does_not_open_holds_no_other_up(people: People) -> None:
    ingrid, week = people.owner(), NOW + timedelta(days=7)
    for address in ("one@example.org", "two@example.org"):
        invited(ingrid, address)
    with ingrid.viewing(NOW):
        first = select(Reminder.id).order_by(Reminder.id).limit(1).scalar_subquery()
        db.session.execute(update(Reminder).where(Reminder.id == first).values(address=b"damaged"))
        before = len(db.session.scalars(select(LinkLetter.id)).all())
    for _look in range(2):
        with ingrid.viewing(week):
            postings.remind_due(week)
    with ingrid.viewing(week):
        assert len(db.session.scalars(select(LinkLetter.id)).all()) == before + 1
        (left,) = db.session.scalars(select(Reminder)).all()
        assert left.due_at == week + timedelta(days=1)


def test_the_sweep_closes_what_has_run_out_and_wipes_its_letter(people: People) -> None:
    ingrid = people.owner()
    invited(ingrid, "somebody@example.org")
    with ingrid.viewing():
        closing.expire_old(NOW + timedelta(days=31))
    with ingrid.viewing():
        row = db.session.scalars(select(Invitation)).one()
        assert (row.state, row.letter) == (InvitationState.EXPIRED, None)


def test_after_three_weeks_of_silence_it_is_named(people: People) -> None:
    ingrid = people.owner()
    invited(ingrid, "somebody@example.org")
    with ingrid.viewing(NOW + timedelta(days=20)) as viewer:
        assert not service.invitations_of(viewer)[0].is_quiet
    with ingrid.viewing(NOW + timedelta(days=21)) as viewer:
        assert service.invitations_of(viewer)[0].is_quiet
        notice = db.session.scalars(select(Notice)).one()
        assert (notice.person_id, notice.due_at) == (ingrid.id, NOW + timedelta(days=21))


def test_an_answer_takes_the_notice_of_silence_back(people: People) -> None:
    ingrid = people.owner()
    token = invited(ingrid, "somebody@example.org")
    with ingrid.viewing(NOW):
        service.decline(None, token, NOW)
        found = select(Notice.state).where(Notice.due_at > NOW)
        assert db.session.scalar(found) is NoticeState.WITHDRAWN


def test_one_reminder_without_a_link_goes_out_and_none_after_an_answer(people: People) -> None:
    ingrid = people.owner()
    token = invited(ingrid, "one@example.org")
    invited(ingrid, "two@example.org")
    with ingrid.viewing(NOW):
        service.decline(None, token, NOW)
        db.session.execute(delete(LinkLetter))
    week = NOW + timedelta(days=7)
    for _again in range(2):
        with ingrid.viewing(week):
            postings.remind_due(week)
    with ingrid.viewing(week):
        assert len(db.session.scalars(select(LinkLetter)).all()) == 1
        assert db.session.scalar(select(Reminder.id)) is None


def test_own_address_double_letters_and_partners_come_back_to_the_form(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    people.dyad(ingrid, anna, NOW)
    invited(ingrid, "somebody@example.org")
    for address in (ingrid.address, "Somebody@Example.org ", anna.address):
        with pytest.raises(FieldError):
            invited(ingrid, address, NOW + timedelta(hours=1))


def test_a_double_press_sends_one_letter_and_makes_one_pair(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    token = invited(ingrid, anna.address)
    assert invited(ingrid, anna.address) == token
    pairs = set()
    for _press in range(2):
        with anna.viewing(NOW) as viewer:
            pairs.add(service.accept(viewer, token, name="Anna"))
    assert len(pairs) == 1
    assert states(ingrid) == [InvitationState.ACCEPTED]
    with ingrid.viewing(NOW):
        assert len(db.session.scalars(select(LinkLetter)).all()) == 1


def test_the_answer_is_the_same_whether_the_address_has_an_account(people: People) -> None:
    ingrid, kari = people.owner(), people.owner("Kari")
    invited(ingrid, kari.address)
    invited(ingrid, "nobody@example.org")
    with ingrid.viewing(NOW) as viewer:
        one, other = service.invitations_of(viewer)
        assert (one.state, one.ends_at) == (other.state, other.ends_at)


def test_an_invitation_for_a_worker_cannot_be_taken_by_an_owner_or_its_writer(
    people: People,
) -> None:
    ingrid, kari = people.owner(), people.owner("Kari")
    token = invited(ingrid, "somebody@example.org")
    for person, fit in ((kari, Fit.OTHER_ROLE), (ingrid, Fit.OWN_LETTER)):
        with person.viewing(NOW) as viewer:
            assert service.letter_for(viewer, token, NOW).fit is fit
            with pytest.raises(NotAllowed):
                service.accept(viewer, token, name="Kari")


def test_ten_invitations_a_day_are_enough(people: People) -> None:
    ingrid = people.owner()
    for number in range(10):
        invited(ingrid, f"somebody-{number}@example.org")
    with pytest.raises(FieldError, match="tomorrow"):
        invited(ingrid, "one-more@example.org")
    invited(ingrid, "one-more@example.org", NOW + timedelta(days=1, minutes=1))


def test_an_address_is_not_flooded_by_many_inviters(people: People) -> None:
    for number in range(5):
        invited(people.owner(f"Owner {number}"), "somebody@example.org")
    with people.owner().viewing(NOW):
        assert len(db.session.scalars(select(LinkLetter)).all()) == 3


def test_the_letter_can_go_out_again_but_not_every_day_and_thrice_at_most(people: People) -> None:
    ingrid = people.owner()
    invited(ingrid, "somebody@example.org")
    with ingrid.viewing(NOW) as viewer:
        [card] = service.invitations_of(viewer)
        with pytest.raises(Conflict):
            service.send_again(viewer, card.id)
    for day in (2, 4):
        with ingrid.viewing(NOW + timedelta(days=day)) as viewer:
            service.send_again(viewer, card.id)
    with ingrid.viewing(NOW + timedelta(days=6)) as viewer, pytest.raises(Conflict):
        service.send_again(viewer, card.id)


def test_a_letter_that_is_sent_again_or_taken_back_by_two_presses_is_so_once(
    people: People,
) -> None:
    ingrid, again = people.owner(), NOW + timedelta(days=2)
    invited(ingrid, "somebody@example.org")
    for verb in (service.send_again, service.withdraw_invitation):
        for seconds in range(2):
            with ingrid.viewing(again + timedelta(seconds=seconds)) as viewer:
                verb(viewer, service.invitations_of(viewer)[0].id)
    assert states(ingrid, again) == [InvitationState.WITHDRAWN]
    with ingrid.viewing(again):
        assert len(db.session.scalars(select(LinkLetter)).all()) == 2


def test_a_full_worker_is_told_to_choose_and_the_owner_hears_it_kindly(people: People) -> None:
    ingrid, kari, anna = people.owner(), people.owner("Kari"), people.worker()
    with anna.viewing(NOW) as viewer:
        set_cap(viewer, 1)
    people.dyad(ingrid, anna, NOW)
    to_anna = invited(kari, anna.address)
    with anna.viewing(NOW) as viewer:
        assert service.letter_for(viewer, to_anna, NOW).fit is Fit.NO_ROOM
        with pytest.raises(Conflict):
            service.accept(viewer, to_anna, name="Anna")
    from_anna = invited(anna, kari.address)
    with kari.viewing(NOW) as viewer:
        assert service.accept(viewer, from_anna, name="Kari") is None
    assert states(anna) == [InvitationState.NO_ROOM]


def test_an_end_makes_room_again(people: People) -> None:
    ingrid, kari, anna = people.owner(), people.owner("Kari"), people.worker()
    with anna.viewing(NOW) as viewer:
        set_cap(viewer, 1)
    dyad_id = people.dyad(ingrid, anna, NOW)
    with ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, dyad_id)
    second = people.dyad(kari, anna, NOW)
    with anna.viewing(NOW) as viewer:
        assert [card.id for card in dyads_of(viewer)] == [second]


def test_two_letters_between_the_same_two_make_one_pair(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    from_anna, from_ingrid = invited(anna, ingrid.address), invited(ingrid, anna.address)
    with anna.viewing(NOW) as viewer:
        assert service.accept(viewer, from_ingrid, name="Anna")
    with ingrid.viewing(NOW) as viewer:
        assert service.letter_for(viewer, from_anna, NOW).fit is Fit.PAIR_ALREADY
        with pytest.raises(Conflict):
            service.accept(viewer, from_anna, name="Ingrid")


def test_the_same_pair_may_begin_again_after_an_end(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    first = people.dyad(ingrid, anna, NOW)
    with anna.viewing(NOW) as viewer:
        end_dyad(viewer, first)
    second = people.dyad(ingrid, anna, NOW + timedelta(days=1))
    with ingrid.viewing(NOW) as viewer:
        assert [card.id for card in dyads_of(viewer)] == [second, first]


def test_a_letter_swapped_between_invitations_does_not_open(people: People) -> None:
    ingrid, kari, anna = people.owner(), people.owner("Kari"), people.worker()
    token, other = invited(ingrid, anna.address), invited(kari, anna.address)
    with anna.viewing(NOW) as viewer:
        rows = db.session.scalars(select(Invitation).order_by(Invitation.id)).all()
        rows[0].letter, rows[1].letter = rows[1].letter, rows[0].letter
        db.session.flush()
        for each in (token, other):
            with pytest.raises(NotVisible):
                service.letter_for(viewer, each, NOW)
        db.session.rollback()


def test_an_acceptance_that_was_not_made_with_the_link_is_not_trusted(people: People) -> None:
    ingrid, anna, eve = people.owner(), people.worker(), people.worker("Eve")
    dyad_id = people.dyad(ingrid, anna, NOW)
    with ingrid.viewing(NOW):
        db.session.execute(update(Dyad).values(worker_id=eve.id))
    with ingrid.viewing(NOW) as viewer:
        assert not any(card.may_write for card in dyads_of(viewer))
        del dyad_id
