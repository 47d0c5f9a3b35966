"""The owner's pages: all domains, one domain over time, and an earlier day beside now."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.languages import _
from portal.life_domains.service.reading import life_of, one_domain
from portal.life_domains.shapes import (
    DomainCard,
    DomainPage,
    IndexPage,
    OwnDomain,
    ThenNow,
    ThenPage,
)
from portal.life_domains.words import rating_words
from portal.meetings.shapes import KeptFrom
from portal.toolbox.charts import Chart, Value, draw_chart, seven_axis, span_over
from portal.toolbox.service import people_around, with_copies, with_kept
from portal.vault.models import Part
from portal.vault.viewer import Viewer

PAGE = 10
CHARTED = 400
DAYS = 8


def index_page(viewer: Viewer) -> IndexPage:
    """The viewer's domains, each with what was written last."""
    around = people_around(viewer, Part.LIFE_DOMAINS)
    people = with_copies(viewer, around, KeptFrom.LIFE_DOMAIN)
    life = life_of(viewer, viewer.person_id)
    cards = [DomainCard(each, life.newest(each.id)) for each in life.shown]
    return IndexPage(
        life=tuple(card for card in cards if not card.domain.is_help),
        help=tuple(card for card in cards if card.domain.is_help),
        people=people,
    )


def domain_page(viewer: Viewer, domain_id: UUID, before: UUID | None = None) -> DomainPage:
    """One of the viewer's domains; the first page has the chart of all its ratings."""
    people = people_around(viewer, Part.LIFE_DOMAINS)
    life = one_domain(viewer, domain_id, PAGE + 1 if before else CHARTED, before)
    domain, rows = life.domain(domain_id), life.rows(domain_id)
    entries = list(islice(life.all_entries(domain_id), PAGE))
    newest = None if before else life.newest(domain_id)
    rated = [] if before else life.rated(domain_id)
    return DomainPage(
        domain=domain,
        newest=newest,
        earlier=tuple(each for each in entries if not each.body.is_away and each != newest),
        away=tuple(each for each in entries if each.body.is_away),
        older=rows[PAGE - 1].id if len(rows) > PAGE else None,
        chart=chart_of(viewer, domain, rated) if len(rated) > 1 else None,
        people=with_kept(viewer, people, newest.id) if newest else people,
    )


def chart_of(viewer: Viewer, domain: OwnDomain, rated: Iterable[tuple[datetime, int]]) -> Chart:
    """Where the owner put a domain over time: dots, with gaps left as gaps."""
    values = [_value(at.astimezone(viewer.zone), rating) for at, rating in rated]
    return draw_chart(
        str(_("%(domain)s over time")) % {"domain": str(domain.name)},
        values,
        axis=seven_axis(str(_("very hard now")), str(_("good as it is"))),
        span=span_over(min(each.on for each in values), local_day(viewer.now, viewer.zone)),
        local=Local(viewer.zone, viewer.language, viewer.now),
    )


def then_page(viewer: Viewer, on: date | None) -> ThenPage:
    """The viewer's domains as they stood on a day, beside now.

    Without a day it is the last but one on which something was written.
    """
    life = life_of(viewer, viewer.person_id)
    rows = [row for each in life.shown for row in life.rows(each.id)]
    days = sorted({local_day(row.made_at, viewer.zone) for row in rows}, reverse=True)
    on = on or (days[1] if len(days) > 1 else local_day(viewer.now, viewer.zone))
    pairs = [
        ThenNow(each, life.newest(each.id, until=on), life.newest(each.id)) for each in life.shown
    ]
    return ThenPage(on, tuple(pair for pair in pairs if pair.now), tuple(days[:DAYS]))


def _value(at: datetime, rating: int) -> Value:
    return Value(at.date(), rating, rating_words(rating), at.time())
