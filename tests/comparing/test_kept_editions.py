"""An edition from memory says what one says that is made anew, whatever has changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.comparing import kept_comparisons, kept_editions
from survey.comparing.asked import counted_here
from survey.comparing.comparison import compare
from survey.comparing.kept_editions import MOST_KEPT, counted_edition
from survey.comparing.topics import add_topic, delete_topic, rename_topic, sort_sessions
from survey.errors import NotAllowed
from survey.language.wording import Wording
from survey.model.theme import Theme
from survey.model.ways_in import PERSONAL_ONLY
from survey.model.workplace import MAIN_ORGANISATION
from survey.reporting.publish import publish
from survey.reporting.published import published_summary, sources_of
from survey.reporting.quotes import release_text, withdraw_quote
from survey.storage import editions, texts, themes, ways_in
from tests.comparing.counted_series import chosen, congress_of, store_counted
from tests.comparing.test_comparison import OVERALL, general, hold, the_series
from tests.events import congress
from tests.people import stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.model.comparison import ComparedEdition
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

THEME = "breaks"
KEPT = kept_editions._KEPT


@pytest.fixture
def record(inst: Installation) -> EditionRecord:
    """The congress of 2019, counted, with a rated workshop and texts, of which one version quotes one."""
    inst.database.write(
        lambda connection: themes.insert(
            connection,
            MAIN_ORGANISATION,
            congress().series,
            Theme(THEME, Wording("Mehr Pausen")),
        )
    )
    edition = congress_of(2019)
    found = store_counted(
        inst,
        edition,
        invited=420,
        answered=205,
        general=general(edition, *OVERALL[2019]),
        sessions={"ws01": {"rating": chosen(edition, "rating", 30, 20, 5, 3, 2)}},
        silent_texts=20,
    )
    release_text(inst, "kk2019", _first_text(inst, found), released="Text")
    publish(inst, "kk2019")
    return found


def _first_text(inst: Installation, record: EditionRecord) -> str:
    return texts.of_edition(inst.database.read(), record.id)[0].id


def _anew(inst: Installation) -> ComparedEdition:
    edition = stored_record(inst, "kk2019").edition
    return counted_here(published_summary(inst, "kk2019"), edition, topics={})


def _now(inst: Installation) -> ComparedEdition:
    return counted_edition(inst, stored_record(inst, "kk2019"))


def _run(inst: Installation, record: EditionRecord, statement: str) -> None:
    inst.database.write(lambda connection: connection.execute(statement, {"edition": record.id}))


def _swap_two_numbers(inst: Installation, record: EditionRecord) -> None:
    """A correction that changes no sum of anything."""
    _run(
        inst,
        record,
        """
        UPDATE tally SET n = CASE value WHEN 'very_good' THEN 60 ELSE 40 END
        WHERE edition = :edition AND item = 'overall' AND value IN ('very_good', 'good')
        """,
    )


def _publish_a_theme(inst: Installation, record: EditionRecord) -> None:
    def work(connection: Connection) -> None:
        for text in texts.of_edition(connection, record.id)[:12]:
            themes.code_text(connection, record.id, text.id, themes=frozenset({THEME}))

    inst.database.write(work)
    publish(inst, "kk2019")


def _change_who_was_in_a_session(inst: Installation, record: EditionRecord) -> None:
    _run(
        inst,
        record,
        "UPDATE session_total SET absent = 20 WHERE edition = :edition AND session = 'ws01'",
    )


def _answer_by_an_open_link(inst: Installation, record: EditionRecord) -> None:
    inst.database.write(lambda connection: ways_in.count_box(connection, record.id))


def _rename(inst: Installation, record: EditionRecord) -> None:
    changed = replace(record.edition, title="Ein anderer Kongress")
    inst.database.write(
        lambda connection: editions.update_definition(connection, record.id, changed)
    )


def _release_one_more(inst: Installation, record: EditionRecord) -> None:
    text = texts.of_edition(inst.database.read(), record.id)[1]
    release_text(inst, "kk2019", text.id, released=text.text)
    publish(inst, "kk2019")


def _withdraw(inst: Installation, record: EditionRecord) -> None:
    withdraw_quote(inst, "kk2019", _first_text(inst, record))


def _delete_the_quote(inst: Installation, record: EditionRecord) -> None:
    _withdraw(inst, record)
    inst.database.write(lambda connection: texts.delete_unreleased(connection, record.id))


def _note_attendance(inst: Installation, record: EditionRecord) -> None:
    inst.database.write(
        lambda connection: ways_in.keep(connection, record.id, replace(PERSONAL_ONLY, attended=300))
    )


SEEN = (
    _swap_two_numbers,
    _publish_a_theme,
    _change_who_was_in_a_session,
    _answer_by_an_open_link,
    _rename,
)
"""What a comparison shows at once."""
UNSEEN = (_release_one_more, _withdraw, _delete_the_quote, _note_attendance)
"""What the summary shows, and no comparison."""


def test_an_edition_that_nobody_touched_comes_from_memory(
    inst: Installation, record: EditionRecord
) -> None:
    first = counted_edition(inst, record)

    assert _now(inst) is first
    assert first == _anew(inst)


@pytest.mark.parametrize("change", SEEN)
def test_what_changes_an_edition_is_seen_at_once(
    inst: Installation,
    record: EditionRecord,
    change: Callable[[Installation, EditionRecord], None],
) -> None:
    before = counted_edition(inst, record)

    change(inst, record)

    assert _anew(inst) != before
    assert _now(inst) == _anew(inst)


@pytest.mark.parametrize("change", [*SEEN, *UNSEEN])
def test_whatever_a_summary_is_made_from_is_looked_at(
    inst: Installation,
    record: EditionRecord,
    change: Callable[[Installation, EditionRecord], None],
) -> None:
    before = sources_of(inst, record)
    summary = published_summary(inst, "kk2019")

    change(inst, record)

    assert published_summary(inst, "kk2019") != summary
    assert sources_of(inst, stored_record(inst, "kk2019")) != before
    assert _now(inst) == _anew(inst)


def test_an_edition_kept_under_what_is_true_now_would_show_the_old(
    inst: Installation, record: EditionRecord
) -> None:
    before = counted_edition(inst, record)
    _swap_two_numbers(inst, record)
    KEPT[record.id] = (sources_of(inst, record), before)

    assert _now(inst) == before != _anew(inst)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM published_group WHERE edition = :edition",
        "UPDATE published_group SET counts = '1' WHERE edition = :edition",
        "UPDATE tally SET n = n + 1 WHERE edition = :edition AND item = 'overall'",
    ],
)
def test_an_edition_that_may_not_be_shown_any_more_is_not_shown_from_memory(
    inst: Installation, record: EditionRecord, statement: str
) -> None:
    counted_edition(inst, record)

    _run(inst, record, statement)

    with pytest.raises(NotAllowed):
        _now(inst)
    with pytest.raises(NotAllowed):
        _now(inst)


def test_another_installation_with_the_same_ids_gets_its_own(
    inst: Installation, record: EditionRecord
) -> None:
    first = counted_edition(inst, record)
    sources, _ = KEPT[record.id]
    KEPT[record.id] = (sources._replace(tallies=b"of another one"), replace(first, answered=1))

    assert _now(inst) == first


def test_the_oldest_one_goes_when_there_are_many(inst: Installation, record: EditionRecord) -> None:
    counted_edition(inst, record)
    kept = KEPT[record.id]
    for number in range(MOST_KEPT):
        KEPT[f"another {number}"] = kept
    KEPT.move_to_end(record.id)
    del KEPT[record.id]

    again = _now(inst)

    assert len(KEPT) == MOST_KEPT
    assert _now(inst) is again
    assert "another 0" not in KEPT
    KEPT.clear()


def test_topics_are_those_of_now(inst: Installation, record: EditionRecord) -> None:
    hold(inst, 2020)
    series = the_series(inst)
    topic = add_topic(inst, series, Wording("Dörfer"))

    def topics_seen() -> set[str]:
        (older, _) = compare(inst, the_series(inst)).editions
        return {session.topic for session in older.sessions}

    assert topics_seen() == {""}
    sort_sessions(inst, series, {(record.name, "ws01"): topic.code})
    assert topics_seen() == {"", topic.code}
    delete_topic(inst, series, topic.code)
    assert topics_seen() == {""}


@pytest.mark.parametrize("change", SEEN)
def test_a_comparison_from_memory_says_what_is_true_now(
    inst: Installation,
    record: EditionRecord,
    change: Callable[[Installation, EditionRecord], None],
) -> None:
    hold(inst, 2020)
    before = compare(inst, the_series(inst))
    assert compare(inst, the_series(inst)) is before

    change(inst, record)
    after = compare(inst, the_series(inst))
    kept_comparisons._KEPT.clear()
    KEPT.clear()

    assert after != before
    assert after == compare(inst, the_series(inst))


def test_a_comparison_with_another_base_is_another_one(
    inst: Installation, record: EditionRecord
) -> None:
    hold(inst, 2018)
    hold(inst, 2020)
    of_the_one_before = compare(inst, the_series(inst))

    found = compare(inst, the_series(inst), base="kk2018")

    assert (of_the_one_before.base, found.base) == (record.name, "kk2018")


def test_a_renamed_topic_is_called_so_in_the_next_comparison(
    inst: Installation, record: EditionRecord
) -> None:
    hold(inst, 2020)
    series = the_series(inst)
    topic = add_topic(inst, series, Wording("Dörfer"))
    sort_sessions(inst, series, {(record.name, "ws01"): topic.code})
    before = compare(inst, series)

    rename_topic(inst, series, topic.code, name=Wording("Land"))

    assert [one.name.de for one in before.topics] == ["Dörfer"]
    assert [one.name.de for one in compare(inst, series).topics] == ["Land"]
