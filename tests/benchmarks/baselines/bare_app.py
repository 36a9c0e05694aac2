"""The least that a typer application with a version, an argument and its completion can be."""

from typing import Annotated

import typer

app = typer.Typer()
NAMES = {"relu": "A bend at zero.", "sigmoid": "From 0 to 1.", "silu": "x times a sigmoid.", "sin": "A wave."}


def complete(incomplete: str) -> list[tuple[str, str]]:
    return [(name, about) for name, about in NAMES.items() if name.startswith(incomplete)]


def show_version(wanted: bool) -> None:
    if wanted:
        print("bare 1.0")
        raise typer.Exit()


@app.command()
def main(
    name: Annotated[str, typer.Argument(autocompletion=complete)],
    derivative: Annotated[bool, typer.Option("--derivative", "-d")] = False,
    table: Annotated[bool, typer.Option("--table")] = False,
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True)] = False,
) -> None:
    print(name)


if __name__ == "__main__":
    app(prog_name="bare")
