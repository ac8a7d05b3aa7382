"""The report on accessibility that the service shows: how much is looked at, by what, against which clauses.

python -m tests.accessibility.report          writes it as of a version that was tested in parts only
python -m tests.accessibility.report LEDGER   as of one tested as a whole, if every visit of that run passed;
scripts/accessibility does so
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from survey.web.participant.accessibility_report import FILE, AccessibilityReport, Engine
from tests.accessibility.walks import PARTICIPANTS, WORKPLACE, pages_of_the_service
from tests.proofs.documents import DOCUMENTS, with_block
from tests.proofs.requirements import Requirement, read_subjects

ROOT = Path(__file__).parents[2]
DOCUMENT = DOCUMENTS / "accessibility.md"
PLACE = ROOT / "survey/web/participant" / FILE
NORM, GUIDELINES, BUILT_TO = "EN 301 549 V3.2.1", "WCAG 2.1 AA", "WCAG 2.2 AA"
VISIT = "test_every_page_and_state_is_accessible"
WALKS = {
    "tests/accessibility/test_participants_in_a_browser.py": PARTICIPANTS.visits,
    "tests/accessibility/test_workplace_in_a_browser.py": WORKPLACE.visits // 2,
    "tests/accessibility/test_workplace_in_english.py": WORKPLACE.visits // 2,
}
"""Visits of the long form, by the file that makes them."""
ENGINES = {
    "axe-core": "axe-core",
    "accessibility-checker-engine": "IBM Equal Access",
    "vnu-jar": "Nu Html Checker",
    "@guidepup/virtual-screen-reader": "Guidepup Virtual Screen Reader",
}


def report_now(day: date) -> AccessibilityReport:
    """What the checks look at now; that they all did is known of a whole run only."""
    checks = _checks()
    sources = "; ".join(check.source for check in checks)
    return AccessibilityReport(
        day=day,
        is_whole=False,
        norm=NORM,
        guidelines=GUIDELINES,
        built_to=BUILT_TO,
        pages=len({path for _, path in pages_of_the_service()}),
        states=sum(len(tour.pages) + len(tour.states) for tour in (PARTICIPANTS, WORKPLACE)),
        checks=len(checks),
        by_people=sum(bool(check.unproven) for check in checks),
        engines=_engines(),
        criteria=_numbers(r"(?<![\d.])[1-4]\.\d\.\d+", sources),
        clauses=_numbers(r"(?<![\d.])(?:9\.\d\.\d\.\d+|1[0-2]\.\d+(?:\.\d+)*)", sources),
    )


def written(report: AccessibilityReport) -> str:
    """The report as a file."""
    lines = [
        "# What the accessibility of this version was found to be; scripts/accessibility renews it.",
        f"day = {report.day.isoformat()}",
        f"is_whole = {str(report.is_whole).lower()}",
        *(f'{name} = "{getattr(report, name)}"' for name in ("norm", "guidelines", "built_to")),
        *(
            f"{name} = {getattr(report, name)}"
            for name in ("pages", "states", "checks", "by_people")
        ),
        *(
            f"{name} = [\n" + "".join(f'    "{one}",\n' for one in getattr(report, name)) + "]"
            for name in ("criteria", "clauses")
        ),
    ]
    for engine in report.engines:
        lines += ["", "[[engines]]", f'name = "{engine.name}"', f'version = "{engine.version}"']
    return "\n".join(lines) + "\n"


def numbers() -> str:
    """How much there is to look at, as a table for the documentation."""
    lines = ["| | Pages | States | Languages | Visits of the long form |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {len({path for _, path in tour.site})} | {len(tour.pages) + len(tour.states)} "
        f"| {', '.join(tour.languages)} | {tour.visits} |"
        for name, tour in (("Participants", PARTICIPANTS), ("Workplace", WORKPLACE))
    ]
    versions = ", ".join(f"{engine.name} {engine.version}" for engine in _engines())
    return "\n".join([*lines, "", f"Engines: {versions}."])


def _checks() -> tuple[Requirement, ...]:
    (found,) = [one for one in read_subjects() if one.name == "accessibility"]
    return found.requirements


def _engines() -> tuple[Engine, ...]:
    path = ROOT / "tests/accessibility/engines/package.json"
    versions = json.loads(path.read_text(encoding="utf-8"))["dependencies"]
    return tuple(Engine(name, versions[package]) for package, name in ENGINES.items())


def _numbers(pattern: str, text: str) -> tuple[str, ...]:
    found = set(re.findall(pattern, text))
    return tuple(sorted(found, key=lambda one: [int(part) for part in one.split(".")]))


def missing_visits(ledger: Path) -> list[str]:
    """Which walks were not whole in that run: each page and state, in each language, has to have passed."""
    rows = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    ended = {(test, outcome) for _, outcome, test in rows}
    failed = {test for test, outcome in ended if outcome != "passed"}
    found = []
    for file, visits in WALKS.items():
        passed = {test for test, _ in ended if test.startswith(f"{file}::{VISIT}[")} - failed
        if len(passed) != visits:
            found.append(f"{file}: {len(passed)} of {visits} visits passed")
    return found


def main(arguments: list[str]) -> int:
    """0 if the report was written; 1 if that run does not carry it."""
    today = report_now(date.today())  # noqa: DTZ011 -- the day on the calendar here
    if not arguments:
        write(today)
        return 0
    if missing := missing_visits(Path(arguments[0])):
        sys.stderr.write("\n".join(missing) + "\n")
        return 1
    write(replace(today, is_whole=True))
    return 0


def write(report: AccessibilityReport) -> None:
    """Renew the report, and the table in the documentation."""
    PLACE.write_text(written(report), encoding="utf-8")
    document = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(with_block(document, "numbers", numbers()), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
