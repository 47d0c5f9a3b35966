"""Long pages go over the wire small, and are the same when they are opened."""

import gzip

from flask import Flask
from flask.testing import FlaskClient

from portal.core.compressing import compressed

COMPRESSED = {"Accept-Encoding": "gzip, br"}
ONLY_GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_for_whoever_takes_it(client: FlaskClient) -> None:
    plain, small = client.get("/help-now"), client.get("/help-now", headers=COMPRESSED)
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 2
    assert int(small.headers["Content-Length"]) == len(small.data)
    assert gzip.decompress(small.data).startswith(b"<!doctype html>")
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_who_refuses_it_gets_the_page_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/help-now", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"<!doctype html>")


def test_what_is_compressed_already_or_no_page_is_left_alone(
    app: Flask, client: FlaskClient
) -> None:
    name = next(each for each in app.extensions["assets"] if each.endswith(".css"))
    plain = client.get(f"/assets/{name}").data
    assert gzip.decompress(client.get(f"/assets/{name}", headers=ONLY_GZIP).data) == plain
    assert "Content-Encoding" not in client.get("/healthz", headers=COMPRESSED).headers


def test_the_size_does_not_tell_the_content() -> None:
    body = b"words " * 1000
    assert len({len(compressed(body)) for _ in range(200)}) > 20
    assert gzip.decompress(compressed(body)) == body
