"""The tables of check-ins. The day is plain, so that a page can fetch the days it shows."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class CheckInSetup(SealedRow):
    """What an owner follows and how they want to be asked: one row an owner, with a fixed id."""

    __tablename__ = "check_in_setups"
    __part__: ClassVar[Part] = Part.CHECK_INS

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class CheckIn(SealedRow):
    """One check-in. It is always sealed for its owner alone."""

    __tablename__ = "check_ins"
    __part__: ClassVar[Part] = Part.CHECK_INS

    on_day: Mapped[date] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
