"""Every number in the texts about data protection is the one that the code keeps to, whatever is set."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from survey.application import make_application
from survey.holding_lists import HELD_FOR
from survey.housekeeping import change_profile, profile_of
from survey.keeping.backup import backups_in, make_backup
from survey.keeping.retention import BACKUPS_KEPT, TEXTS_KEPT, delete_expired
from survey.model.profile import LONGEST_RETENTION
from survey.model.workplace import MAIN_ORGANISATION, Role
from survey.preparing import change_edition
from survey.storage import organisations, participants
from tests.events import DEADLINE, congress
from tests.model.congress import CONGRESS
from tests.people import StoppedClock, add_person, make_installation, open_edition, store_edition
from tests.reporting.counted import invented_summary
from tests.workplace import OLGA, employ, signed_in_client

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.profile import Profile
    from tests.accessibility.client import AccessibleClient
    from tests.workplace import Workplace

LAWS = "/arbeit/einstellungen/datenschutz"
NOTICE = "/datenschutz/kk2020"
COUNCIL = "/arbeit/ausgaben/kk2020/ergebnisse/personalrat"
DOCUMENTS = ("hinweise", "verzeichnis", "massnahmen", "loeschkonzept")
DAY = timedelta(days=1)
MONTHS = 24
RUNS = 60 if os.environ.get("NACHKLANG_TESTS") == "long" else 4
words = st.sampled_from(["", "Rechenzentrum Nord", "Satzung der Stadt", "zwei im Amt"])


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, object]:
    """What an organisation may set; without digits of its own, so that every number is the service's."""
    few = draw(st.integers(5, 30))
    return {
        "retention_days": draw(st.sampled_from([1, 14, LONGEST_RETENTION]) | st.integers(1, 90)),
        "disclosure_threshold": few,
        "cell_threshold": draw(st.integers(max(10, few), 60)),
        "legal_basis": draw(words),
        "processors": draw(words),
        "text_readers": draw(words),
        "contact": draw(st.sampled_from(["", "fragen@stadt.example"])),
        "data_protection_contact": draw(st.sampled_from(["", "schutz@stadt.example"])),
    }


def numbers(client: AccessibleClient, address: str) -> set[int]:
    """Every number that is said there, but for days of a calendar and the text's version."""
    page = client.get(address)
    assert page.status == 200, address
    main = page.html[page.html.index("<main") : page.html.index('class="version"')]
    said = unescape(re.sub(r"<[^>]*>", " ", main)).replace("\u00a0", " ").replace("\u202f", " ")
    said = re.sub(r"\d+\. (September|Oktober|November|Dezember|Januar|Februar) 20\d\d", "", said)
    said = re.sub(r"Kommunalkongress 20\d\d|kk2020", "", said)
    return {int(number) for number in re.findall(r"\b\d+\b", said)}


@pytest.mark.proves("D1", "D2", "D3", "D4", "D5", "D7", "D8")
@settings(max_examples=RUNS, phases=[Phase.explicit, Phase.generate])
@given(chosen=profiles())
def test_every_number_in_the_texts_is_the_one_that_holds(chosen: dict[str, object]) -> None:
    clock = StoppedClock()
    with tempfile.TemporaryDirectory() as folder:
        inst = make_installation(Path(folder), clock)
        try:
            _compare(inst, clock, chosen)
        finally:
            inst.database.close()


def _compare(inst: Installation, clock: StoppedClock, chosen: dict[str, object]) -> None:
    inst.database.write(lambda c: organisations.rename(c, MAIN_ORGANISATION, name="Stadt"))
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    change_profile(inst, MAIN_ORGANISATION, lambda p: replace(p, **chosen), revision=0)  # type: ignore[arg-type]
    profile = profile_of(inst, MAIN_ORGANISATION)
    edition = replace(congress(), legal_basis="", processors="", text_readers="")
    record = open_edition(inst, store_edition(inst, profile.begin(edition)))
    add_person(inst, record, "Anna Albrecht")
    olga = signed_in_client(inst, OLGA, application=make_application(inst))

    days, few, many = profile.retention_days, profile.disclosure_threshold, profile.cell_threshold
    backup = BACKUPS_KEPT.days
    periods = {days, backup, days + backup}
    basis = set() if profile.legal_basis else {6, 1}  # Article 6(1)
    eleven = {11}  # the article that says why answers cannot be given
    assert numbers(olga, f"{LAWS}/hinweise") == {*periods, few, many, MONTHS} | basis | eleven
    assert numbers(olga, NOTICE) == {*periods, few, many, MONTHS} | basis | eleven
    assert numbers(olga, f"{LAWS}/verzeichnis") == periods | basis
    assert numbers(olga, f"{LAWS}/massnahmen") == {few, many, backup}
    assert numbers(olga, f"{LAWS}/loeschkonzept") == {*periods, MONTHS}
    assert numbers(olga, COUNCIL) == {few, many, days, backup, MONTHS}
    _assert_texts_are_those_set(olga, profile)
    _assert_thresholds_hold(few, many)
    assert timedelta(hours=1) == HELD_FOR  # said in words
    assert timedelta(days=MONTHS * 30) <= TEXTS_KEPT <= timedelta(days=MONTHS * 31)
    _assert_periods_hold(inst, clock, record.id, days=days)


