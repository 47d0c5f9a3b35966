"""The form of an exercise: one box for each of its questions, none of them needed."""

from collections.abc import Sequence

from portal.core.forms import PortalForm, Words, at_most

LONGEST = 4000


class AnswersForm(PortalForm):
    """Answers to the questions of an exercise; made by ``answers_form``."""

    def to_body(self) -> list[str]:
        """The answers in the order of the questions; empty where nothing was written."""
        return [field.data or "" for field in self.boxes]

    @property
    def boxes(self) -> list[Words]:
        """The boxes, one a question."""
        return [field for field in self if isinstance(field, Words)]


def answers_form(questions: Sequence[str], *, texts: Sequence[str] = ()) -> AnswersForm:
    """A form with these questions, showing what was written before."""
    boxes = {
        f"answer_{number}": Words(question, [at_most(LONGEST)])
        for number, question in enumerate(questions)
    }
    kind: type[AnswersForm] = type("AnswersForm", (AnswersForm,), boxes)
    return kind(data={f"answer_{number}": text for number, text in enumerate(texts)})
