"""Use case: mappings from another tool's questions to ours are kept by an organisation, to be used again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.model.foreign_survey import HeldSurvey, mapping_from_text, mapping_to_text
from survey.model.series_address import series_addresses
from survey.storage import earlier_mappings
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.foreign_survey import MappedQuestion
    from survey.storage.connection import Connection

MOST_KEPT = 50
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """One mapping under its name."""

    address: str
    """What it is called in addresses."""
    name: str
    questions: tuple[MappedQuestion, ...]


def kept_mappings(inst: Installation, owner: str) -> tuple[KeptMapping, ...]:
    """Every mapping of the organisation, by name."""
    with foreign_errors():
        kept = earlier_mappings.of_organisation(inst.database.read(), owner)
    addresses = {name: address for address, name in series_addresses(kept).items()}
    return tuple(
        KeptMapping(addresses[name], name, mapping_from_text(content))
        for name, content in sorted(kept.items(), key=lambda each: each[0].casefold())
    )


def find_mapping(inst: Installation, owner: str, called: str) -> KeptMapping:
    """The one with that address or name; NotFound also for another organisation's."""
    for kept in kept_mappings(inst, owner):
        if called in {kept.address, kept.name}:
            return kept
    raise NotFound("mapping", called)


def keep_mapping(
    inst: Installation, owner: str, name: str, *, questions: tuple[MappedQuestion, ...]
) -> None:
    """It is kept under that name, in place of one that was; NotAllowed if there are too many."""

    def work(connection: Connection) -> None:
        kept = earlier_mappings.of_organisation(connection, owner)
        if name not in kept and len(kept) >= MOST_KEPT:
            raise NotAllowed(
                problem(
                    "Es sind schon %(most)s Zuordnungen aufbewahrt. Löschen Sie eine davon.",
                    most=MOST_KEPT,
                )
            )
        earlier_mappings.put(connection, owner, name, content=mapping_to_text(questions))

    inst.database.write(work)


def delete_mapping(inst: Installation, owner: str, kept: KeptMapping) -> None:
    """It is gone; what was imported with it stays."""
    inst.database.write(lambda c: earlier_mappings.delete(c, owner, kept.name))


def with_mapping(held: HeldSurvey, mapping: tuple[MappedQuestion, ...]) -> HeldSurvey:
    """The survey mapped so, as far as it has these questions; what the mapping does not name is not brought over."""
    survey = held.survey
    wanted = {mapped.theirs for mapped in mapping}
    for question in survey.questions:
        if question.key not in wanted and any(c.key in wanted for c in question.columns):
            survey = survey.split(question.key)
    result = replace(held, survey=survey, mapping=())
    for mapped in mapping:
        if survey.question(mapped.theirs) is not None:
            result = result.with_mapped(mapped)
    return result
