"""A mapping file comes back as it was written, and says everything that is wrong in it."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.earlier_mapping_file import read_mapping, write_mapping
from survey.errors import FileRefused, problem
from survey.model.foreign_survey import LEFT_OUT, OWN, MappedQuestion
from survey.model.items import NO_ANSWER

MAPPING = (
    MappedQuestion(
        theirs="G01Q01",
        ours="overall",
        answers=(("A1", "very_good"), ("A2", "good"), ("A6", NO_ANSWER), ("N/A", LEFT_OUT)),
        is_worded_alike=True,
        has_same_scale=True,
    ),
    MappedQuestion(
        theirs='Was "wünschen" Sie sich?',
        ours="topics@1.2",
        answers=(("gut = fein", OWN), ("#schlecht", OWN)),
        is_of_everybody=False,
        answered=40,
        population=55,
    ),
)

lines = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60
).map(lambda text: " ".join(text.split()) or "x")
meanings = st.one_of(
    st.sampled_from((NO_ANSWER, LEFT_OUT, OWN)),
    st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True).filter(
        lambda word: word not in {"keine_angabe", "nicht_gefragt", "eigene"}
    ),
)


def test_a_mapping_comes_back_as_it_was_written() -> None:
    text = write_mapping(MAPPING)

    assert read_mapping(text.encode(), "zuordnung.toml") == MAPPING


@given(
    st.lists(
        st.tuples(
            lines, lines, st.lists(st.tuples(lines, meanings), min_size=1, unique_by=lambda a: a[0])
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda each: each[0],
    )
)
def test_any_mapping_comes_back_as_it_was_written(
    written: list[tuple[str, str, list[tuple[str, str]]]],
) -> None:
    mapping = tuple(
        MappedQuestion(theirs, ours, tuple(answers)) for theirs, ours, answers in written
    )

    assert read_mapping(write_mapping(mapping).encode(), "zuordnung.toml") == mapping


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "„[[questions]]“", id="empty"),
        pytest.param("[[questions]]\nours = 'x'\n", "„theirs“ fehlt", id="no question"),
        pytest.param(
            "[[questions]]\ntheirs = 'a'\nours = 'x'\n", "„answers“ fehlt", id="no answers"
        ),
        pytest.param(
            "[[questions]]\ntheirs = 'a'\nours = 'x'\nanswered = -2\n[questions.answers]\nb = 'c'",
            "ganze Zahl",
            id="negative",
        ),
        pytest.param(
            "[[questions]]\ntheirs = 'a'\nours = 'x'\n[questions.answers]\nb = 3",
            "Text in Anführungszeichen",
            id="number as meaning",
        ),
        pytest.param(
            2 * "[[questions]]\ntheirs = 'a'\nours = 'x'\n[questions.answers]\nb = 'c'\n",
            "steht zweimal",
            id="doubled",
        ),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_mapping(text.encode(), "zuordnung.toml")

    said = [p.key % p.values() for p in refused.value.problems]
    assert any(why.strip("„“") in each for each in said), said


@given(st.binary(max_size=300))
def test_whatever_is_sent_as_a_mapping_is_refused_or_read(data: bytes) -> None:
    with suppress(FileRefused):
        read_mapping(data, "x.toml")


def test_remarks_beside_codes_do_not_break_the_file() -> None:
    parsed = tomllib.loads(write_mapping(MAPPING))

    assert len(parsed["questions"]) == 2


def test_the_mapping_in_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[2] / "docs" / "earlier-editions.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]

    (mapped,) = read_mapping(example.encode(), "zuordnung.toml")

    assert mapped.answers[-2:] == (("N/A", LEFT_OUT), ("A7", OWN))


@pytest.mark.parametrize("around", ["{key} = 1", "[{key}]", "x = {{ {key} = 1 }}"])
@pytest.mark.parametrize("part", ["a", '"b c"', "'d'"])
def test_a_key_of_thousands_of_parts_is_refused_before_anybody_waits_for_it(
    around: str, part: str
) -> None:
    key = ".".join([part] * (200_000 // (len(part) + 1)))

    with pytest.raises(FileRefused) as refused:
        read_mapping(f"# tief\n{around.format(key=key)}\n".encode(), "m.toml")

    assert refused.value.problems == (problem("Dieser Eintrag hat zu viele Punkte.", line=2),)
