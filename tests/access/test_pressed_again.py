"""A press that took something away, made twice: it leads on, and tells nobody else anything."""

import pytest

from tests.access.scene import Scene
from tests.access.test_ledger import FORMS, calls
from tests.access.test_ledger import scene as scene

PUT_AWAY_FIRST = {
    "crisis_plan.delete": ("crisis_plan.place", {"to": "away"}),
    "hours.delete_phrase": ("hours.put_away", {"away": "yes"}),
    "life_entries.delete": ("life_entries.put_away", {"to": "away"}),
    "life_parts.delete": ("life_parts.turn", {"to": "off"}),
    "network_map.delete": ("network_map.put_away", {"to": "away"}),
    "network_map.delete_snapshot": ("network_map.put_snapshot_away", {"to": "away"}),
    "night.delete": ("night.let_go", {}),
    "reflections.delete": ("reflections.put_away", {"to": "away"}),
    "what_matters.delete": ("what_matters.put_away", {"to": "away"}),
}
DONE = "That is done already."


class Town:
    """Presses in the town of the ledger."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def path(self, role: str, endpoint: str) -> str:
        """An endpoint's address as somebody would name it."""
        ids = self.scene.ids_for(role)
        (rule,) = self.scene.app.url_map.iter_rules(endpoint)
        values = {name: ids[name] for name in rule.arguments}
        if rule.rule.startswith("/letter/"):
            values["token"] = ids["letter"]
        with self.scene.app.test_request_context():
            return self.scene.app.url_for(endpoint, **values)

    def press(self, role: str, endpoint: str, form: dict[str, str] | None = None) -> int:
        """What somebody's press of an endpoint answers."""
        path = self.path(role, endpoint)
        return self.scene.client(role).post(path, data=form).status_code


@pytest.fixture
def town(scene: Scene) -> Town:
    return Town(scene)


def role_of(endpoint: str) -> str:
    return "worker" if endpoint.startswith("hours.") else "owner"


def first_press(town: Town, endpoint: str) -> None:
    if endpoint in PUT_AWAY_FIRST:
        before, form = PUT_AWAY_FIRST[endpoint]
        assert town.press(role_of(endpoint), before, form) == 303, before
    assert town.press(role_of(endpoint), endpoint) == 303, endpoint


def test_what_took_something_away_leads_to_its_list_when_it_is_pressed_again(town: Town) -> None:
    ends = town.scene.app.extensions["ends"]
    assert len(ends) >= 16
    for endpoint in sorted(ends):
        first_press(town, endpoint)
        client = town.scene.client(role_of(endpoint))
        again = client.post(town.path(role_of(endpoint), endpoint), follow_redirects=True)
        page = again.get_data(as_text=True)
        town.scene.restore()
        assert (again.status_code, again.request.method) == (200, "GET"), endpoint
        assert DONE in page, endpoint


def test_what_is_put_away_twice_is_put_away(town: Town) -> None:
    more = {"check_ins.put_away": {"to": "away"}, "medicines.put_away": {"to": "away"}}
    presses = [*PUT_AWAY_FIRST.values(), *more.items()]
    for endpoint, form in presses:
        both = [town.press(role_of(endpoint), endpoint, form) for _each in range(2)]
        town.scene.restore()
        assert both == [303, 303], endpoint


def test_to_everybody_else_what_is_gone_was_never_there(town: Town) -> None:
    strangers = ("other_owner", "worker_of_others", "worker_ended", "administrator")
    for endpoint in sorted(town.scene.app.extensions["ends"]):
        before = [town.press(role, endpoint) for role in strangers]
        town.scene.restore()
        first_press(town, endpoint)
        after = [town.press(role, endpoint) for role in strangers]
        town.scene.restore()
        assert after == before, endpoint


def test_another_press_at_the_same_address_is_another_press(town: Town) -> None:
    path = town.path("owner", "meetings.take_off")
    client = town.scene.client("owner")
    assert client.post(path, data={"next": "/meetings"}).status_code == 303
    assert client.post(path, data={"next": "/meetings"}).status_code == 303
    assert client.post(path, data={"next": "/night"}).status_code == 404


def test_no_press_that_went_well_is_refused_when_it_comes_again(town: Town) -> None:
    wrong = []
    for role in ("owner", "worker"):
        for call, rule in sorted(calls(town.scene.app).items()):
            if not call.startswith("POST "):
                continue
            ids = town.scene.ids_for(role)
            form = {name: value.format(**ids) for name, value in FORMS.get(call, {}).items()}
            first, again = (town.press(role, rule.endpoint, form) for _each in range(2))
            town.scene.restore()
            if first == 303 and again in (404, 409):
                wrong.append(f"{call} as {role}: {again}")
    assert wrong == []
