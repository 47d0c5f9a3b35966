"""The usual answers that every dyad starts from, and what others have settled on.

Both are the portal's own fixed texts, not counts of real people. Source: the agreement's row of
the product page (two weekday mornings, two working days, short, the worker starts).
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


def others_settled_on(question: Question) -> str:
    """What others have settled on for a question: one fixed sentence or two."""
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
    Question.PURPOSE: _("short news between meetings, and one goal at a time."),
    Question.READING: _("two weekday mornings, or a look on Friday as well."),
    Question.ANSWERING: _("two working days, or always at the next meeting."),
    Question.DEPTH: _("a short answer in writing, the rest by voice."),
    Question.STARTING: _("a hello every second Friday, for four weeks."),
    Question.TALKING: _("medicines, and whatever is easy to misread."),
    Question.WORRY: _("write down the steps, so that both know."),
    Question.LOOKING: _("after four weeks, and sooner if either asks."),
}
