"""What stands in the database: a picture of every row, to compare before with after."""

from sqlalchemy import MetaData, inspect

from portal.core.db import Base, db
from portal.core.work import unit_of_work
from tests.access.scene import Scene

Picture = dict[str, list[str]]
NOTED_WHILE_READING = frozenset({"openings", "sessions.seen_at"})
"""What even a page that only shows may note: who opened what, and that a session is in use."""


def picture(scene: Scene) -> Picture:
    """Every table with its rows, apart from what reading notes."""
    with unit_of_work(scene.app):
        metadata = MetaData()
        metadata.reflect(db.engine)
        assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())
        found = {}
        for name, table in metadata.tables.items():
            if name in NOTED_WHILE_READING:
                continue
            columns = {f"{name}.{each.name}" for each in table.columns} - NOTED_WHILE_READING
            rows = db.session.connection().exec_driver_sql(
                f"SELECT {', '.join(sorted(columns))} FROM {name}"
            )
            found[name] = sorted(map(repr, rows))
        return found


def differences(before: Picture, after: Picture) -> list[str]:
    """The tables that changed."""
    return sorted(name for name in before | after if before.get(name) != after.get(name))
