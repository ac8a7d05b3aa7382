"""Use case: an organisation sets how it appears, what its new editions begin with, and the least it demands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.keeping.backup import backups_in, make_backup
from survey.keeping.key_copies import not_copied, places
from survey.model.profile import LONGEST_RETENTION, Logo, Profile
from survey.storage import organisations, profiles
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.profile import LogoKind
    from survey.storage.connection import Connection


def profile_of(inst: Installation, organisation: str) -> Profile:
    """The organisation's settings; NotFound without such an organisation."""
    with foreign_errors():
        found = profiles.find(inst.database.read(), organisation)
    if found is None:
        raise NotFound("organisation", organisation)
    return found


def profile_behind(inst: Installation, record: EditionRecord) -> Profile:
    """The settings of the organisation that the edition belongs to."""
    return profile_of(inst, record.owner)


def look_of_edition(inst: Installation, name: str) -> tuple[str, Logo | None]:
    """Colour and picture of the organisation behind the edition with that name; nothing where there is none."""
    with foreign_errors():
        return profiles.look_of_edition(inst.database.read(), name)


def change_profile(
    inst: Installation,
    organisation: str,
    change: Callable[[Profile], Profile],
    *,
    revision: int,
) -> Profile:
    """The settings as changed, logged by what changed; NotAllowed if somebody was faster or a threshold fell."""

    def work(connection: Connection) -> None:
        before = profiles.find(connection, organisation)
        if before is None:
            raise NotFound("organisation", organisation)
        if before.revision != revision:
            raise NotAllowed(
                problem(
                    "Inzwischen hat jemand anderes die Einstellungen geändert. Sehen Sie sich an, was jetzt gilt, "
                    "und speichern Sie dann noch einmal."
                )
            )
        after = change(before)
        parts = _changed(before, after)
        if not parts:
            return
        _require_lawful(before, after)
        if after.name != before.name:
            organisations.rename(connection, organisation, name=after.name)
        profiles.put(connection, after)
        facts = {"parts": ", ".join(parts)}
        write_deed(connection, "settings changed", at=inst.clock(), edition="", facts=facts)

    inst.database.write(work)
    return profile_of(inst, organisation)


def set_logo(
    inst: Installation,
    organisation: str,
    content: bytes,
    *,
    kind: LogoKind,
    size: tuple[int, int],
    alternative: str,
) -> Logo:
    """That picture stands at the head of participants' pages from now on."""
    logo = Logo(hashlib.sha256(content).hexdigest(), kind, alternative, *size)

    def work(connection: Connection) -> None:
        profiles.put_logo(connection, organisation, logo=logo, content=content)
        write_deed(connection, "logo changed", at=inst.clock(), edition="")

    inst.database.write(work)
    return logo


def describe_logo(inst: Installation, organisation: str, *, alternative: str) -> None:
    """The picture stays, and other words say what it shows; NotFound without a picture."""
    logo = profile_of(inst, organisation).logo
    if logo is None:
        raise NotFound("logo", organisation)
    content = logo_content(inst, logo.hash, kind=logo.kind)
    set_logo(
        inst,
        organisation,
        content,
        kind=logo.kind,
        size=(logo.width, logo.height),
        alternative=alternative,
    )


def remove_logo(inst: Installation, organisation: str) -> None:
    """Participants' pages show no picture any more."""

    def work(connection: Connection) -> None:
        profiles.delete_logo(connection, organisation)
        write_deed(connection, "logo removed", at=inst.clock(), edition="")

    inst.database.write(work)


def logo_content(inst: Installation, hashed: str, *, kind: str) -> bytes:
    """The picture with that hash; NotFound if nobody has it any more."""
    with foreign_errors():
        found = profiles.logo_content(inst.database.read(), hashed, kind=kind)
    if found is None:
        raise NotFound("logo", hashed)
    return found


@dataclass(frozen=True, slots=True)
class BackupState:
    """How things stand with backups."""

    last: datetime | None
    """When the last proven one was made."""
    number: int
    key_places: tuple[Path, ...]
    """Where copies of the keys lie."""
    not_copied: tuple[str, ...]
    """Titles of the organisation's open editions whose key lies on one disk only."""


def backup_state(inst: Installation, organisation: str) -> BackupState:
    """How things stand with the backups of the installation, and with the keys of that organisation."""
    found = backups_in(inst.settings.backup_directory)
    return BackupState(
        found[-1][0] if found else None,
        len(found),
        places(inst.settings.keys),
        tuple(r.edition.title for r in not_copied(inst) if r.owner == organisation),
    )


def back_up(inst: Installation) -> None:
    """A proven backup is made, and logged; BackupRefused, and none is kept, if it proves nothing."""
    folder = make_backup(inst)
    facts = {"backup": folder.name}
    inst.database.write(
        lambda connection: write_deed(
            connection, "backup made", at=inst.clock(), edition="", facts=facts
        )
    )


def _changed(before: Profile, after: Profile) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in fields(before)
        if getattr(before, field.name) != getattr(after, field.name)
    )


def _require_lawful(before: Profile, after: Profile) -> None:
    fallen = (
        after.disclosure_threshold < before.disclosure_threshold
        or after.cell_threshold < before.cell_threshold
    )
    if fallen:
        raise NotAllowed(problem("Die Mindestzahlen lassen sich nur erhöhen."))
    if after.cell_threshold < after.disclosure_threshold:
        raise NotAllowed(
            problem("Für Aufteilungen und Zitate gilt mindestens so viel wie für Ergebnisse.")
        )
    if not 1 <= after.retention_days <= LONGEST_RETENTION:
        raise NotAllowed(problem("Aufbewahrt wird 1 bis %(most)d Tage.", most=LONGEST_RETENTION))
    if after != replace(
        after, organisation=before.organisation, logo=before.logo, revision=before.revision
    ):
        raise ValueError(after)
