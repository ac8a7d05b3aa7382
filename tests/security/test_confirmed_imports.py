"""An import that somebody has said yes to happens whole or not at all, also where the disk fails in its middle."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings

from survey.comparing.series import find_series
from survey.earlier.mappings import kept_mappings
from tests.events import congress
from tests.people import store_edition
from tests.security.mutations import IS_LONG, Change, changes, damaged
from tests.web.workplace import test_earlier
from tests.web.workplace.test_matrix import contents
from tests.web.workplace.test_participant_lists import GOOD, LIST, press, upload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient, Page
    from tests.workplace import Workplace

STEPS = ("Liste einlesen", "Weiter")
PEOPLE = 12
SEED = "\n".join(
    [
        "E-Mail;Name;Workshop 1",
        *(f"gast{n}@example.org;Gast Nummer{n};Digitale Stadt" for n in range(PEOPLE)),
    ]
).encode()
IN_THE_MIDDLE = "INSERT INTO nowhere VALUES (1);"
AT_COMMIT = "INSERT INTO dangling VALUES ('nowhere');"


@contextmanager
def failing(inst: Installation, when: str, how: str) -> Iterator[None]:
    """Whatever does that meets a statement that fails, or one that COMMIT itself refuses."""

    def run(*statements: str) -> None:
        inst.database.write(lambda c: [c.execute(one) for one in statements])

    run(
        "CREATE TABLE dangling (edition TEXT REFERENCES edition (id) DEFERRABLE INITIALLY DEFERRED)",
        f"CREATE TRIGGER failing {when} BEGIN {how} END",
    )
    yield
    run("DROP TRIGGER failing", "DROP TABLE dangling")


def tried(
    client: AccessibleClient, address: str, button: str, fault: AbstractContextManager[None]
) -> Page:
    """The reply to that button while something is broken."""
    with fault:
        return press(client, address, button)


@pytest.mark.proves("S15")
@pytest.mark.parametrize(
    ("when", "how"),
    [
        pytest.param(
            "BEFORE INSERT ON participant WHEN new.name = 'Max Mai'", IN_THE_MIDDLE, id="second"
        ),
        pytest.param("AFTER INSERT ON deed", IN_THE_MIDDLE, id="record"),
        pytest.param("AFTER DELETE ON held_list", IN_THE_MIDDLE, id="end"),
        pytest.param("AFTER INSERT ON participant", AT_COMMIT, id="commit"),
        pytest.param("AFTER DELETE ON held_list", AT_COMMIT, id="commit-at-the-end"),
    ],
)
def test_a_list_whose_import_fails_is_still_held_and_comes_in_later(
    workplace: Workplace, inst: Installation, when: str, how: str
) -> None:
    store_edition(inst, congress())
    upload(workplace.olga, GOOD)
    press(workplace.olga, f"{LIST}/spalten", "Weiter")
    before = contents(inst)

    failed = tried(workplace.olga, f"{LIST}/pruefen", "Liste einlesen", failing(inst, when, how))
    after = contents(inst)
    again = press(workplace.olga, f"{LIST}/pruefen", "Liste einlesen")

    assert failed.status == 503
    assert "Es wurde nichts geändert." in failed.text()
    assert after == before
    assert again.status == 303
    assert len(contents(inst)["participant"]) == 2
    assert contents(inst)["held_list"] == []


@pytest.mark.proves("S15")
@pytest.mark.parametrize(
    ("when", "how"),
    [
        pytest.param("AFTER INSERT ON earlier_edition", IN_THE_MIDDLE, id="middle"),
        pytest.param("AFTER DELETE ON held_earlier", IN_THE_MIDDLE, id="end"),
        pytest.param("AFTER DELETE ON held_earlier", AT_COMMIT, id="commit"),
    ],
)
def test_an_earlier_edition_whose_import_fails_is_still_held_and_comes_in_later(
    workplace: Workplace, inst: Installation, when: str, how: str
) -> None:
    address = _earlier_to_be_confirmed(workplace, inst)
    before = contents(inst)

    failed = tried(workplace.paul, address, "Frühere Ausgabe einlesen", failing(inst, when, how))
    after = contents(inst)
    again = press(workplace.paul, address, "Frühere Ausgabe einlesen")

    assert failed.status == 503
    assert "Es wurde nichts geändert." in failed.text()
    assert after == before
    assert again.status == 303
    assert len(contents(inst)["earlier_edition"]) == 1
    assert contents(inst)["held_earlier"] == []


def test_a_mapping_that_cannot_be_kept_is_told_beside_the_edition_that_came_in(
    workplace: Workplace, inst: Installation
) -> None:
    address = _earlier_to_be_confirmed(workplace, inst)

    with failing(inst, "AFTER INSERT ON earlier_mapping", AT_COMMIT):
        done = press(
            workplace.paul, address, "Frühere Ausgabe einlesen", {"mapping_name": "Archiv"}
        )

    assert done.status == 303
    assert (
        "Die Zuordnung ließ sich gerade nicht aufbewahren."
        in workplace.paul.get(done.location).text()
    )
    assert len(contents(inst)["earlier_edition"]) == 1
    assert kept_mappings(inst, "main") == ()


def _earlier_to_be_confirmed(workplace: Workplace, inst: Installation) -> str:
    store_edition(inst, congress())
    series = find_series(inst, "main", congress().series)
    new = test_earlier.begin(workplace.paul, f"/arbeit/reihen/{series.address}/frueher")
    press(workplace.paul, f"{new}/fragen", "Weiter zur Prüfung")
    return f"{new}/pruefen"


def confirmed(client: AccessibleClient) -> int:
    """How many people the service says have come in, pressed on through all steps as far as they lead."""
    address = f"{LIST}/spalten"
    for _ in range(4):
        page = client.get(address)
        buttons = {"".join(one.itertext()) for one in page.markup.all("button")}
        step = next((one for one in STEPS if one in buttons), None)
        if step is None:
            return 0
        reply = press(client, address, step)
        assert reply.status in {200, 303, 422}
        if reply.status != 303:
            return 0
        if step == STEPS[0]:
            return 1
        address = reply.location
    return 0


def added(inst: Installation) -> int:
    """How many people all imports on record say they have added."""
    deeds = inst.database.read().execute(
        "SELECT facts FROM deed WHERE deed = 'participants imported'"
    )
    return sum(json.loads(row["facts"])["added"] for row in deeds)


def registered(inst: Installation) -> int:
    """How many people there are."""
    return len(contents(inst)["participant"])


def test_a_sound_list_comes_in_step_by_step(workplace: Workplace, inst: Installation) -> None:
    store_edition(inst, congress())
    upload(workplace.olga, SEED)

    assert confirmed(workplace.olga) == 1
    assert registered(inst) == added(inst) == PEOPLE


@pytest.mark.proves("S15")
@given(done=changes(most=3))
@example(done=[])
@settings(
    max_examples=300 if IS_LONG else 6,
    derandomize=not IS_LONG,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_any_list_that_is_confirmed_comes_in_as_it_was_counted(
    workplace: Workplace, inst: Installation, done: list[Change]
) -> None:
    if not contents(inst)["edition"]:
        store_edition(inst, congress())
    before = contents(inst)

    if upload(workplace.olga, damaged(SEED, done)).status == 303 and confirmed(workplace.olga):
        assert registered(inst) == added(inst) >= PEOPLE
    else:
        assert done  # the sound list, with which it begins, is confirmed
        assert contents(inst)["participant"] == before["participant"]
