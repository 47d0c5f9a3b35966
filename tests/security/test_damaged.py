"""Damaged rows never take a page away: it shows the rest, and says that something is missing."""

import logging

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from portal.accounts.models import Profile
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.vault.models import BundleWrap, Identity
from portal.vault.sealed import sealed_tables
from tests.access.scene import Scene
from tests.accounts.forms import send
from tests.fixtures.people import PASSWORD

SAID = "Something here does not open."
OWNERS = (
    "/",
    "/goals",
    "/toolbox",
    "/toolbox/goals/print",
    "/what-matters",
    "/life-domains",
    "/network-map",
    "/network-map/snapshots",
    "/crisis-plan",
    "/crisis-plan/cards",
    "/check-ins",
    "/check-ins/days",
    "/check-ins/new",
    "/medicines",
    "/reflections",
    "/exercises",
    "/night",
    "/meetings",
    "/meetings/{dyad_id}",
    "/messages",
    "/messages/{dyad_id}",
    "/help-now",
    "/search",
    "/calendar",
    "/record/with/{dyad_id}",
    "/sharing",
    "/invitations",
)
WORKERS = (
    "/your-turn",
    "/people",
    "/people/{dyad_id}/goals",
    "/people/{dyad_id}/before-meeting",
    "/meetings/{dyad_id}",
    "/messages/{dyad_id}",
    "/hours",
    "/hours/absence",
    "/phrases",
    "/search",
    "/calendar",
    "/record/with/{dyad_id}",
)
LISTED = {
    "goals": "/goals",
    "matters": "/what-matters",
    "life_entries": "/life-domains",
    "network_nodes": "/network-map",
    "plan_rows": "/crisis-plan",
    "check_ins": "/check-ins/days",
    "medicines": "/medicines",
    "reflections": "/reflections",
    "kept_things": "/meetings/{dyad_id}",
    "night_lines": "/night",
}
FORMER = {
    "goal_formers": "/goals/{goal_id}",
    "network_formers": "/network-map/{node_id}",
    "plan_formers": "/crisis-plan/steps",
    "life_entries": "/life-domains/{domain_id}",
}
ONE_NEEDS_THEM = {"profiles", "factors", "pins", "dyads", "agreements", "agreement_answers"}
TABLES = {
    str(each.__tablename__): each
    for each in sealed_tables()
    if each.__tablename__ not in ONE_NEEDS_THEM
}


def damage(scene: Scene, name: str) -> None:
    """Flip the last byte of every sealed body in a table."""
    table = TABLES[name]
    with unit_of_work(scene.app):
        for row_id, sealed in db.session.execute(select(table.id, table.sealed)).all():
            broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
            db.session.execute(update(table).where(table.id == row_id).values(sealed=broken))


def opened(scene: Scene, role: str, path: str) -> int:
    """With which status a page opens; in a search for a letter that many words have."""
    client, there = scene.client(role), path.format(dyad_id=scene.with_anna)
    answer = send(client, there, words="a") if path == "/search" else client.get(there)
    return answer.status_code


@pytest.mark.parametrize("name", sorted(TABLES))
def test_damaged_rows_take_no_page_of_lists_away(scene: Scene, name: str) -> None:
    damage(scene, name)
    away = [
        (path, status)
        for role, paths in (("owner", OWNERS), ("worker", WORKERS))
        for path in paths
        if (status := opened(scene, role, path)) != 200
    ]
    assert away == []


@pytest.mark.parametrize("name", sorted(LISTED))
def test_the_page_says_that_something_is_missing(
    scene: Scene, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    damage(scene, name)
    with caplog.at_level(logging.ERROR):
        page = scene.client("owner").get(LISTED[name].format(dyad_id=scene.with_anna))
    assert SAID in page.get_data(as_text=True)
    assert "sealed row does not open" in caplog.text


@pytest.mark.parametrize("name", sorted(FORMER))
def test_damaged_former_words_do_not_take_what_is_said_now(scene: Scene, name: str) -> None:
    path = FORMER[name].format(**scene.ids_for("owner"))
    assert SAID not in scene.client("owner").get(path).get_data(as_text=True)
    damage(scene, name)
    answer = scene.client("owner").get(path)
    assert answer.status_code == 200
    assert SAID in answer.get_data(as_text=True)


def test_nothing_is_said_where_all_opens(scene: Scene) -> None:
    for path in OWNERS:
        page = scene.client("owner").get(path.format(dyad_id=scene.with_anna))
        assert SAID not in page.get_data(as_text=True), path


def sign_in(scene: Scene) -> TestResponse:
    """Ingrid signs in with her password on a new device."""
    client = scene.app.test_client()
    return send(client, "/sign-in", address=scene.ingrid.address, password=PASSWORD)


def test_a_damaged_profile_keeps_nobody_out(scene: Scene) -> None:
    with unit_of_work(scene.app):
        db.session.execute(update(Profile).values(sealed=b"nothing"))
    assert sign_in(scene).status_code == 303


def test_damaged_keys_give_a_kind_page_and_a_line_with_the_id(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    with unit_of_work(scene.app):
        db.session.execute(update(BundleWrap).values(wrapped=b"nothing"))
    answer = sign_in(scene)
    assert answer.status_code == 500
    assert "Help now" in answer.get_data(as_text=True)
    assert "keys of a person do not open" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_workers_changed_keys_take_no_page_from_the_owner(scene: Scene) -> None:
    with unit_of_work(scene.app):
        changed = update(Identity).where(Identity.person_id == scene.anna.id)
        db.session.execute(changed.values(opening_public=bytes(32)))
    for path in ("/", "/goals", "/messages", "/dyads", "/meetings", "/sharing"):
        assert opened(scene, "owner", path) == 200, path