def _assert_texts_are_those_set(olga: AccessibleClient, profile: Profile) -> None:
    record = olga.get(f"{LAWS}/verzeichnis").text()
    notice = olga.get(NOTICE).text()
    for value in (profile.legal_basis, profile.processors, profile.text_readers):
        assert value in record
        assert value in notice
    assert profile.contact in record
    assert profile.data_protection_contact in record
    assert profile.data_protection_contact in notice


def _assert_thresholds_hold(few: int, many: int) -> None:
    edition = replace(CONGRESS, disclosure_threshold=few, cell_threshold=many)
    for answered, is_shown in ((few - 1, False), (few, True)):
        overall = invented_summary(edition, invited=1_000, answered=answered).finding("overall")
        assert overall is not None
        assert (overall.suppressed is None) is is_shown
    for answered, are_shown in ((4 * many - 1, False), (4 * many, True)):
        # A quarter of them write something.
        texts = invented_summary(edition, invited=1_000, answered=answered).finding("change")
        assert texts is not None
        assert (texts.suppressed is None) is are_shown


def _assert_periods_hold(
    inst: Installation, clock: StoppedClock, edition: str, *, days: int
) -> None:
    def addresses() -> list[str]:
        found = participants.of_edition(inst.database.read(), edition)
        return [person.address for person in found if person.address]

    due = DEADLINE + days * DAY
    last = due - timedelta(seconds=1)
    clock.set(last)
    make_backup(inst)
    clock.set(due - DAY)
    delete_expired(inst)
    clock.set(last)
    delete_expired(inst)
    assert addresses() == ["anna@example.org"]
    clock.set(due)
    delete_expired(inst)
    assert addresses() == []

    with_addresses = backups_in(inst.settings.backup_directory)[0][1]
    everywhere = DEADLINE + (days + BACKUPS_KEPT.days) * DAY
    for moment in (everywhere - DAY - timedelta(seconds=1), everywhere - timedelta(seconds=2)):
        clock.set(moment)
        delete_expired(inst)
    assert with_addresses.exists()
    clock.set(everywhere)
    delete_expired(inst)
    assert not with_addresses.exists()


def version(client: AccessibleClient, address: str) -> str:
    found = re.findall(r"(?:Fassung|Version) ([0-9a-f]{4}-[0-9a-f]{4})", client.get(address).text())
    assert len(found) == 1, address
    return str(found[0])


@pytest.mark.proves("D6")
@pytest.mark.parametrize(
    "address",
    [
        *(f"{LAWS}/{name}?sprache={language}" for name in DOCUMENTS for language in ("de", "en")),
        f"{COUNCIL}?sprache=de",
        f"{COUNCIL}?sprache=en",
        *(f"{NOTICE}?sprache={language}" for language in ("de", "easy", "en")),
    ],
)
def test_a_version_changes_exactly_when_the_words_do(
    workplace: Workplace, clock: StoppedClock, address: str
) -> None:
    record = open_edition(workplace.inst, store_edition(workplace.inst, congress()))
    before = version(workplace.olga, address)
    clock.pass_by(DAY / 24)
    assert version(workplace.olga, address) == before

    change_edition(workplace.inst, "kk2020", replace(record.edition, retention_days=10))
    change_profile(
        workplace.inst,
        MAIN_ORGANISATION,
        lambda p: replace(p, retention_days=20, disclosure_threshold=7),
        revision=0,
    )

    assert version(workplace.olga, address) != before
