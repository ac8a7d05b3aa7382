"""The beginning of an installation: directories, database, keys, and a file to write settings into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.rendering import TEMPLATES
from survey.settings import ENV_FILE
from survey.storage.connection import foreign_errors, migrate
from survey.storage.whole_database import database_of, is_there, migrate_whole
from survey.urn.keys import KeyRing

if TYPE_CHECKING:
    from survey.settings import Settings

_PRIVATE = 0o700
_UNFINISHED = ".unfinished"


def is_founded(settings: Settings) -> bool:
    """True if there is an installation; StorageUnavailable if the server that would know is away."""
    return is_there(settings)


def found(settings: Settings) -> None:
    """Everything an installation needs is there; NotAllowed, and nothing touched, where one is already."""
    if is_founded(settings):
        raise NotAllowed(
            problem("Auf dem Datenbankserver liegt schon eine Installation.")
            if settings.postgresql
            else problem("In %(folder)s liegt schon eine Installation.", folder=str(settings.data))
        )
    for directory in (settings.data, settings.reports, settings.witnesses, settings.cache):
        directory.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
    env_file = settings.data / ENV_FILE
    if not env_file.exists():
        env_file.touch(mode=0o600)
        env_file.write_bytes((TEMPLATES / "settings" / "nachklang.env.txt").read_bytes())
    KeyRing(settings.keys, settings.secret_directory).initialise()
    # The database comes last and whole: as long as it is missing, there is no installation.
    if settings.postgresql:
        migrate_whole(database_of(settings))
        return
    unfinished = settings.database.with_name(settings.database.name + _UNFINISHED)
    unfinished.unlink(missing_ok=True)
    with foreign_errors():
        migrate(unfinished)
    unfinished.chmod(0o600)
    unfinished.rename(settings.database)
