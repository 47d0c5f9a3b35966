"""What the composed pages get to see."""

from dataclasses import dataclass
from datetime import date

from portal.agreements.shapes import AgreementTurn, Essentials
from portal.dyads.invitations.shapes import Letters
from portal.dyads.shapes import DyadCard, Goodbye, Room
from portal.goals.shapes.pages import GoalsReview, Today
from portal.meetings.shapes import ComingMeeting, MeetingPage
from portal.messaging.shapes import ThreadCard
from portal.record.shapes import RecordTurn


@dataclass(frozen=True, slots=True)
class PairCard:
    """One living pair with everything that the first pages say of it."""

    dyad: DyadCard
    thread: ThreadCard
    agreement: AgreementTurn
    coming: ComingMeeting
    hello_on: date | None
    record: RecordTurn

    @property
    def has_something(self) -> bool:
        """Whether something here is the viewer's turn."""
        waits = self.thread.is_waiting or self.thread.knock_since or self.hello_on
        meeting = self.coming.meeting
        asked = self.agreement.is_mine or (meeting and meeting.asks_me)
        return bool(waits or asked or self.record.is_unopened)


@dataclass(frozen=True, slots=True)
class OwnerHome:
    """The owner's first page. ``goodbyes``: pairs that the worker ended, until the owner saw it."""

    pairs: list[PairCard]
    goodbyes: list[DyadCard]
    today: Today
    letters: Letters
    is_new: bool

    @property
    def to_write(self) -> list[DyadCard]:
        """The pairs that write here."""
        return [
            each.dyad for each in self.pairs if each.agreement.has_agreement and each.dyad.may_write
        ]

    @property
    def to_meet(self) -> list[DyadCard]:
        """The pairs for whose next meeting something can be kept."""
        return [each.dyad for each in self.pairs if each.dyad.may_write]


@dataclass(frozen=True, slots=True)
class YourTurn:
    """The worker's list: what waits for them, the nearest answer-by moment first."""

    turns: list[PairCard]
    others: list[PairCard]
    letters: Letters


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people that a worker uses the portal with."""

    pairs: list[PairCard]
    letters: Letters
    goodbyes: list[Goodbye]
    room: Room


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person as their worker sees them: what waits, the meeting, what the two agreed.

    ``shared``: the names of the parts that the owner shares, oldest sharing first.
    """

    pair: PairCard
    essentials: Essentials | None
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeforeMeeting:
    """What a worker looks at before a meeting, on one page.

    ``shows_what_matters``: the owner shares what matters to them; its own page says it.
    """

    pair: PairCard
    meeting: MeetingPage
    shows_what_matters: bool
    goals: GoalsReview | None
    essentials: Essentials | None
