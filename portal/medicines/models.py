"""The table of medicines: one row a medicine, and one for each former wording."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from portal.toolbox.models import WithFormers
from portal.vault.models import Part


class MedicineRow(WithFormers):
    """One medicine. ``version`` refuses the later of two pages that change it at one time."""

    __tablename__ = "medicines"
    __part__: ClassVar[Part] = Part.MEDICINES

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
