"""The trials as they are run by hand, in the order of the table in docs/faults.md."""

from __future__ import annotations

from tests.faults.trial import LongForm

LONG_FORMS: tuple[LongForm, ...] = (
    LongForm("R1", "pages and worker killed at random under load", "service_kills", 20_000),
    LongForm("R2", "the power cut while people answer", "power_cuts", 1_000),
    LongForm("R3", "a disk of 24 MB full at everything", "full_disk", 100),
    LongForm("R4", "a read-only disk at the start", "read_only_disk", 6),
    LongForm("R4", "writes and syncs fail, restarts, then a power cut", "failing_disk", 40),
    LongForm("R6", "a clock that jumps", "clock_jumps", 14),
    LongForm("R8", "hostile reports, twenty at once", "hostile_reports", 6),
    LongForm("R9", "backups restored elsewhere", "backup_drills", 40),
    LongForm("R10", "an upgrade killed at each statement", "upgrade_kills", 4),
    LongForm("R5", "bits flipped and ends cut, of database and log", "damaged_files", 200),
    LongForm("R7", "fifty writers, two services, backups, checkpoints", "many_writers", 6_000),
    LongForm("R11", "a killed sender and a server that lies", "killed_sender", 1_000),
    LongForm("R12", "a count killed at each statement", "count_kills", 2),
    LongForm("R13", "restarts under load", "rolling_restarts", 16),
    LongForm("R14", "everybody answers at once", "load", 6_000),
    LongForm("R16", "two machines on one server restarted in turn", "several_nodes", 20),
    LongForm("R17", "the server dies, its standby takes over", "failovers", 20),
)
