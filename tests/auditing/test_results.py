"""What the long form printed, as the document shows it: attacks, controls and the unhidden are told apart."""

from __future__ import annotations

from survey.auditing.findings import Finding, Guess, RunResult
from survey.auditing.linkage import DECLARED
from survey.auditing.protocol import AuditProtocol
from survey.auditing.protocol_words import protocol_text
from survey.errors import problem
from survey.language.catalogue import catalogue
from tests.auditing.results import block
from tests.people import START, settings_below
from tests.proofs.documents import DOCUMENTS

RUN = RunResult(
    people=2996,
    attacks=(Finding(problem("Link-Prüfer, die jeden Link einer Mail abrufen"), 0, 1023),),
    linked=0,
    guesses={DECLARED: Guess(1, 17)},
    controls=(Finding(problem("eine Spalte mit Zeiten"), 2996, 2996),),
    unhidden=(
        Finding(
            problem("wer geantwortet hat: Kopien von vor und nach einer Antwort zeigen es"),
            2996,
            2996,
        ),
    ),
)


def test_attacks_controls_and_what_cannot_be_hidden_have_a_table_each() -> None:
    zone = settings_below(DOCUMENTS).zone
    printed = protocol_text(AuditProtocol((RUN,), START, "1.2"), catalogue("en"), zone=zone)

    made = block(printed, day="2026-03-02").splitlines()

    assert "    linked: 1 of 2996 (chance 1); controls: 1 of 1" in made
    assert [line for line in made if line.startswith(("### ", "| "))] == [
        "### Attacks: nobody may be linked",
        "| Attack | Linked, of all exposed |",
        "| Link scanners that fetch every link of a mail | 0 of 1,023 |",
        "### Controls: everybody must be linked",
        "| Control | Linked, of all it must link |",
        "| a column with times | 2,996 of 2,996 |",
        "### What cannot be hidden",
        "| What an onlooker learns | Of whom |",
        "| who has answered: copies from before and after an answer show it | 2,996 of 2,996 |",
    ]
