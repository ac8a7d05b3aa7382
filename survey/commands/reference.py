"""docs/commands.md, written from the commands' own help: ``python -m survey.commands.reference``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.nachklang import nachklang

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENING = """\
# Commands

Written by `python -m survey.commands.reference`; a test compares.

Every command takes `--help`. Those that work on an installation take `--data FOLDER` (or `NACHKLANG_DATA`).
Exit codes: 0 done, 1 refused or failed, 2 called wrongly. German or English by locale.
"""


def commands(group: click.Group, context: click.Context) -> Iterator[click.Context]:
    """Every command that does something, in the order of the work."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            raise KeyError(name)
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from commands(command, inner)
        else:
            yield inner


def every_command() -> Iterator[click.Context]:
    """All of the command line."""
    root = click.Context(
        nachklang, info_name="nachklang", **nachklang.context_settings, terminal_width=100
    )
    yield from commands(nachklang, root)


def reference() -> str:
    """The whole reference."""
    parts = (
        f"## `{context.command_path.removeprefix('nachklang ')}`\n\n"
        f"```text\n{context.get_help()}\n```\n"
        for context in every_command()
    )
    return "\n".join((OPENING, *parts))


if __name__ == "__main__":
    click.echo(reference(), nl=False)
