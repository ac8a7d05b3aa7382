"""An edition file as it was sent: as a file, or as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.toml_lines import LARGEST_FILE

if TYPE_CHECKING:
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class SentFile:
    """Its bytes, and its text as it can be shown again to be mended."""

    name: str
    content: bytes
    text: str


def sent_edition_file(desk: Desk) -> SentFile:
    """The file where one was chosen, else the text that was pasted."""
    if desk.upload is not None and desk.upload.content:
        content = desk.upload.content
        return SentFile(desk.upload.file_name, content, _shown(content))
    text = desk.fields.get("text", ("",))[0]
    return SentFile("", text.encode(), text)


def _shown(content: bytes) -> str:
    """Nothing where it is no text: a picture is not mended in a text field."""
    if len(content) > LARGEST_FILE:
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in text else text
