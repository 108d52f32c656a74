"""`catdog-sort cache`: shows and empties the cache of answers."""

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line
from catdog_sorter.text import counted, shown

app = typer.Typer(
    help="Show or empty the cache of earlier results.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # as in the command itself
    pretty_exceptions_enable=False,
)


@app.command()
def info(as_json: options.Json = False, quiet: options.Quiet = False) -> None:
    """Show the path and size of the cache."""
    with exit_codes(Console(quiet)):
        from catdog_sorter.classification.cache import MAX_ANSWERS, describe

        found = describe()
        if as_json:
            facts = {
                "path": str(found.path),
                "answers": found.answers,
                "size_bytes": found.size_bytes,
                "most_answers": MAX_ANSWERS,
            }
            print(json_line(facts))
            return
        size = f"{found.size_bytes / 1e6:,.1f} MB"
        print(f"{shown(found.path)}: {counted(found.answers, 'answer')}, {size}")
        print(f"At most {MAX_ANSWERS:,} are kept; the least recently used are removed first.")


@app.command()
def clear(quiet: options.Quiet = False) -> None:
    """Empty the cache; the next run classifies every photo again."""
    console = Console(quiet)
    with exit_codes(console):
        from catdog_sorter.classification import cache

        freed = cache.clear()
        console.say(f"Cache emptied; {freed / 1e6:,.1f} MB freed.")
