"""Before the first message, the first page says the worker's title once."""

from tests.fixtures.agreed import agree_on
from tests.fixtures.pages import opened
from tests.fixtures.people import People


def test_the_workers_title_stands_once_before_the_first_message(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    assert anna.title
    agree_on(ingrid, anna, people.dyad(ingrid, anna))
    for path in ("/", "/messages"):
        page = opened(ingrid.client.get(path))
        assert page.count(anna.title) == 1, path
        assert "Nothing written yet." in page


def test_the_first_page_says_that_both_are_here_and_what_comes_next(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    people.dyad(ingrid, anna)
    page = opened(ingrid.client.get("/"))
    assert "You and Anna are both here. Next, agree how you two use it." in page
