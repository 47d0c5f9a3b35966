"""Nothing goes for good while it lies in its place, whatever a form that somebody made up says."""

import pytest
from sqlalchemy import func, select
from werkzeug.routing import Rule

from portal.core.db import db
from portal.core.work import unit_of_work
from portal.vault.sealed import sealed_tables
from tests.access.scene import Scene
from tests.fixtures.application import MakeApp

TAKEN_BACK = {"hours.remove_absence", "meetings.take_off"}
"""Days away, and a line on a meeting's list: taken back, and nothing else goes with them."""

BROUGHT_BACK = {
    "check_ins.delete": ("check-ins/{check_in_id}/place", {"to": "back"}),
    "check_in_ways.delete": ("check-ins/questions/{question_id}/asking", {"to": "ask"}),
    "medicines.delete": ("medicines/{medicine_id}/place", {"to": "back"}),
}
"""What lies put away in the town already."""


@pytest.fixture
def scene(make_app: MakeApp) -> Scene:
    app = make_app(sign_up_open=True)
    app.config |= {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False}
    return Scene(app)


def rows(scene: Scene) -> dict[str, int]:
    """How many rows there are of everything that holds words."""
    with unit_of_work(scene.app):
        return {
            table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in sealed_tables()
        }


def removals(scene: Scene) -> list[Rule]:
    """Every way to delete something for good."""
    every = scene.app.url_map.iter_rules()
    return [r for r in every if r.rule.endswith("/removal") and r.endpoint not in TAKEN_BACK]


def test_a_form_made_up_deletes_nothing_that_was_not_put_away(scene: Scene) -> None:
    found = removals(scene)
    assert len(found) >= 11
    for rule in found:
        client = scene.client("worker" if rule.endpoint.startswith("hours.") else "owner")
        ids = scene.ids_for("owner")
        if rule.endpoint in BROUGHT_BACK:
            path, form = BROUGHT_BACK[rule.endpoint]
            assert client.post(f"/{path.format(**ids)}", data=form).status_code == 303
        before = rows(scene)
        with scene.app.test_request_context():
            path = scene.app.url_for(rule.endpoint, **{each: ids[each] for each in rule.arguments})
        answer = client.post(path)
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 409)
        assert "first. Then you can delete it." in answer.text
        assert rows(scene) == before
