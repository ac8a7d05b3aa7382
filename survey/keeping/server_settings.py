"""What is wrong with the settings of a PostgreSQL server: for durable answers, and for the promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import problem
from survey.keeping.diagnosis import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DURABLE = frozenset({"on", "remote_apply"})
_NEVER = "-1"
_NOTHING = "0"


def diagnose_server(found: Mapping[str, str]) -> Iterator[Diagnosis]:
    """What is wrong; a setting that this version of the server does not know is none."""
    for name in ("fsync", "full_page_writes"):
        if found.get(name) == "off":
            yield Diagnosis(
                problem(
                    "Der Datenbankserver schreibt nicht sicher auf die Platte: %(name)s", name=name
                ),
                problem("Setzen Sie dort %(name)s = on.", name=name),
                is_urgent=True,
            )
    if found.get("synchronous_commit") not in _DURABLE:
        yield Diagnosis(
            problem("Der Datenbankserver bestätigt, was noch nicht gespeichert ist."),
            problem("Setzen Sie dort %(name)s = on.", name="synchronous_commit"),
            is_urgent=True,
        )
    if found.get("track_commit_timestamp") == "on":
        yield Diagnosis(
            problem("Der Datenbankserver merkt sich, wann etwas gespeichert wurde."),
            problem("Setzen Sie dort %(name)s = off.", name="track_commit_timestamp"),
            is_urgent=True,
        )
    if _writes_values_down(found):
        yield Diagnosis(
            problem("Der Datenbankserver schreibt in sein Protokoll, was gespeichert wird."),
            problem(
                "Setzen Sie dort log_statement = none, log_min_duration_statement = -1 und "
                "log_parameter_max_length = 0."
            ),
            is_urgent=True,
        )
    if found.get("log_error_verbosity", "terse") != "terse":
        yield Diagnosis(
            problem("Der Datenbankserver schreibt bei Fehlern Adressen in sein Protokoll."),
            problem("Setzen Sie dort %(name)s = terse.", name="log_error_verbosity"),
        )
    if found.get("is_open_on_the_wire") == str(True):
        yield Diagnosis(
            problem("Die Verbindung zum Datenbankserver ist nicht verschlüsselt."),
            problem("Setzen Sie in NACHKLANG_POSTGRESQL sslmode=verify-full."),
            is_urgent=True,
        )
    if found.get("standbys", _NOTHING) != _NOTHING and not found.get("synchronous_standby_names"):
        yield Diagnosis(
            problem("Fällt der Datenbankserver aus, fehlen dem zweiten die letzten Antworten."),
            problem("Nennen Sie den zweiten Server in synchronous_standby_names."),
        )


def _writes_values_down(found: Mapping[str, str]) -> bool:
    """A statement in the server's log brings its values along, unless they are cut off."""
    logs_statements = (
        found.get("log_statement", "none") not in {"none", "ddl"}
        or found.get("log_min_duration_statement", _NEVER) != _NEVER
        or found.get("log_min_duration_sample", _NEVER) != _NEVER
        or float(found.get("log_transaction_sample_rate", _NOTHING)) > 0
    )
    keeps_values = found.get("log_parameter_max_length", _NEVER) != _NOTHING
    keeps_values_of_faults = found.get("log_parameter_max_length_on_error", _NOTHING) != _NOTHING
    return (logs_statements and keeps_values) or keeps_values_of_faults
