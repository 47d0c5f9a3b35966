"""The table of feeds: at most one a person."""

from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class CalendarFeed(SealedRow):
    """That a person's calendar may ask for their meetings.

    ``look_up`` is a hash of the address's token; the token itself is sealed, to be shown to its
    person again. A new address takes the place of the old one; an end takes the row away.
    """

    __tablename__ = "calendar_feeds"
    __part__: ClassVar[Part] = Part.PROFILE
    __table_args__ = (UniqueConstraint("owner_id"),)

    look_up: Mapped[bytes] = mapped_column(unique=True)
