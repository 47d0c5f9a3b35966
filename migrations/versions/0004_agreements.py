"""The use agreement: rounds, both people's answers, what was settled, what was accepted.

Words are sealed; the terms that drive the clocks stand in plain columns.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

import portal.core.db

revision = "0004_agreements"
down_revision = "0003_messaging"
branch_labels = None
depends_on = None

QUESTIONS = (
    "purpose",
    "reading",
    "answering",
    "depth",
    "starting",
    "talking",
    "worry",
    "looking",
)
REASONS = ("agreed_day", "trial_ends", "late_answers", "new_sharing", "long_silence")


def upgrade() -> None:
    _add_rounds()
    op.create_table(
        "agreement_answers",
        *_ids("dyad_id", "round_id"),
        sa.Column("is_handed_in", sa.Boolean(), nullable=False),
        *_sealed_columns(),
        *_constraints("agreement_answers"),
        sa.UniqueConstraint(
            "round_id", "author_id", name=op.f("uq_agreement_answers_round_id_author_id")
        ),
    )
    _add_indexes("agreement_answers", "data_key_id", "dyad_id", "owner_id")
    op.create_table(
        "agreement_points",
        *_ids("dyad_id", "round_id"),
        sa.Column("question", _choice("question", *QUESTIONS), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_sealed_columns(),
        *_constraints("agreement_points"),
        sa.UniqueConstraint(
            "round_id", "question", name=op.f("uq_agreement_points_round_id_question")
        ),
    )
    _add_indexes("agreement_points", "data_key_id", "dyad_id", "owner_id")
    _add_agreements()


def downgrade() -> None:
    for name in ("agreements", "agreement_points", "agreement_answers", "agreement_rounds"):
        op.drop_table(name)


def _add_rounds() -> None:
    states = _choice("roundstate", "answering", "looking", "accepted", "set_aside")
    op.create_table(
        "agreement_rounds",
        *_ids("id", "dyad_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("is_light", sa.Boolean(), nullable=False),
        *_ids("started_by"),
        _instant("started_at"),
        _instant("moved_at"),
        _instant("owner_done_at", nullable=True),
        _instant("worker_done_at", nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _instant("owner_accepted_at", nullable=True),
        _instant("worker_accepted_at", nullable=True),
        _instant("closed_at", nullable=True),
        _reference("agreement_rounds", "dyad_id", "dyads.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_rounds")),
        sa.UniqueConstraint("dyad_id", "number", name=op.f("uq_agreement_rounds_dyad_id_number")),
    )
    _add_only_one("agreement_rounds", "uq_agreement_rounds_open", "closed_at IS NULL")


def _add_agreements() -> None:
    op.create_table(
        "agreements",
        *_ids("dyad_id", "round_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _instant("accepted_at"),
        _instant("ended_at", nullable=True),
        sa.Column("is_light", sa.Boolean(), nullable=False),
        sa.Column("windows", sa.String(length=400), nullable=False),
        sa.Column(
            "answer_within", _choice("answerwithin", "1", "2", "3", "5", "meeting"), nullable=False
        ),
        sa.Column("depth", _choice("depth", "acknowledge", "short", "worked"), nullable=False),
        sa.Column("who_starts", _choice("starter", "owner", "worker", "either"), nullable=False),
        sa.Column("hello_every_weeks", sa.Integer(), nullable=True),
        sa.Column("hello_weekday", sa.Integer(), nullable=True),
        sa.Column("try_until", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("review_why", _choice("why", *REASONS), nullable=True),
        _instant("review_asked_at", nullable=True),
        sa.Column("owner_reply", _choice("reviewreply", "keep", "talk"), nullable=True),
        sa.Column("worker_reply", _choice("reviewreply", "keep", "talk"), nullable=True),
        *_sealed_columns(),
        *_constraints("agreements"),
        sa.UniqueConstraint("dyad_id", "version", name=op.f("uq_agreements_dyad_id_version")),
    )
    _add_indexes("agreements", "data_key_id", "owner_id")
    with op.batch_alter_table("agreements") as table:
        table.create_index("ix_agreements_review_on", ["review_on"])
    _add_only_one("agreements", "uq_agreements_standing", "ended_at IS NULL")


def _ids(*names: str) -> Sequence[sa.Column[Any]]:
    return [sa.Column(name, portal.core.db.RowId(), nullable=False) for name in names]


def _instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, portal.core.db.Instant(timezone=True), nullable=nullable)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _sealed_columns() -> Sequence[sa.Column[Any]]:
    return (
        *_ids("id", "author_id"),
        _instant("made_at"),
        _instant("changed_at"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        *_ids("owner_id", "data_key_id"),
    )


def _constraints(table: str) -> Sequence[sa.Constraint]:
    return (
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f(f"fk_{table}_data_key_id")
        ),
        _reference(table, "dyad_id", "dyads.id"),
        _reference(table, "owner_id", "persons.id"),
        _reference(table, "round_id", "agreement_rounds.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, target: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def _add_indexes(name: str, *columns: str) -> None:
    with op.batch_alter_table(name) as table:
        for column in columns:
            table.create_index(op.f(f"ix_{name}_{column}"), [column])


def _add_only_one(name: str, index: str, condition: str) -> None:
    where = sa.text(condition)
    with op.batch_alter_table(name) as table:
        table.create_index(
            index, ["dyad_id"], unique=True, sqlite_where=where, postgresql_where=where
        )
