"""Rules of check-ins: pure, without a clock of their own."""

from portal.check_ins.rules.asking import weary_of as weary_of
from portal.check_ins.rules.showing import axis_of as axis_of
from portal.check_ins.rules.showing import in_words as in_words
from portal.check_ins.rules.showing import markers_of as markers_of
from portal.check_ins.rules.showing import said_of as said_of
from portal.check_ins.rules.showing import values_of as values_of
