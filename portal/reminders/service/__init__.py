"""What is done about reminders: by other slices, by the sweep, and by the person who is asked."""

from portal.reminders.service.asking import keep, questions_for, stop
from portal.reminders.service.moving import move_reminders
from portal.reminders.service.reminding import answered, forget, remind, remind_daily
from portal.reminders.service.sweeping import sweep_due

__all__ = [
    "answered",
    "forget",
    "keep",
    "move_reminders",
    "questions_for",
    "remind",
    "remind_daily",
    "stop",
    "sweep_due",
]
