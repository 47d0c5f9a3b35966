"""The application's own kind: Flask, without what no page of the portal uses."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer


class OneSigner(SecureCookieSessionInterface):
    """Flask's signed session, whose signer is made once: its key stays while a process lives."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer for the application's key, made when it is first asked for."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where something changed; most pages only look into it."""
        if session.modified or session.permanent or not session.accessed:
            super().save_session(app, session, response)
            return
        named = response.headers.get("Vary", "")
        if "Cookie" not in named:
            response.headers["Vary"] = f"{named}, Cookie" if named else "Cookie"


class Portal(Flask):
    """Flask for plain views: none of ours is a coroutine, so nothing looks whether one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session_interface = OneSigner()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give every view and hook back as it is."""
        return func


__all__ = ["Portal"]
