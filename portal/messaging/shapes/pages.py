"""What the pages show: a thread, its lines, and the cards of the list."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from portal.agreements.shapes import Answers, Terms
from portal.dyads.shapes import DyadCard
from portal.hours.shapes import Phrase
from portal.messaging.shapes.messages import Kind, MessageBody, Outcome, State, Trouble

_WITH_WORKER = frozenset({State.HELD, State.WITH_THEM, State.OPENED})


class Line(NamedTuple):
    """One message as the thread page shows it. Instants are UTC; the template shows local time.

    ``minutes`` is about how long it takes to read when it is long, else 0. ``starts_day`` marks
    the first line of a day in the viewer's zone. ``may_react`` offers the owner's one tap, for what
    the worker wrote since the owner's last words. ``promised_at``: when a promise was made that
    stands while an answer is on its way. The template takes a line apart in this order.
    """

    number: int
    is_mine: bool
    kind: Kind
    state: State
    sent_at: datetime
    undo_until: datetime
    opened_at: datetime | None
    due_at: datetime | None
    outcome_at: datetime | None
    promised_at: datetime | None
    body: MessageBody
    minutes: int
    starts_day: bool
    may_react: bool


@dataclass(frozen=True, slots=True)
class ReadingTimes:
    """When the worker reads and by when an answer comes: what stands before the text box.

    ``next_at`` is the next agreed reading; None when none is in sight. ``answer_at`` is by
    when a message sent now is answered; None when the two agreed to answer at a meeting.
    ``away_until`` is the last day of an absence that covers now or begins before the answer is due,
    ``back_at`` when that day is over where the worker lives; ``away_note`` what they say about it.
    """

    is_reading: bool
    next_at: datetime | None
    answer_at: datetime | None
    away_from: date | None
    away_until: date | None
    back_at: datetime | None
    away_note: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Something that came and is not open yet. No words are in it."""

    since: datetime
    due_at: datetime | None
    is_knock: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a worker has opened and not yet answered: one answer closes it (Friction 14).

    ``first`` is the number of its oldest message, where the page begins for whoever answers.
    ``has_promise``: a call was promised for some of it; ``is_promised``: for all. ``is_dated``: the
    worker has named the day; ``is_free_day``: by their hours they do not work on it.
    ``reading_days`` are their next two, as days to name.
    """

    first: int
    opened_at: datetime
    due_at: datetime | None
    is_long: bool
    has_promise: bool
    is_promised: bool
    has_question: bool
    has_knock: bool
    is_dated: bool
    is_free_day: bool
    reading_days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of a thread, oldest line first, and all that stands around it.

    ``older`` and ``newer`` are the numbers to ask for with ``before`` (0: the newest page; None:
    there is none). ``envelope`` is what came and is not open yet; ``bundle`` what a worker has
    opened and not answered. ``sent`` is the viewer's newest message while nobody has opened it.
    ``has_news``: an answer of one press that the owner has not yet put aside. ``phrases``: a
    worker's own, where something waits for their answer.
    """

    dyad: DyadCard
    terms: Terms | None
    agreed: Answers | None
    reading: ReadingTimes | None
    lines: tuple[Line, ...]
    older: int | None
    newer: int | None
    trouble: Trouble | None
    envelope: Envelope | None
    bundle: Bundle | None
    sent: Line | None
    has_words: bool
    has_news: bool
    is_knocking: bool
    knock_is_seen: bool
    is_night: bool
    phrases: tuple[Phrase, ...] = ()

    @property
    def is_done_for_now(self) -> bool:
        """Whether a worker has answered everything here, and may go on to the next."""
        waits = self.envelope or self.bundle
        return self.has_words and self.may_write and not self.dyad.is_owner and not waits

    @property
    def newest_number(self) -> int:
        """The number of the last line that is shown, 0 when there is none."""
        return self.lines[-1].number if self.lines else 0

    @property
    def next_to_go(self) -> int:
        """The number of the worker's message that may be sent now, 0 when none may."""
        held = (line.number for line in self.lines if line.state is State.HELD)
        return min(held, default=0)

    @property
    def late_number(self) -> int:
        """The newest of the viewer's messages whose answer is late, 0 when none is (Friction 7)."""
        late = (line.number for line in self.lines if line.is_mine and line.state is State.LATE)
        return max(late, default=0)

    @property
    def after_away(self) -> datetime | None:
        """By when an owner hears whose words wait past their worker's days away; else None."""
        back_at = self.reading.back_at if self.reading and self.dyad.is_owner else None
        if back_at is None:
            return None
        waits = (line for line in self.lines if line.is_mine and line.state in _WITH_WORKER)
        due = (line.due_at for line in waits if line.due_at and line.due_at >= back_at)
        return min(due, default=None)

    @property
    def may_write(self) -> bool:
        """Messaging opens with the first agreement and closes when the dyad ends."""
        return self.dyad.may_write and self.terms is not None


class News(NamedTuple):
    """What is new for an owner: words, or what their worker said with one press.

    ``said`` is ``ANSWERED`` for words, None where it is not known; ``due_at`` belongs to
    ``ANSWERS_BY``.
    """

    at: datetime
    said: Outcome | None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """One thread in a list: who waits for whom, since when, until when. Nothing private.

    ``news`` is the owner's: the newest that they have not seen. The others are the worker's:
    ``waits_since`` the oldest message without an answer, ``unopened_since`` the oldest unopened
    one, ``knock_since`` a knock that waits for a first word, ``phone_since`` a call announced.
    """

    dyad_id: UUID
    partner_id: UUID
    partner_name: str
    partner_title: str
    is_owner: bool
    is_live: bool
    last_number: int
    news: News | None
    waits_since: datetime | None
    unopened_since: datetime | None
    due_at: datetime | None
    is_late: bool
    knock_since: datetime | None
    phone_since: datetime | None
    worker_wrote_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        """Whether something waits for the worker."""
        return self.waits_since is not None or self.phone_since is not None


@dataclass(frozen=True, slots=True)
class HelloPage:
    """What a worker needs for the agreed hello: to whom, when it is due, and their own phrases."""

    dyad: DyadCard
    terms: Terms
    due_on: date | None
    is_due: bool
    phrases: tuple[Phrase, ...]
