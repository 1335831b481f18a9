"""Days of publication are found by few facts, and none beside those of a range."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.services.search import date_facts

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2019, 1, 1), date(2021, 1, 1))


@given(DAYS, DAYS, DAYS)
def test_a_day_has_a_fact_of_a_range_if_it_is_in_it(since: date, until: date, day: date) -> None:
    facts = date_facts.of_range(since, until)
    for each in (since, until, day):
        assert bool(set(facts) & set(date_facts.of_day(each))) == (since <= each <= until)
    assert len(facts) == len(set(facts)) <= 180


def test_an_open_range_and_one_of_some_months_are_few_facts() -> None:
    for since, until, most in (
        (date(1600, 1, 1), date(2024, 2, 29), 12),
        (date(2024, 2, 3), date(2199, 12, 31), 36),
        (date(2019, 12, 4), date(2020, 3, 29), 22),
    ):
        assert len(date_facts.of_range(since, until)) <= most
