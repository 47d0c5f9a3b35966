"""The look and the scripts of the portal, each as one file under a name that never goes stale.

The many small source files are joined in memory when the application starts, so there is no build
step on disk and a page asks for three files at most. They are served by a guarded route of our own
rather than by WhiteNoise, because WhiteNoise serves files from disk and answers before the portal
can put its security headers on the answer.
"""

import gzip
import re
from collections.abc import Iterable
from hashlib import sha256
from importlib import import_module, util
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, current_app, request

from portal.core.errors import NotVisible
from portal.core.guard import GuardedBlueprint, anyone

STATIC = Path(__file__).parent.parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"

asset_pages = GuardedBlueprint("assets", __name__)

_CSS_ORDER = ("tokens", "reset", "base", "layout", "components", "print")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


class Asset(NamedTuple):
    """One file as it goes over the wire, compressed once and for all."""

    name: str
    kind: str
    plain: bytes
    compressed: dict[str, bytes]


def init_assets(app: Flask) -> None:
    """Read and compress the files, and give templates ``asset("css")``, ``"js"`` and ``"icon"``."""
    made = {
        "css": _asset("look", "css", "text/css; charset=utf-8", read_css(STATIC / "css")),
        "js": _asset("page", "js", "text/javascript; charset=utf-8", read_js(STATIC / "js")),
        "icon": _asset("icon", "svg", "image/svg+xml", (STATIC / "img/icon.svg").read_text()),
    }
    addresses = {noun: f"/assets/{each.name}" for noun, each in made.items()}
    app.extensions["assets"] = {each.name: each for each in made.values()}
    app.jinja_env.globals["asset"] = addresses.__getitem__
    app.register_blueprint(asset_pages)


@asset_pages.get("/assets/<name>", allow=anyone)
def asset(name: str) -> Response:
    """One file, for ever: a changed file has another name."""
    found: Asset | None = current_app.extensions["assets"].get(name)
    if found is None:
        raise NotVisible
    way = _best_way(found)
    response = Response(found.compressed.get(way, found.plain), content_type=found.kind)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Vary"] = "Accept-Encoding"
    if way:
        response.headers["Content-Encoding"] = way
    return response


def read_css(folder: Path) -> str:
    """All style sheets in the order that lets later ones refine earlier ones, without comments."""
    files: list[Path] = []
    for noun in _CSS_ORDER:
        path = folder / noun
        files += sorted(path.glob("*.css")) if path.is_dir() else [path.with_suffix(".css")]
    return _SPACE.sub("\n", _COMMENT.sub("", _joined(files)))


def read_js(folder: Path) -> str:
    """All scripts, each in a block of its own; none needs another."""
    return "\n".join(f"{{\n{path.read_text('utf-8')}}}" for path in sorted(folder.glob("*.js")))


def _joined(files: Iterable[Path]) -> str:
    return "\n".join(path.read_text("utf-8") for path in files)


def _asset(noun: str, ending: str, kind: str, text: str) -> Asset:
    body = text.encode()
    name = f"{noun}-{sha256(body).hexdigest()[:12]}.{ending}"
    compressed = {"gzip": gzip.compress(body, 9, mtime=0)}
    if util.find_spec("brotli"):
        compressed["br"] = import_module("brotli").compress(body)
    return Asset(name, kind, body, compressed)


def _best_way(found: Asset) -> str:
    return next((way for way in ("br", "gzip") if _wanted(way) and way in found.compressed), "")


def _wanted(way: str) -> bool:
    return request.accept_encodings.quality(way) > 0
