"""The table of the night list. All that a line says is sealed, what became of it too."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class NightRow(SealedRow):
    """One line. ``version`` refuses the later of two pages that change it at one time."""

    __tablename__ = "night_lines"
    __part__: ClassVar[Part] = Part.NIGHT

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
