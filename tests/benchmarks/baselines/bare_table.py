"""The least that a typer application that prints the table of relu and its derivative can be."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def main(
    name: str,
    derivative: Annotated[bool, typer.Option("--derivative", "-d")] = False,
    table: Annotated[bool, typer.Option("--table")] = False,
) -> None:
    import numpy as np
    from rich import box
    from rich.console import Console
    from rich.table import Table

    x = np.arange(-5.0, 6.0)
    f = np.maximum(x, 0.0)
    df = np.where(x > 0, 1.0, 0.0)
    shown = Table(title=name, box=box.SIMPLE_HEAD, title_justify="left", show_edge=False, pad_edge=False)
    shown.add_column("x", justify="right", style="bold")
    shown.add_column("f(x)", justify="right")
    shown.add_column("f′(x)", justify="right")
    for row in zip(x, f, df, strict=True):
        shown.add_row(*(f"{value:.6g}" for value in row))
    Console().print(shown)


if __name__ == "__main__":
    app()
