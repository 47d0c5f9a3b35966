"""Long pages go over the wire compressed: ten times smaller, which a phone on a bus notices.

A compressed page beside a secret can tell of it by its size (BREACH). What would be needed for
that, pages asked for from another site with the reader's cookie, is refused by the cookie itself;
and every page gets a name of random length in its gzip head, so that sizes tell little (decision
95).
"""

import gzip
import secrets
from io import BytesIO

from flask import Flask, Response, request

WORTH_IT = 2_000
"""Bytes from which a page is compressed."""
LEVEL = 1
LONGEST_NAME = 64


def init_compressing(app: Flask) -> None:
    """Compress pages; called before every other hook on answers is set, so that it comes last."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if 300 <= response.status_code < 400:  # it leads on, and holds a line
        return response
    if response.mimetype != "text/html" or response.is_streamed or not response.is_sequence:
        return response
    _vary_by_encoding(response)
    body = response.get_data()
    is_compressed = "Content-Encoding" in response.headers
    if is_compressed or len(body) < WORTH_IT or not _takes_compressed():
        return response
    response.set_data(compressed(body))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _vary_by_encoding(response: Response) -> None:
    if "Vary" in response.headers:
        response.vary.add("Accept-Encoding")
    else:  # in one step: every page passes here
        response.headers["Vary"] = "Accept-Encoding"


def _takes_compressed() -> bool:
    return "Accept-Encoding" in request.headers and bool(request.accept_encodings.quality("gzip"))


def compressed(body: bytes) -> bytes:
    """The bytes in gzip's form, with a name of random length in front."""
    name, made = "x" * secrets.randbelow(LONGEST_NAME + 1), BytesIO()
    with gzip.GzipFile(name, "wb", LEVEL, made, mtime=0) as file:
        file.write(body)
    return made.getvalue()


__all__ = ["init_compressing"]
