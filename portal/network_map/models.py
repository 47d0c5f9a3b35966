"""Tables of the network map: its nodes, how they were before, and dated snapshots.

All that is said in them is sealed. Former rows and snapshots are always the owner's alone.
"""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class NodeRow(SealedRow):
    """Somebody or something on the map. ``version`` refuses the later of two changes at a time."""

    __tablename__ = "network_nodes"
    __part__: ClassVar[Part] = Part.NETWORK_MAP

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class FormerRow(SealedRow):
    """How a node was before a change. Deleting the node deletes it."""

    __tablename__ = "network_formers"
    __part__: ClassVar[Part] = Part.NETWORK_MAP

    node_id: Mapped[UUID] = mapped_column(
        ForeignKey("network_nodes.id", ondelete="CASCADE"), index=True
    )


class SnapshotRow(SealedRow):
    """The whole map as it was on the day the row was made."""

    __tablename__ = "network_snapshots"
    __part__: ClassVar[Part] = Part.NETWORK_MAP
