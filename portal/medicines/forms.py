"""The forms of medicines. Nothing but the name is needed."""

from datetime import time
from typing import Any

from wtforms import TimeField
from wtforms.validators import Optional

from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _
from portal.medicines.shapes import MedicineWords

NAME_MAX = 200
LINE_MAX = 300
WORDS_MAX = 4000


class MedicineForm(PortalForm):
    """What the owner says of a medicine."""

    name = Line(_("What is it called?"), [needed(), at_most(NAME_MAX)])
    how = Line(_("How do you take it?"), [at_most(LINE_MAX)])
    what_for = Line(_("What is it for?"), [at_most(LINE_MAX)])
    since = Line(_("Since when?"), [at_most(LINE_MAX)])
    notices = Words(_("What do you notice?"), [at_most(WORDS_MAX)])
    questions = Words(_("What do you want to ask?"), [at_most(WORDS_MAX)])

    def to_body(self) -> MedicineWords:
        """The words."""
        return MedicineWords(
            name=self.name.data or "",
            how=self.how.data or "",
            what_for=self.what_for.data or "",
            since=self.since.data or "",
            notices=self.notices.data or "",
            questions=self.questions.data or "",
        )


class StopForm(PortalForm):
    """Until when a medicine was taken."""

    until = Line(_("Until when did you take it?"), [at_most(LINE_MAX)])

    def to_body(self) -> str:
        """The words."""
        return self.until.data or ""


class TimesForm(PortalForm):
    """Up to four times of day; empty ones are none."""

    time_0 = TimeField(_("First time"), validators=[Optional()])
    time_1 = TimeField(_("Second time"), validators=[Optional()])
    time_2 = TimeField(_("Third time"), validators=[Optional()])
    time_3 = TimeField(_("Fourth time"), validators=[Optional()])

    def __init__(self, clocks: tuple[time, ...] = ()) -> None:
        super().__init__(data={f"time_{at}": clock for at, clock in enumerate(clocks)})

    @property
    def times(self) -> list[Any]:
        """The fields, in order."""
        return [self.time_0, self.time_1, self.time_2, self.time_3]

    def to_body(self) -> tuple[time, ...]:
        """The times, each once, earliest first."""
        return tuple(sorted({field.data for field in self.times if field.data is not None}))
