"""An edition comes back from its text exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.language.wording import Wording
from survey.model import items
from survey.model.event import Breakdown, Edition, EditionFormat, EditionKind, NextEdition, Pair
from survey.model.items import Choice
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.questionnaire import Questionnaire, Section
from survey.storage.edition_text import edition_from_text, edition_to_text
from tests.events import congress, network_call

codes = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
wordings = st.builds(Wording, texts, texts, texts)
moments = st.datetimes(
    min_value=datetime(2015, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]),
)
choices = st.lists(st.builds(Choice, codes, wordings, st.booleans()), max_size=5).map(tuple)
asked = {
    "code": codes,
    "wording": wordings,
    "hint": wordings,
    "is_required": st.booleans(),
    "wording_version": st.integers(1, 9),
    "scale_version": st.integers(1, 9),
}
questions = st.one_of(
    st.builds(items.RatingScale, choices=choices, positive_label=wordings, **asked),
    st.builds(items.Recommendation, low=wordings, high=wordings, **asked),
    st.builds(items.SingleChoice, choices=choices, **asked),
    st.builds(items.MultipleChoice, choices=choices, other_label=st.none() | wordings, **asked),
    st.builds(items.YesNo, **asked),
    st.builds(items.TopThree, choices=choices, **asked),
    st.builds(items.ShortText, limit=st.integers(1, 500), **asked),
    st.builds(items.LongText, limit=st.integers(1, 5000), **asked),
)
sections = st.builds(
    Section,
    codes,
    wordings,
    st.lists(questions, max_size=4).map(tuple),
    wordings,
    st.lists(st.sampled_from(SessionKind), max_size=3).map(tuple),
)
sessions = st.builds(
    Session,
    codes,
    wordings,
    st.sampled_from(SessionKind),
    round=st.none() | codes,
    speakers=st.lists(texts, max_size=3).map(tuple),
    recording=st.none() | texts,
    is_rated=st.booleans(),
    is_cancelled=st.booleans(),
)
programmes = st.builds(
    Programme,
    st.lists(sessions, max_size=4).map(tuple),
    st.lists(st.builds(Round, codes, wordings), max_size=3).map(tuple),
    st.integers(1, 4),
)
editions = st.builds(
    Edition,
    name=codes,
    series=codes,
    title=texts,
    kind=st.sampled_from(EditionKind),
    format=st.sampled_from(EditionFormat),
    starts=st.dates(),
    ends=st.dates(),
    organisation=texts,
    sender=texts,
    contact=texts,
    deadline=moments,
    questionnaire=st.builds(
        Questionnaire, st.lists(sections, max_size=3).map(tuple), st.integers(1, 3)
    ),
    programme=programmes,
    breakdown=st.none() | st.builds(Breakdown, codes),
    pairs=st.lists(st.builds(Pair, codes, codes), max_size=2).map(tuple),
    retention_days=st.integers(1, 90),
    next_edition=st.none() | st.builds(NextEdition, texts, moments, moments, texts),
    is_made_up=st.booleans(),
)


@given(editions)
def test_any_edition_comes_back_from_its_text(edition: Edition) -> None:
    text = edition_to_text(edition)

    assert edition_from_text(text) == edition
    assert edition_to_text(edition_from_text(text)) == text


@pytest.mark.parametrize("edition", [congress(), network_call()], ids=lambda e: e.name)
def test_the_casts_editions_come_back(edition: Edition) -> None:
    assert edition_from_text(edition_to_text(edition)) == edition


def test_fields_at_their_default_are_left_out() -> None:
    text = edition_to_text(replace(congress(), retention_days=14))

    assert "retention_days" not in json.loads(text)
    assert "retention_days" in json.loads(edition_to_text(replace(congress(), retention_days=7)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{}", id="no type"),
        pytest.param('{"@": "KeyRing"}', id="a type of another trade"),
        pytest.param('{"@": "Wording", "de": "Hallo"}', id="not an edition"),
        pytest.param("[]", id="a list"),
        pytest.param("Hallo", id="not JSON"),
    ],
)
def test_text_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        edition_from_text(text)


def test_a_value_the_model_does_not_know_is_not_written() -> None:
    strange = replace(congress(), starts={date(2020, 9, 11)})  # type: ignore[arg-type]  # on purpose

    with pytest.raises(TypeError):
        edition_to_text(strange)
