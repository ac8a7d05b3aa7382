"""The lives of people: whatever they, organisers and deadlines do, each has one answer at most, and sums are right.

A plain model says what must come of every step; the use cases do it on real storage.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from survey.asking_openly import choose_ways, fresh_secret, submit_typed, take_back_typed
from survey.collecting import submit, take_back
from survey.counting import count_edition
from survey.errors import AlreadyClosed, AnsweredWithOtherLink, LinkUnknown, NachklangError
from survey.keeping.retention import delete_expired
from survey.model.invitation import Campaign, Registration
from survey.model.items import ANSWERED
from survey.model.ways_in import WaysIn
from survey.registering import (
    apply_import,
    delete,
    delete_and_suppress,
    list_participants,
    plan_import,
    withdraw,
)
from survey.storage import boxes, participants, tallies
from survey.urn.witness import Witness
from tests.counting.ballots import COUNT_TIME, a_response, be_silent
from tests.events import DEADLINE, congress
from tests.people import (
    StoppedClock,
    add_link,
    make_installation,
    open_edition,
    store_edition,
    stored_record,
)

IS_LONG = os.environ.get("NACHKLANG_TESTS") == "long"
PEOPLE = ("anna", "bernd", "clara", "dora", "emil", "fatma")
person = st.sampled_from(PEOPLE)
number = st.integers(0, 32)


@dataclass
class Life:
    """What the model knows of one person."""

    is_registered: bool = False
    is_withdrawn: bool = False
    answer: int | None = None
    """Number of the response that lies in the urn."""
    by: str = ""
    """The link that put it there; empty where that link is gone."""
    links: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)


class Lives(RuleBasedStateMachine):
    """Six people, one edition, anything that may happen in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="nachklang-lives-"))
        self.clock = StoppedClock()
        self.inst = make_installation(self.folder, self.clock)
        planned = store_edition(self.inst, congress())
        choose_ways(self.inst, "kk2020", WaysIn(takes_paper=True, typist="Frau Fröhlich"))
        self.record = open_edition(self.inst, planned)
        self.lives = {name: Life() for name in PEOPLE}
        self.sheets: dict[str, int] = {}
        self.is_closed = self.is_counted = self.are_addresses_gone = False

    def teardown(self) -> None:
        try:
            if not self.is_counted:
                self.count()
        finally:
            self.inst.database.close()
            shutil.rmtree(self.folder)

    # --- organisers ----------------------------------------------------------------------------------

    @precondition(lambda self: not self.is_counted and not self.are_addresses_gone)
    @rule(names=st.sets(person, min_size=1))
    def a_list_is_read_that_adds(self, names: set[str]) -> None:
        self._read_list(names, add_only=True)

    @precondition(lambda self: not self.is_counted and not self.are_addresses_gone)
    @rule(names=st.sets(person, min_size=1))
    def a_list_is_read_that_says_who_comes(self, names: set[str]) -> None:
        self._read_list(names, add_only=False)
        for name, life in self.lives.items():
            if life.is_registered and name not in names:
                life.is_withdrawn = True

    @precondition(lambda self: not self.is_counted and not self.are_addresses_gone)
    @rule(name=person)
    def somebody_is_withdrawn(self, name: str) -> None:
        life = self.lives[name]
        if life.is_registered:
            withdraw(self.inst, "kk2020", self._id(name))
            life.is_withdrawn = True

    @precondition(lambda self: not self.is_counted and not self.are_addresses_gone)
    @rule(name=person, how=st.sampled_from([delete, delete_and_suppress]))
    def somebody_is_deleted(self, name: str, how: object) -> None:
        life = self.lives[name]
        if life.is_registered:
            how(self.inst, "kk2020", self._id(name))  # type: ignore[operator]
            life.is_registered = life.is_withdrawn = False
            life.by = ""
            life.dead += life.links
            life.links = []

    @precondition(lambda self: not self.is_counted and not self.are_addresses_gone)
    @rule(name=person)
    def a_mail_brings_a_link(self, name: str) -> None:
        life = self.lives[name]
        if life.is_registered and not life.is_withdrawn:
            known = {p.id: p for p in list_participants(self.inst, "kk2020")}
            sent = add_link(self.inst, self.record, known[self._id(name)], Campaign.INVITATION)
            life.links.append(sent.token)

    # --- people --------------------------------------------------------------------------------------

    @precondition(lambda self: not self.is_counted)
    @rule(name=person, choice=number, content=number)
    def somebody_answers(self, name: str, choice: int, content: int) -> None:
        life = self.lives[name]
        token = self._token(life, choice)
        if token is None:
            return

        became = _outcome(lambda: submit(self.inst, token, a_response(content)))

        expected = self._refusal(life, token)
        if expected is None and life.answer is not None and life.by != token:
            expected = AnsweredWithOtherLink
        assert became is expected
        if expected is None:
            life.answer, life.by = content, token

    @precondition(lambda self: not self.is_counted)
    @rule(name=person, choice=number)
    def somebody_takes_back(self, name: str, choice: int) -> None:
        life = self.lives[name]
        token = self._token(life, choice)
        if token is None:
            return

        became = _outcome(lambda: take_back(self.inst, token))

        expected = self._refusal(life, token)
        if expected is None and life.answer is not None and life.by != token:
            expected = AnsweredWithOtherLink
        assert became is expected
        if expected is None:
            life.answer, life.by = None, ""

    @precondition(lambda self: not self.is_closed)
    @rule(content=number)
    def a_sheet_is_typed_in(self, content: int) -> None:
        secret = fresh_secret(self.inst)
        submit_typed(self.inst, "kk2020", secret, a_response(content))
        self.sheets[secret] = content

    @precondition(lambda self: self.sheets and not self.is_closed)
    @rule(choice=number)
    def a_sheet_is_taken_back(self, choice: int) -> None:
        secret = sorted(self.sheets)[choice % len(self.sheets)]
        take_back_typed(self.inst, "kk2020", secret)
        del self.sheets[secret]

    # --- time ----------------------------------------------------------------------------------------

    @precondition(lambda self: not self.is_closed)
    @rule()
    def the_deadline_passes(self) -> None:
        self.clock.set(COUNT_TIME)
        self.is_closed = True

    @precondition(lambda self: self.is_closed and not self.are_addresses_gone)
    @rule()
    def retention_comes(self) -> None:
        """Before the count or after it: a late count still finds every box."""
        due = DEADLINE + timedelta(days=self.record.edition.retention_days)
        for moment in (due - timedelta(days=1), due):
            self.clock.set(moment)
            delete_expired(self.inst)
        self.are_addresses_gone = True
        for life in self.lives.values():
            life.dead += life.links
            life.links = []

    @precondition(lambda self: self.is_counted)
    @rule(name=person, choice=number, content=number)
    def somebody_comes_after_the_count(self, name: str, choice: int, content: int) -> None:
        token = self._token(self.lives[name], choice)
        if token is not None:
            assert _outcome(lambda: submit(self.inst, token, a_response(content))) is not None

    @precondition(lambda self: self.is_closed and not self.is_counted)
    @rule()
    def count(self) -> None:
        if not self.is_closed:
            self.the_deadline_passes()
        answers = [life.answer for life in self.lives.values() if life.answer is not None]
        answers += self.sheets.values()

        count_edition(self.inst, "kk2020", by_hand=True, progress=be_silent)

        self.is_counted = True
        record = stored_record(self.inst, "kk2020")
        assert record.answered == len(answers)
        assert record.invited == sum(
            life.answer is not None or (life.is_registered and not life.is_withdrawn)
            for life in self.lives.values()
        )
        counted = {
            row.value: row.n
            for row in tallies.of_edition(self.inst.database.read(), record.id)
            if (row.session, row.grouping, row.item) == ("", "", "overall")
        }
        expected = Counter(
            choice for n in answers for choice in a_response(n).answers["overall"].choices
        )
        assert counted in ({}, {**expected, ANSWERED: len(answers)})
        assert bool(counted) or len(answers) < record.edition.disclosure_threshold

    # --- always --------------------------------------------------------------------------------------

    @invariant()
    def every_box_has_its_person_or_sheet(self) -> None:
        state = boxes.state(self.inst.database.read(), self.record.id)
        answers = 0 if self.is_counted else sum(v.answer is not None for v in self.lives.values())
        sheets = 0 if self.is_counted else len(self.sheets)

        assert state.boxes == answers + sheets
        if not self.is_counted:
            assert state.agrees
            assert state.open_boxes == sheets
            assert state.has_answered + state.remembered == answers
            witnessed = Witness(self.inst.settings.witnesses).witnessed(self.record.id)
            assert witnessed == state.boxes

    def _read_list(self, names: set[str], *, add_only: bool) -> None:
        lines = [Registration(f"{name}@example.org", name.title()) for name in sorted(names)]
        apply_import(
            self.inst, "kk2020", plan_import(self.inst, "kk2020", lines, add_only=add_only)
        )
        for name in names:
            self.lives[name].is_registered = True
            self.lives[name].is_withdrawn = False

    def _id(self, name: str) -> str:
        return next(
            p.id for p in list_participants(self.inst, "kk2020") if p.address.startswith(name)
        )

    def _token(self, life: Life, choice: int) -> str | None:
        tokens = life.links + life.dead
        return tokens[choice % len(tokens)] if tokens else None

    def _refusal(self, life: Life, token: str) -> type[NachklangError] | None:
        if token in life.dead or (life.is_withdrawn and life.answer is None):
            return LinkUnknown
        return AlreadyClosed if self.is_closed else None


def _outcome(step: object) -> type[NachklangError] | None:
    try:
        step()  # type: ignore[operator]
    except NachklangError as error:
        return type(error)
    return None


@pytest.mark.proves("D22", "D23", "D24")
def test_each_person_has_one_answer_and_the_sums_are_right() -> None:
    tried = settings(
        settings.get_profile("deterministic"),
        max_examples=1_000 if IS_LONG else 15,
        stateful_step_count=60 if IS_LONG else 25,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(Lives, settings=tried)


@pytest.mark.proves("D22")
def test_the_model_sees_an_answer_that_nobody_remembers(monkeypatch: pytest.MonkeyPatch) -> None:
    lives = Lives()
    lives.a_list_is_read_that_adds({"anna"})
    lives.a_mail_brings_a_link("anna")
    lives.somebody_answers("anna", 0, 7)
    lives.every_box_has_its_person_or_sheet()
    monkeypatch.setattr(participants, "remember", lambda *_, **__: None)

    lives.somebody_is_deleted("anna", delete)

    with pytest.raises(AssertionError):
        lives.every_box_has_its_person_or_sheet()
    lives.inst.database.close()
    shutil.rmtree(lives.folder)
