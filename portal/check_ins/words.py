"""What the kinds of questions are called, and the words that everybody starts with."""

from portal.check_ins.shapes.bodies import Kind
from portal.core.languages import _

KINDS = {
    Kind.WORDS: _("Five words of my own"),
    Kind.SEVEN: _("A number from 1 to 7"),
    Kind.HOURS: _("Hours"),
    Kind.YES_NO: _("Yes or no"),
    Kind.TEXT: _("In words"),
}
EXAMPLES = {
    Kind.WORDS: _("My mood: very hard, hard, in between, all right, good"),
    Kind.SEVEN: _("My energy: 1 is very little, 7 is plenty"),
    Kind.HOURS: _("How long I slept"),
    Kind.YES_NO: _("Was I outdoors?"),
    Kind.TEXT: _("What took my strength today"),
}
FIVE = (_("very hard"), _("hard"), _("in between"), _("all right"), _("good"))
LOW, HIGH = _("very hard now"), _("good as it is")
