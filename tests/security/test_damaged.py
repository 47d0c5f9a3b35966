"""Rows that were damaged never take a page away: it shows the rest, and says that one is missing."""

import logging

import pytest
from sqlalchemy import select, update

from portal.core.db import db
from portal.core.work import unit_of_work
from portal.vault.sealed import sealed_tables
from tests.access.scene import Scene

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
    "/search?q=a",
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
    """With which status a page opens."""
    return scene.client(role).get(path.format(dyad_id=scene.with_anna)).status_code


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


def test_nothing_is_said_where_all_opens(scene: Scene) -> None:
    for path in OWNERS:
        page = scene.client("owner").get(path.format(dyad_id=scene.with_anna))
        assert SAID not in page.get_data(as_text=True), path
