"""The usual answers that every dyad starts from, and what others have found.

Both are fixed texts; nothing is counted about the people of this portal. Source of the usual
answers: the agreement's row of the product page (two weekday mornings, two working days, short, the
worker starts). What others found is told of the pairs that Strand et al. (2017) spoke with, under
"Common ground", "Sense of presence and availability" and "Out of alignment"; the days within which
other services answer stand in the same row of the product page (decision 100).
"""

from portal.agreements.shapes import Answers, Names, Question
from portal.core.clock import Window
from portal.core.languages import _
from portal.hours.shapes import STANDARD_READING

_FRIDAY = 4


def usual_answers(names: Names, reading: tuple[Window, ...] = ()) -> Answers:
    """The ready-made answers, in the viewer's language, with both names in them.

    ``reading``: when the worker usually reads, empty while they have not said. The hello comes on
    one of these days: on Friday, else on the last of the week.
    """
    windows = reading or STANDARD_READING
    owner, worker = names.owner, names.worker
    both = {"owner": owner, "worker": worker}
    return Answers(
        windows=windows,
        hello_weekday=_hello_day(windows),
        purpose=str(_("Keeping in touch between meetings, and working on goals.")),
        other_readers=str(_("Nobody else reads what we write.")),
        record=str(
            _("Only what has to be there, in short. %(worker)s tells %(owner)s first.", **both)
        ),
        how_often=str(_("Write whenever you like. It waits here until I read.")),
        kept_for_talking=str(_("Medicines, and whatever is heavy or easy to misread.")),
        absence=str(
            _(
                "%(worker)s puts days away in the portal. Nobody else reads in that time.",
                worker=worker,
            )
        ),
        nights=str(
            _(
                "Nobody reads outside the reading times: not at night, not on other days. "
                "What is not opened yet is not watched."
            )
        ),
        worrying=_worrying(owner, worker),
        not_working=str(
            _("Either of us says so, in a message or at a meeting. No reason is needed.")
        ),
    )


def what_others_found(question: Question) -> str:
    """What others have found or settled on for a question: one fixed sentence or two."""
    return str(_OTHERS[question])


def _hello_day(windows: tuple[Window, ...]) -> int:
    days = {window.weekday for window in windows}
    return _FRIDAY if _FRIDAY in days else max(days)


def _worrying(owner: str, worker: str) -> str:
    steps = (
        _("Until it is opened: %(owner)s uses the numbers under Help now.", owner=owner),
        _("Once opened: %(worker)s phones %(owner)s the same day.", owner=owner, worker=worker),
        _("No answer on the phone: %(worker)s follows the service's routine.", worker=worker),
    )
    return "\n".join(str(step) for step in steps)


_OTHERS = {
    Question.PURPOSE: _(
        "In a Norwegian study, people used it to prepare meetings and work on goals."
    ),
    Question.READING: _(
        "In a Norwegian study, one worker answered when she came to work at eight."
    ),
    Question.ANSWERING: _("Other services promise one working day, three, or up to five."),
    Question.DEPTH: _(
        "In a Norwegian study, workers found full answers hard to write. Talking was easier."
    ),
    Question.STARTING: _(
        "In a Norwegian study, some wished that their worker wrote first. Others began themselves."
    ),
    Question.TALKING: _(
        "In a Norwegian study, a worker would rather talk where nothing is right or wrong."
    ),
    Question.WORRY: _(
        "In a Norwegian study, people agreed beforehand not to use it for emergencies."
    ),
    Question.LOOKING: _(
        "In a Norwegian study, a worker found that every new use needs a new talk."
    ),
}
