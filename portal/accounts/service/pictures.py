"""A QR code as a picture in the page: plain SVG, no style of its own, readable in the dark too."""

import io

import segno
from markupsafe import Markup


def qr_picture(text: str, title: str) -> Markup:
    """The QR code of a text, as inline SVG with a title for those who do not see it."""
    out = io.BytesIO()
    segno.make(text, micro=False, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=4,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
        title=title,
        nl=False,
    )
    return Markup(out.getvalue().decode())  # nosec B704  # segno escapes the title, the rest is numbers
