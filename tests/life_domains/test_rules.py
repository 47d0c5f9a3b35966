"""Which domains there are, in what order, which are off, which are marked."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from portal.life_domains import rules
from portal.life_domains.shapes import ArrangementBody, EntryBody, MoreHelp, OwnDomain
from portal.life_domains.words import facts_of, rating_words

OWNER = UUID(int=7)
KEYS = [*rules.GIVEN, uuid4().hex, uuid4().hex]
NAMED = {KEYS[-2]: "The dog", KEYS[-1]: "Faith", "body": "My back"}

some_keys = st.lists(st.sampled_from(KEYS), unique=True).map(tuple)
arrangements = st.builds(
    ArrangementBody,
    order=some_keys,
    off=some_keys,
    marked=st.lists(st.sampled_from(KEYS), unique=True, max_size=3).map(tuple),
)


def of(arrangement: ArrangementBody) -> list[OwnDomain]:
    return rules.arranged(OWNER, NAMED, arrangement)


def shown(arrangement: ArrangementBody) -> list[str]:
    return [each.key for each in of(arrangement) if not each.is_off]


@given(arrangements)
def test_every_domain_is_there_once_and_help_comes_last(arrangement: ArrangementBody) -> None:
    domains = of(arrangement)
    assert sorted(each.key for each in domains) == sorted(KEYS)
    assert [each.is_help for each in domains] == sorted(each.is_help for each in domains)
    assert len({each.id for each in domains}) == len(KEYS)


@given(arrangements, st.sampled_from(KEYS), st.booleans())
def test_a_move_changes_places_with_one_neighbour_and_comes_back(
    arrangement: ArrangementBody, key: str, up: bool
) -> None:
    before = shown(arrangement)
    there = rules.moved(arrangement, of(arrangement), key, up=up)
    after = shown(there)
    assert sorted(before) == sorted(after)
    differs = [at for at, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1]
    if key in before:
        assert len(differs) in (0, 2)
        if differs:
            assert differs[1] - differs[0] == 1
            assert shown(rules.moved(there, of(there), key, up=not up)) == before


@given(arrangements, st.sampled_from(KEYS))
def test_what_is_hidden_and_shown_again_stands_where_it_stood(
    arrangement: ArrangementBody, key: str
) -> None:
    on = rules.turned(arrangement, key, off=False)
    hidden = rules.turned(on, key, off=True)
    assert key not in shown(hidden)
    assert not any(each.is_marked for each in of(hidden) if each.key == key)
    assert shown(rules.turned(hidden, key, off=False)) == shown(on)


@given(arrangements, st.lists(st.sampled_from(KEYS), max_size=8))
def test_never_more_than_three_are_marked(arrangement: ArrangementBody, keys: list[str]) -> None:
    for key in keys:
        found = rules.with_mark(arrangement, of(arrangement), key, on=True)
        marked = [each.key for each in of(found or arrangement) if each.is_marked]
        assert len(marked) <= rules.AT_MOST_MARKED
        assert found is not None or len(marked) == rules.AT_MOST_MARKED
        arrangement = found or arrangement


def test_sensitive_domains_are_off_until_they_are_wanted() -> None:
    assert {"alcohol-and-drugs", "meaning"}.isdisjoint(shown(rules.AS_GIVEN))


def test_a_name_of_ones_own_stands_before_the_given_one() -> None:
    names = {each.key: str(each.name) for each in of(rules.AS_GIVEN)}
    assert names["body"] == "My back"
    assert names["mind"] == "Mind"
    assert names[KEYS[-1]] == "Faith"


def test_answers_that_were_left_are_not_mentioned() -> None:
    assert facts_of(EntryBody(status="fine")) == ()
    body = EntryBody(helps="the sea", rating=3, more_help=MoreHelp.NOT_NOW)
    assert [str(text) for _term, text in facts_of(body)] == [
        "the sea",
        "3, where 1 is very hard now and 7 good as it is",
        "Not now",
    ]
    assert str(rating_words(4)) == "4, in between"
