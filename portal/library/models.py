"""Tables of reflections and of the owner's calming exercise. All that they say is sealed."""

from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.toolbox.models import WithFormers
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class ReflectionRow(WithFormers):
    """What an owner wrote in an exercise. ``version`` refuses the later of two changes at once."""

    __tablename__ = "reflections"
    __part__: ClassVar[Part] = Part.REFLECTIONS

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class ChoiceRow(SealedRow):
    """Which calming exercise an owner has chosen; one row for each owner, always only theirs."""

    __tablename__ = "library_choices"
    __part__: ClassVar[Part] = Part.REFLECTIONS
    __table_args__ = (UniqueConstraint("owner_id"),)
