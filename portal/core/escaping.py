"""What a page shows is made safe for HTML; most words have nothing in them to make safe.

A page shows hundreds of short words, and MarkupSafe makes a new marked string of each. The pieces
of a page are joined at once, so a word without any sign of HTML can stay the string that it is.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape


def shown(value: Any) -> str:
    """The value as it stands in HTML; what is marked as safe already stays as it is."""
    kind = type(value)
    if kind is str:
        plain: str = value
        if "<" in plain or "&" in plain or ">" in plain or '"' in plain or "'" in plain:
            return escape(plain)
        return plain
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # its type was just looked at
    if kind is int:
        return str(value)
    if (html := getattr(value, "__html__", None)) is not None:
        safe: str = html()
        return safe
    return escape(value)


class PageGenerator(CodeGenerator):
    """Compiles templates so that every value goes through ``shown`` of its environment."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.shown(")
        if finalize.src is not None:
            self.write(finalize.src)


__all__ = ["PageGenerator", "shown"]
