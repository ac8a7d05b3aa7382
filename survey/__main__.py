"""`nachklang`, the command line; `python -m survey` is the same."""

from __future__ import annotations

from survey.commands.nachklang import nachklang


def main() -> None:
    """Run the command that was typed."""
    nachklang(prog_name="nachklang")


if __name__ == "__main__":
    main()
