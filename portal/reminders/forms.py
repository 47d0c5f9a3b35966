"""The form of the notices page: which kinds, at which hours, how many a day."""

from datetime import time
from typing import Any, cast

from wtforms import RadioField, SelectMultipleField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.forms import PortalForm
from portal.core.languages import _
from portal.notifications.shapes import HIGHEST_DAILY_CAP, NoticeChoices, NoticeKind
from portal.notifications.words import KIND_WORDS

_A_TIME = InputRequired(_("Please pick a time."))


class NoticesForm(PortalForm):
    """What a person wants to be told of. Given the kinds that their role can turn on and off."""

    kinds = SelectMultipleField(
        _("Tell me when"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    quiet_from = TimeField(_("No e-mails from"), validators=[_A_TIME])
    quiet_until = TimeField(_("No e-mails until"), validators=[_A_TIME])
    daily_cap = RadioField(
        _("At most so many a day"),
        choices=[
            SelectChoice(str(number), str(number)) for number in range(1, HIGHEST_DAILY_CAP + 1)
        ],
        validators=[InputRequired(_("Please pick one."))],
    )

    def __init__(self, offered: tuple[NoticeKind, ...], choices: NoticeChoices) -> None:
        super().__init__(data=_as_data(offered, choices))
        self.kinds.choices = [SelectChoice(kind.value, KIND_WORDS[kind]) for kind in offered]
        self.offered = offered
        self.before = choices

    def to_body(self) -> NoticeChoices:
        """The choices. Kinds that the page did not offer stay as they were."""
        wanted = set(self.kinds.data or ())
        off = {kind for kind in self.offered if kind.value not in wanted}
        return NoticeChoices(
            quiet_from=cast("time", self.quiet_from.data),
            quiet_until=cast("time", self.quiet_until.data),
            daily_cap=int(self.daily_cap.data),
            kinds_off=(self.before.kinds_off - set(self.offered)) | off,
        )


def _as_data(offered: tuple[NoticeKind, ...], choices: NoticeChoices) -> dict[str, Any]:
    return {
        "kinds": [kind.value for kind in offered if choices.wants(kind)],
        "quiet_from": choices.quiet_from,
        "quiet_until": choices.quiet_until,
        "daily_cap": str(choices.daily_cap),
    }
