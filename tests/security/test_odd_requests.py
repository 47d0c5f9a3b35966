"""Odd requests are refused kindly: numbers past every table, bytes that are no text."""

import pytest

from tests.access.scene import Scene

FAR = 10**30


@pytest.mark.parametrize(
    "path",
    [
        "/dyads/{dyad_id}/agreement/versions/{far}",
        "/messages/{dyad_id}?before={far}",
        "/messages/{dyad_id}?before=-{far}",
        "/goals?before={far}.x",
        "/goals?before=99999999999999999.AAAAAAAAAAAAAAAAAAAAAA",
        "/sharing/openings?before=%ff%fe",
        "/dyads/{dyad_id}/agreement/answers?step={far}",
        "/sign-in?next=%ff%00%c3%28",
    ],
)
def test_an_odd_address_never_breaks_a_page(scene: Scene, path: str) -> None:
    answer = scene.client("owner").get(path.format(dyad_id=scene.with_anna, far=FAR))
    assert answer.status_code < 500


@pytest.mark.parametrize("press", ["reaction", "taking-back", "release", "meaning", "keeping"])
def test_a_number_past_every_message_is_not_there(scene: Scene, press: str) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    try:
        path = f"/messages/{scene.with_anna}/{FAR}/{press}"
        answer = scene.client("owner").post(path, data={"press": "read"})
    finally:
        scene.app.config["WTF_CSRF_ENABLED"] = True
    assert answer.status_code == 404


@pytest.mark.parametrize("revision", [str(FAR), "-1", "x", ""])
def test_a_forged_revision_is_a_kind_refusal(scene: Scene, revision: str) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    try:
        path = f"/dyads/{scene.with_anna}/agreement/acceptance"
        answer = scene.client("owner").post(path, data={"revision": revision, "round": revision})
    finally:
        scene.app.config["WTF_CSRF_ENABLED"] = True
    assert 400 <= answer.status_code < 500
