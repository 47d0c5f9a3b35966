"""Charts: dated values become a drawing, and a table that says the same in words.

A dot stands for each value, and nothing else is worked out of them: no means, no targets, no
limits, no colour that judges. Neighbouring days are joined by a thin line; a gap stays a gap.
"""

from portal.toolbox.charts.axes import hours_axis as hours_axis
from portal.toolbox.charts.axes import seven_axis as seven_axis
from portal.toolbox.charts.axes import sparse_seven_axis as sparse_seven_axis
from portal.toolbox.charts.axes import words_axis as words_axis
from portal.toolbox.charts.chart import draw_chart as draw_chart
from portal.toolbox.charts.shapes import Axis as Axis
from portal.toolbox.charts.shapes import Chart as Chart
from portal.toolbox.charts.shapes import Marker as Marker
from portal.toolbox.charts.shapes import Scale as Scale
from portal.toolbox.charts.shapes import Span as Span
from portal.toolbox.charts.shapes import Value as Value
from portal.toolbox.charts.spans import span_over as span_over
from portal.toolbox.charts.spans import span_until as span_until
