"""Sessions: started at each step of a sign-in, listed as devices, ended by their person."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.accounts import hooks
from portal.accounts.chosen import settings
from portal.accounts.models import Person
from portal.accounts.service.people import person_row, profile_body
from portal.accounts.shapes import Caller, DeviceCard, NextStep, ProfileBody, SignedIn
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.vault.box import Box
from portal.vault.keys import Bundle
from portal.vault.models import Session, Stage
from portal.vault.session import (
    Inside,
    Lifetime,
    end_session,
    end_sessions,
    sessions_of,
    start_session,
)
from portal.vault.viewer import Role, Viewer

KEPT_FOR = timedelta(days=30)
_SECOND_STEP = timedelta(minutes=15)


class Opened(NamedTuple):
    """A person whose keys are open, before there is a session."""

    person: Person
    box: Box

    @property
    def bundle(self) -> Bundle:
        """The opened bundle."""
        return self.box.bundle_for_rewrap()


def opened(person_id: UUID, bundle: Bundle) -> Opened:
    """Bring a person and their opened keys together."""
    return Opened(person_row(person_id), Box(person_id, bundle))


def lifetime_for(role: Role, *, is_kept: bool) -> Lifetime:
    """How long a session may rest and last; only owners can keep one on a device of their own."""
    if is_kept and role is Role.OWNER:
        return Lifetime(KEPT_FOR, KEPT_FOR, is_kept=True)
    chosen = settings()
    idle = chosen.owner_idle_time if role is Role.OWNER else chosen.idle_time
    return Lifetime(idle, chosen.absolute_time)


def _half(lifetime: Lifetime) -> Lifetime:
    """How long somebody may take for the second step."""
    return Lifetime(_SECOND_STEP, _SECOND_STEP, is_kept=lifetime.is_kept)


def next_step(person: Person) -> NextStep:
    """What comes after the right password for this person."""
    if settings().demo:
        return NextStep.DONE
    if person.needs_factor:
        return NextStep.FACTOR
    required = settings().requires_second_factor(person.role.value)
    return NextStep.FACTOR_SET_UP if required else NextStep.DONE


def begin(
    who: Opened, caller: Caller, now: datetime, *, is_kept: bool, step: NextStep | None = None
) -> SignedIn:
    """Start a session. With a step still owed it opens nothing but that step."""
    step = step or next_step(who.person)
    lifetime = lifetime_for(who.person.role, is_kept=is_kept)
    body = _profile_or_nameless(who)
    stage = Stage.FULL if step is NextStep.DONE else Stage.FACTOR_NEEDED
    lasting = lifetime if stage is Stage.FULL else _half(lifetime)
    cookie = start_session(
        who.person.id,
        Inside(
            who.bundle,
            body.name,
            lacks_code=body.code_kept_at is None,
            has_way_out=body.has_way_out,
        ),
        lifetime=lasting,
        stage=stage,
        device=caller.device,
        now=now,
    )
    if step is NextStep.DONE:
        hooks.signed_in(viewer_for(who, now, name=body.name))
    return SignedIn(who.person.id, cookie, KEPT_FOR if lifetime.is_kept else None, step)


def _profile_or_nameless(who: Opened) -> ProfileBody:
    """A person's profile; a damaged one never keeps anybody out of the rest of their words."""
    try:
        return profile_body(who.box)
    except NotVisible:
        return ProfileBody(name="")


def replace(
    viewer: Viewer, caller: Caller, *, step: NextStep, ends_others: bool = False
) -> SignedIn:
    """Put a new session in the place of the viewer's present one, or of all that they have."""
    who = opened(viewer.person_id, viewer.box.bundle_for_rewrap())
    is_kept = _is_kept(viewer)
    if ends_others:
        end_sessions(viewer.person_id)
        hooks.signed_out_everywhere(viewer.person_id, viewer.now)
    sign_out(viewer)
    return begin(who, caller, viewer.now, is_kept=is_kept, step=step)


def sign_out(viewer: Viewer) -> None:
    """End the viewer's session on this device."""
    if viewer.session_id is not None:
        end_session(viewer.person_id, viewer.session_id)


def devices_of(viewer: Viewer) -> list[DeviceCard]:
    """Where the viewer is signed in, newest first."""
    return [
        DeviceCard(
            row.id,
            row.device,
            row.made_at,
            row.seen_at,
            row.is_kept,
            is_this=row.id == viewer.session_id,
        )
        for row in sessions_of(viewer.person_id, viewer.now)
    ]


def end_device(viewer: Viewer, session_id: UUID) -> None:
    """Sign the viewer out on one of their devices; NotVisible when it is not theirs."""
    if session_id not in {row.id for row in sessions_of(viewer.person_id, viewer.now)}:
        raise NotVisible
    end_session(viewer.person_id, session_id)


def end_other_devices(viewer: Viewer) -> None:
    """Sign the viewer out everywhere but here."""
    end_sessions(viewer.person_id, but=viewer.session_id)
    hooks.signed_out_everywhere(viewer.person_id, viewer.now)


def _is_kept(viewer: Viewer) -> bool:
    kept = select(Session.is_kept).where(Session.id == viewer.session_id)
    return bool(db.session.scalar(kept))


def viewer_for(who: Opened, now: datetime, *, name: str = "") -> Viewer:
    """The viewer that a person is, before they have a session."""
    person = who.person
    return Viewer(
        person_id=person.id,
        role=person.role,
        name=name,
        zone=ZoneInfo(person.zone),
        language=person.language,
        now=now,
        box=who.box,
    )
