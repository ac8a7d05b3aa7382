"""The command line library's own words ("Usage", "Options") in the reader's language.

It asks Python's gettext, which reads compiled catalogues out of a directory: ours is compiled when a command starts.
"""

from __future__ import annotations

import atexit
import gettext
import tempfile
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from survey.language.wording import Language

DOMAIN = "messages"
CATALOGUE = "click.po"


def translate_click(language: Language) -> None:
    """From here on the library speaks this language, as far as it has a catalogue of those words."""
    source = resources.files("survey.language") / language / CATALOGUE
    if not source.is_file():
        return
    # Read again at every message, so it stays until the command ends.
    folder = tempfile.TemporaryDirectory(prefix="nachklang-words-")
    atexit.register(folder.cleanup)
    place = Path(folder.name) / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / f"{DOMAIN}.mo").open("wb") as compiled:
        write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=language))
    gettext.bindtextdomain(DOMAIN, folder.name)
