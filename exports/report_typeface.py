"""The reports' typeface: Fira Sans as static files, one @font-face per file."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FAMILY = "Fira Sans"
ADDRESS = "nachklang-typeface:"
"""The scheme of the only files a report may fetch."""


@dataclass(frozen=True, slots=True)
class FontFace:
    """One file of the typeface, and the weight and style it stands for."""

    file_name: str
    weight: int
    style: str = "normal"


# Static files only: one variable font used at two weights gets wrong advance widths in the PDF.
FACES = (
    FontFace("FiraSans-Light.ttf", 300),
    FontFace("FiraSans-Regular.ttf", 400),
    FontFace("FiraSans-Italic.ttf", 400, "italic"),
    FontFace("FiraSans-SemiBold.ttf", 600),
)


def font_file(face: FontFace) -> Traversable:
    """The file of a face inside the installed font package."""
    return files("fontpkg_fira_sans") / "files" / face.file_name


def font_face_rules() -> str:
    """The @font-face rules that put the whole typeface at a report's disposal."""
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {face.weight};'
        f' font-style: {face.style}; src: url("{ADDRESS}{face.file_name}") }}'
        for face in FACES
    )
