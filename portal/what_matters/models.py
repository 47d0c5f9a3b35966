"""The table of what matters: one row a line. Which kind of line it is, is sealed too."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from portal.toolbox.models import WithFormers
from portal.vault.models import Part


class MatterRow(WithFormers):
    """One line. ``version`` refuses the later of two pages that change it at one time."""

    __tablename__ = "matters"
    __part__: ClassVar[Part] = Part.WHAT_MATTERS

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
