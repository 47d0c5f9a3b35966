"""What stands: terms for the clocks, words for the two, every version; and for nobody else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from portal.agreements import service
from portal.agreements.shapes import (
    How,
    NoAgreement,
)
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from tests.agreements.pair import NOW, TUESDAY, Pair
from tests.fixtures.agreed import Agree
from tests.fixtures.people import People


def test_there_are_no_terms_before_the_first_agreement(pair: Pair) -> None:
    with pair.owner.viewing() as viewer:
        assert not service.has_agreement(viewer, pair.id)
        with pytest.raises(NoAgreement):
            service.terms_for(viewer, pair.id)
        assert service.terms_of_dyads([pair.id]) == {}


def test_somebody_else_sees_nothing_of_an_agreement(pair: Pair, people: People) -> None:
    for stranger in (people.owner("Kari"), people.worker("Ola")):
        with stranger.viewing() as viewer:
            for verb in (service.terms_for, service.agreement_for, service.versions_of):
                with pytest.raises(NotVisible):
                    verb(viewer, pair.id)
            assert service.cards_of(viewer) == {}


def test_every_version_stays_readable(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, purpose="First")
    agree(pair.owner, pair.worker, pair.id, NOW, purpose="Second")
    with pair.worker.viewing() as viewer:
        assert [line.version for line in service.versions_of(viewer, pair.id)] == [2, 1]
        first = service.version_for(viewer, pair.id, 1)
        newest = service.version_for(viewer, pair.id)
        with pytest.raises(NotVisible):
            service.version_for(viewer, pair.id, 3)
    assert first.entries[0].lines[0].text == "First"
    assert newest.entries[0].was[0].text == "First"
    assert newest.entries[0].lines[0].text == "Second"


def test_the_owner_reads_the_agreement_of_an_ended_pair_and_the_worker_does_not(
    pair: Pair, agree: Agree
) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with pair.owner.viewing() as viewer:
        end_dyad(viewer, pair.id)
    with pair.owner.viewing() as viewer:
        page = service.agreement_for(viewer, pair.id)
        assert page.entries
        assert not page.is_live
        with pytest.raises(Conflict):
            service.start_round(viewer, pair.id)
    with pair.worker.viewing() as viewer:
        with pytest.raises(NotVisible):
            service.agreement_for(viewer, pair.id)
        with pytest.raises(NotVisible):
            service.terms_for(viewer, pair.id)


def test_terms_lie_in_plain_columns_and_words_do_not(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, purpose="Mornings outdoors", windows=TUESDAY)
    with pair.owner.viewing():
        row = db.session.execute(text("SELECT windows, sealed FROM agreements")).one()
    assert row.windows == "1 10:00-11:00"
    assert b"Mornings" not in bytes(row.sealed)


def test_jobs_read_terms_without_a_key(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, windows=TUESDAY)
    with unit_of_work(app):
        assert service.terms_of_dyads([pair.id])[pair.id].windows == TUESDAY


def test_the_essentials_are_a_few_sentences_for_each_side(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, kept_for_talking="Heavy things.")
    with pair.worker.viewing(NOW) as viewer:
        card = service.agreement_card(viewer, pair.id)
    assert card.sentences == (
        "Answers within 2 working days after reading, short.",
        "You read Monday and Wednesday 08:00–09:00.",
        "You say hello every second week, on Wednesday.",
        "Kept for talking: Heavy things.",
    )
    assert card.review_sentence == "You two look at it again on 21 December."
    with pair.owner.viewing(NOW) as viewer:
        assert "Anna reads" in service.agreement_card(viewer, pair.id).text


def test_the_workers_sentence_on_how_often_to_write_is_theirs(pair: Pair) -> None:
    own = {"how_often": "Twice a week suits me well."}
    pair.both_answer({"how_often": "Every day"}, own)
    with pair.owner.viewing(NOW) as viewer:
        assert service.draft_for(viewer, pair.id).points[4].how is How.DECIDED
    pair.accept(pair.owner)
    pair.accept(pair.worker)
    with pair.owner.viewing(NOW) as viewer:
        card = service.agreement_card(viewer, pair.id)
    assert card.terms.version == 1
    assert card.words.how_often == own["how_often"]


def test_terms_changed_from_outside_are_noticed(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with pair.owner.viewing() as viewer:
        assert service.agreement_for(viewer, pair.id).is_intact
        db.session.execute(text("UPDATE agreements SET answer_within = '5'"))
    with pair.owner.viewing() as viewer:
        assert not service.agreement_for(viewer, pair.id).is_intact
