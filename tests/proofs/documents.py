"""The tables of the documents: each requirement with the tests that prove it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.proofs.marks import Proof
    from tests.proofs.requirements import Requirement, Subject

DOCUMENTS = Path(__file__).parents[2] / "docs"


def table(subject: Subject, proofs: Sequence[Proof]) -> str:
    """The Markdown table of one list of requirements."""
    by_requirement: dict[str, list[Proof]] = defaultdict(list)
    for proof in proofs:
        by_requirement[proof.requirement].append(proof)
    lines = [
        f"| | {subject.source} | What holds | Proved by |",
        "|---|---|---|---|",
        *(
            f"| {one.id} | {one.source} | {one.promise} | {_proved_by(one, by_requirement[one.id])} |"
            for one in subject.requirements
        ),
    ]
    return "\n".join(lines)


def with_block(document: str, block: str, content: str) -> str:
    """The document with that named block renewed; `ValueError` if it has none."""
    begin, end = f"<!-- begin {block} -->", f"<!-- end {block} -->"
    before, found, rest = document.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"no block {block!r}")
    return f"{before}{begin}\n\n{content}\n\n{end}{after}"


def block_of(document: str, block: str) -> str:
    """What stands in that named block; `ValueError` if there is none."""
    _, found, rest = document.partition(f"<!-- begin {block} -->")
    content, closed, _ = rest.partition(f"<!-- end {block} -->")
    if not found or not closed:
        raise ValueError(f"no block {block!r}")
    return content.strip()


def _proved_by(requirement: Requirement, proofs: Iterable[Proof]) -> str:
    named = [f"[{proof.sentence}](../{proof.path})" for proof in proofs]
    if requirement.unproven:
        named.append(f"*not proved:* {requirement.unproven}")
    return "<br>".join(named)
