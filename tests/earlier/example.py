"""An edition that was asked with another tool, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from survey.model.earlier import EarlierEdition, EarlierQuestion
from survey.model.event import EditionFormat
from survey.model.items import ANSWERED, NO_ANSWER, RatingScale
from survey.model.workplace import MAIN_ORGANISATION
from survey.storage import earlier_editions
from tests.events import congress

if TYPE_CHECKING:
    from survey.installation import Installation

EARLIER_ID = "00000000000e2017"


def overall() -> RatingScale:
    """The congress's rating of everything."""
    item = congress().questionnaire.item("overall")
    assert isinstance(item, RatingScale)
    return item


def earlier_congress() -> EarlierEdition:
    """The congress of 2017: 60 of 150 answered, one question of 58."""
    codes = [choice.code for choice in overall().choices]
    counts = dict(zip(codes, (14, 24, 12, 6, 2), strict=True)) | {ANSWERED: 58, NO_ANSWER: 2}
    return EarlierEdition(
        id=EARLIER_ID,
        series=congress().series,
        title="Kommunalkongress 2017",
        format=EditionFormat.ON_SITE,
        starts=date(2017, 9, 15),
        source="Auszählung aus LimeSurvey",
        invited=150,
        answered=60,
        questions=(
            EarlierQuestion(
                overall(),
                "Wie fanden Sie es insgesamt?",
                is_worded_alike=True,
                has_same_scale=True,
                is_of_everybody=True,
                counts=tuple(sorted(counts.items())),
                population=150,
            ),
        ),
    )


def with_overall(edition: EarlierEdition, *counts: int) -> EarlierEdition:
    """The same with other counts of that question, the best answer first."""
    codes = [choice.code for choice in overall().choices]
    found = dict(zip(codes, counts, strict=True)) | {ANSWERED: sum(counts)}
    question = replace(edition.questions[0], counts=tuple(sorted(found.items())))
    return replace(edition, questions=(question,))


def store_earlier(
    inst: Installation, edition: EarlierEdition, *, organisation: str = MAIN_ORGANISATION
) -> EarlierEdition:
    """The edition is there."""
    inst.database.write(
        lambda connection: earlier_editions.insert(
            connection, edition, organisation=organisation, imported=inst.clock()
        )
    )
    return edition
