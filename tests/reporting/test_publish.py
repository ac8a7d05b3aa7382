from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey import coding
from survey.counting import count_edition
from survey.errors import NotAllowed
from survey.language.wording import Wording
from survey.reporting.publish import publish, require_nobody_found
from survey.reporting.published import next_version, published_summary
from survey.reporting.quotes import LEFT_OUT, release_quote, texts_to_read, withdraw_quote
from survey.storage import publications, texts
from survey.storage.publications import Publication
from tests.counting.ballots import be_silent, close, people_answer

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock


@pytest.fixture
def counted(inst: Installation, open_congress: EditionRecord, clock: StoppedClock) -> EditionRecord:
    people_answer(inst, open_congress, 24)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    return open_congress


def published(inst: Installation, record: EditionRecord) -> list[tuple[int, tuple[str, ...]]]:
    found = publications.of_edition(inst.database.read(), record.id)
    return [(one.version, one.groups) for one in found]


@pytest.mark.proves("U36")
def test_before_the_count_nothing_is_published(
    inst: Installation, open_congress: EditionRecord
) -> None:
    with pytest.raises(NotAllowed):
        publish(inst, "kk2020")

    assert published(inst, open_congress) == []


def test_a_version_is_put_on_record_once(inst: Installation, counted: EditionRecord) -> None:
    publish(inst, "kk2020")
    publish(inst, "kk2020")

    ((version, groups),) = published(inst, counted)
    assert version == 1
    assert "everybody" in groups
    assert "session=ws01" in groups


def test_released_quotes_make_the_second_version(
    inst: Installation, counted: EditionRecord
) -> None:
    publish(inst, "kk2020")
    release_quote(inst, "kk2020", texts_to_read(inst, "kk2020")[0].id)

    summary = publish(inst, "kk2020")

    assert summary.version == 2
    assert [version for version, _ in published(inst, counted)] == [1, 2]


def test_a_group_that_the_first_version_kept_back_stays_back(
    inst: Installation, counted: EditionRecord, clock: StoppedClock
) -> None:
    first = Publication(1, ("everybody",), clock())
    inst.database.write(lambda connection: publications.insert(connection, counted.id, first))

    with pytest.raises(NotAllowed) as refused:
        publish(inst, "kk2020")

    assert "session=ws01" in str(refused.value)
    assert published(inst, counted) == [(1, ("everybody",))]


@pytest.mark.usefixtures("counted")
def test_a_summary_that_gives_people_away_is_not_handed_out(inst: Installation) -> None:
    summary = publish(inst, "kk2020")

    require_nobody_found(summary)
    with pytest.raises(NotAllowed):
        require_nobody_found(replace(summary, disclosure_threshold=summary.answered + 1))


def test_themes_stay_as_they_were_counted_when_unreleased_texts_are_gone(
    inst: Installation, counted: EditionRecord
) -> None:
    ids = [text.id for text in texts_to_read(inst, "kk2020") if text.item == "change"]
    coding.add_theme(inst, counted, name=Wording("Mehr Zeit"), description="")
    coding.add_theme_to_texts(inst, counted, "mehr-zeit", text_ids=ids[:7])
    release_quote(inst, "kk2020", ids[0], wording=f"{LEFT_OUT} singt")
    release_quote(inst, "kk2020", ids[1], wording=f"{LEFT_OUT} singt")
    before = publish(inst, "kk2020")
    every_text = len(texts_to_read(inst, "kk2020"))

    inst.database.write(lambda connection: texts.delete_unreleased(connection, counted.id))
    after = published_summary(inst, "kk2020")
    withdraw_quote(inst, "kk2020", ids[0])
    again = publish(inst, "kk2020")

    assert len(texts_to_read(inst, "kk2020")) == 2
    assert every_text > 7
    told = [([t.texts for t in s.themes], s.themes_among) for s in (before, after, again)]
    assert told == [([7], every_text)] * 3
    assert (after.version, again.version) == (before.version, before.version + 1)
    assert not next_version(inst, "kk2020").has_new_themes
