"""Runs the migrations on the database of the settings, or on a connection that is handed over."""

from importlib import import_module
from pathlib import Path

from alembic import context
from sqlalchemy import Connection, create_engine

from config import load_settings
from portal.core.db import Base, prepare_engine


def run() -> None:
    """Migrate over the given connection, else over a new one to the database of the settings."""
    import_tables()
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    url = context.config.attributes.get("database_url") or load_settings().database_url
    engine = create_engine(url)
    prepare_engine(engine)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            migrate_file(connection)
        else:
            migrate(connection)
    engine.dispose()


def migrate_file(connection: Connection) -> None:
    """Migrate SQLite, which changes a table by copying it: wholly or not at all, and nothing lost.

    Dropping the old copy would take every row along that points to it, so foreign keys rest
    meanwhile, and are checked before it counts.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    migrate(connection)
    if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        connection.rollback()
        tables = sorted({row[0] for row in dangling})
        raise RuntimeError(f"rows would point to nothing in {', '.join(tables)}")
    connection.commit()
    connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction; SQLite's tables are copied where they change."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        user_module_prefix="portal.core.db.",
    )
    with context.begin_transaction():
        context.run_migrations()


def import_tables() -> None:
    """Import every module of tables, so that Alembic can compare."""
    root = Path(__file__).parent.parent
    portal = root / "portal"
    for path in sorted([*portal.glob("*/models*"), *portal.glob("*/*/models.py")]):
        relative = path.relative_to(root).with_suffix("")
        import_module(".".join(relative.parts))


run()
