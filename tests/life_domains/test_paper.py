"""All domains on paper, each with its last twelve weeks beside its words."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import msgspec
from pypdf import PdfReader

from portal.core.sheet import Grid, Picture, Section, Sheet
from portal.life_domains import rules, service
from portal.life_domains.shapes import MoreHelp
from tests.life_domains.conftest import Pair

DAY = timedelta(days=1)
TEN = [each.key for each in (*rules.DEFAULT_DOMAINS, *rules.HELP_DOMAINS[:1])]
WORDS = "Regningene er betalt på øya. Det er lite igjen til bussen, men det går."


def sheet_of(pair: Pair) -> Sheet:
    """What Ingrid would print of all her domains."""
    with pair.ingrid.viewing() as viewer:
        return service.domains_sheet(viewer, None)


def tables_in(section: Section) -> list[Grid]:
    """The tables of a section: one for each picture."""
    found = [block for block in section.blocks if isinstance(block, Grid)]
    assert len(found) == sum(isinstance(each, Picture) for each in section.blocks)
    assert all(each.caption == "Over twelve weeks" and each.is_across for each in found)
    return found


def rated_in(grid: Grid) -> list[str]:
    """Where a domain was put, day by day."""
    return [cells[1] for cells in grid.rows]


def pages_of(pair: Pair) -> list[str]:
    """The pages of the PDF as text."""
    answer = pair.ingrid.client.get("/toolbox/life-domains/pdf")
    assert answer.status_code == 200
    return [" ".join(p.extract_text().split()) for p in PdfReader(BytesIO(answer.data)).pages]


def test_paper_has_the_last_twelve_weeks_as_a_picture_and_as_a_table(pair: Pair) -> None:
    today = datetime.now(UTC).replace(hour=11)
    pair.write("Long ago", at=today - 200 * DAY, rating=1)
    for days, rating in ((40, 2), (21, 3), (1, 6)):
        pair.write("The bills", at=today - days * DAY, rating=rating)
    pair.write("Stille", "home", at=today - DAY, rating=5)
    pair.write("Before", "friends", at=today - 150 * DAY, rating=2)
    pair.write("Now", "friends", at=today - DAY, rating=4)
    sheet = sheet_of(pair)
    home, money, friends = sheet.sections
    (twin,) = tables_in(money)
    assert rated_in(twin) == ["2", "3", "6"]
    assert tables_in(home) == tables_in(friends) == []
    assert "twelve weeks" in sheet.lead
    page = pair.ingrid.client.get("/toolbox/life-domains/print").text
    assert page.count("<svg") == 1
    written = [cells[0] for cells in twin.rows]
    assert page.count('class="table-across"') == 1
    assert all(f'<td role="cell">{day}</td>' in page for day in written)
    read = " ".join(pages_of(pair))
    assert f"Day {' '.join(written)} 1 to 7 2 3 6" in read


def test_one_entry_and_a_sheet_without_two_places_have_no_picture(pair: Pair) -> None:
    today = datetime.now(UTC)
    pair.write("The bills", at=today - 9 * DAY, rating=2)
    assert "twelve weeks" not in sheet_of(pair).lead
    entry_id = pair.write("The bills", at=today - DAY, rating=3)
    with pair.ingrid.viewing() as viewer:
        sheet = service.domains_sheet(viewer, entry_id)
    assert b"picture" not in msgspec.json.encode(sheet)
    assert sheet.lead == ""


def test_what_is_put_away_is_in_no_chart(pair: Pair) -> None:
    today = datetime.now(UTC)
    ids = [pair.write("The bills", at=today - n * DAY, rating=n) for n in (6, 4, 2)]
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, ids[1], is_away=True)
    (twin,) = tables_in(sheet_of(pair).sections[0])
    assert rated_in(twin) == ["6", "2"]


def test_ten_domains_stand_on_two_pages(pair: Pair) -> None:
    today = datetime.now(UTC).replace(hour=11)
    for at, key in enumerate(TEN):
        for week in range(7, -1, -1):
            pair.write(
                WORDS,
                key,
                at=today - (10 * week + 1) * DAY,
                helps="Søsteren min åpner brevene sammen med meg.",
                hinders="Slutten av måneden.",
                rating=1 + (at + 2 * week) % 7,
                more_help=MoreHelp.YES,
            )
    pages = pages_of(pair)
    assert len(pages) == 2
    assert "".join(pages).count("Over twelve weeks") == len(TEN)
