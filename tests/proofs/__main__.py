"""The books of the proofs.

python -m tests.proofs write          renews the tables in docs/
python -m tests.proofs check LEDGER   fails where a table is old, or a promise was proved by nothing that ran
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.proofs.documents import DOCUMENTS, table, with_block
from tests.proofs.ledger import read_ledger
from tests.proofs.marks import read_proofs
from tests.proofs.requirements import read_subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.proofs.marks import Proof

BLOCK = "proofs"


def write() -> None:
    """Renew the table of each list in its document."""
    proofs = read_proofs()
    for subject in read_subjects():
        path = DOCUMENTS / f"{subject.name}.md"
        renewed = with_block(path.read_text(encoding="utf-8"), BLOCK, table(subject, proofs))
        path.write_text(renewed, encoding="utf-8")


def faults_in_the_books(proofs: Sequence[Proof]) -> list[str]:
    """Tables that are not what the tests say, promises without a test, tests of promises nobody made."""
    subjects = read_subjects()
    promised = {one.id: one for subject in subjects for one in subject.requirements}
    proved = {proof.requirement for proof in proofs}
    faults = [
        f"docs/{subject.name}.md is old: scripts/proofs renews it"
        for subject in subjects
        for document in [(DOCUMENTS / f"{subject.name}.md").read_text(encoding="utf-8")]
        if with_block(document, BLOCK, table(subject, proofs)) != document
    ]
    faults += [
        f"{proof.test} proves {proof.requirement}, which no list has"
        for proof in proofs
        if proof.requirement not in promised
    ]
    faults += [
        f"{one.id}: no test proves it, and no reason is given: {one.promise}"
        for one in promised.values()
        if one.id not in proved and not one.unproven
    ]
    return faults


def not_run(proofs: Iterable[Proof], outcomes: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Promises whose tests did not all run and pass."""
    marked = {proof.requirement for proof in proofs}
    return [
        f"{requirement}: {dict(outcomes.get(requirement, {})) or 'its tests did not run'}"
        for requirement in sorted(marked)
        if not _is_proved(outcomes.get(requirement, {}))
    ]


def check(ledger: Path) -> int:
    """0 if every promise was proved in this run."""
    outcomes = read_ledger(ledger)
    proofs = read_proofs()
    faults = faults_in_the_books(proofs) + not_run(proofs, outcomes)
    for fault in faults:
        print(fault)
    for subject in read_subjects():
        proved = [one for one in subject.requirements if _is_proved(outcomes.get(one.id, {}))]
        print(
            f"{subject.name}: {len(proved)} of {len(subject.requirements)} promises proved in this run"
        )
        for one in subject.requirements:
            if one.unproven:
                print(f"  not proved: {one.id} {one.promise} {one.unproven}")
    return 1 if faults else 0


def _is_proved(outcomes: Mapping[str, int]) -> bool:
    return set(outcomes) == {"passed"}


def main(arguments: list[str]) -> int:
    """Write or check."""
    match arguments:
        case ["write"]:
            write()
            return 0
        case ["check", ledger]:
            return check(Path(ledger))
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
