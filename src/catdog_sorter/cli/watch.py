"""`catdog-sort watch`: sorts new photos in a folder automatically, until stopped."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catdog_sorter.cli import option_defaults, options
from catdog_sorter.cli.console import Console, ask, exit_codes, json_line, require_yes
from catdog_sorter.cli.options import ModeName
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Prediction, Unreadable
from catdog_sorter.previews import Previews
from catdog_sorter.storage.locations import HOME_VARIABLE, chosen_home
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.photos.find import Photo
    from catdog_sorter.watching.service import WakeEvent, WatchEvent

_UNIT = """\
[Unit]
Description=Sort photos of cats and dogs as they arrive

[Service]
WorkingDirectory={folder}
ExecStart={command}
{environment}Restart=on-failure
RestartSec=30
Nice=10

[Install]
WantedBy=default.target
"""


def watch(
    ctx: typer.Context,
    top: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            show_default=False,
            help="The folder to watch.",
            is_eager=True,
            callback=option_defaults.from_settings,
        ),
    ],
    into: options.Into = None,
    mode: options.Mode = ModeName.MOVE,
    relative_links: options.RelativeLinks = False,
    flat: options.Flat = False,
    folder: options.Folders = None,
    threshold: options.Threshold = None,
    recursive: options.Recursive = True,
    include_hidden: options.IncludeHidden = False,
    exclude: options.Exclude = None,
    companion: options.Companion = None,
    separate_edits: options.SeparateEdits = False,
    videos: options.Videos = False,
    settle: Annotated[
        float,
        typer.Option(
            min=0.1,
            max=3600,
            metavar="SECONDS",
            help="Sort a photo once it and its companions have not changed for this time.",
        ),
    ] = 5.0,
    poll: Annotated[
        bool | None,
        typer.Option(
            "--poll/--no-poll",
            show_default=False,
            help="Poll the folder instead of using file system notifications; the default on "
            "network drives.",
        ),
    ] = None,
    backend: options.Engine = options.BackendName.ONNX,
    device: options.On = options.OnnxDevice.AUTO,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    previews: options.UsePreviews = Previews.AUTO,
    no_config: options.NoConfig = False,
    systemd: Annotated[
        bool,
        typer.Option("--systemd", help="Print a systemd user unit for this command and exit."),
    ] = False,
    yes: options.Yes = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print each result as a line of JSON.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Sort new photos automatically until stopped with Ctrl-C.

    Photos that are already there are sorted too. The moves of a day are one run in the history;
    photos that an undo puts back stay.
    """
    console = Console(quiet)
    option_defaults.mention(ctx, console)
    with exit_codes(console), ExitStack() as stack:
        if not top.is_dir():
            raise UsageError(f"{shown(top)} is not a folder. Give the folder to watch.")
        if systemd:
            words = [word for word in sys.argv[1:] if word != "--systemd"]
            words += [] if yes else ["--yes"]
            print(unit(words, Path.cwd(), chosen_home()), end="")
            return
        require_yes(yes)
        if not yes and not ask(f"Sort new photos in {shown(top)} without asking again?"):
            console.say("Nothing was done.")
            return
        from catdog_sorter.classification import corrections, pipeline
        from catdog_sorter.moving.journal import Attribute
        from catdog_sorter.moving.outcomes import Moved, not_kept_sentences
        from catdog_sorter.moving.sort import Sorting
        from catdog_sorter.watching import service

        wake = service.WakeEvent()
        _end_by_signals(wake, stack)
        bundle, engine = options.open_model(model, backend, device, console)
        used = options.thresholds_from(threshold)
        cache = stack.enter_context(options.open_cache(no_cache, bundle, engine, console, previews))

        def classify(
            photos: "Sequence[Photo | Unreadable]",
        ) -> Generator[Prediction | Unreadable, None, None]:
            results = pipeline.classify(photos, bundle, engine, used, cache, previews=previews)
            return corrections.corrected(results, corrections.load_corrections())

        sorting = Sorting(options.folder_names(folder), into, flat)
        sorting.check()
        watched = service.Watched(
            Path(os.path.abspath(top)),
            sorting,
            settle,
            options.chosen_mode(ctx, mode, relative_links),
            options.scope(recursive, include_hidden, exclude, companion, separate_edits, videos),
            poll,
        )
        events = stack.enter_context(closing(service.watch(watched, classify, wake, console.say)))
        number_sorted, not_kept = 0, Counter[Attribute]()
        for event in events:
            if isinstance(event, Moved):
                number_sorted += 1
                not_kept.update(event.not_kept)
            _print(console, event, as_json)
        for sentence in not_kept_sentences(not_kept, "photo"):
            console.warn(sentence)
        console.say(f"Ended; {counted(number_sorted, 'photo')} sorted.")


def _end_by_signals(wake: "WakeEvent", stack: ExitStack) -> None:
    """Let the current photo finish at the first signal, and abort at the second."""

    def end(*_: object) -> None:
        if wake.is_stopped:
            raise KeyboardInterrupt
        wake.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        stack.callback(signal.signal, number, signal.signal(number, end))


def _print(console: Console, event: "WatchEvent", as_json: bool) -> None:
    from catdog_sorter.moving.outcomes import Moved

    if as_json:
        from catdog_sorter.cli.sort import logged

        print(json_line(logged(event)), flush=True)
    elif isinstance(event, Moved):
        for move in event.group.moves:
            print(f"{shown(move.source)} -> {shown(move.target)}", flush=True)
    elif not isinstance(event, Prediction):
        console.name_all([(event.path, event.reason)])


def unit(words: Sequence[str], folder: Path, home: Path | None) -> str:
    """The systemd user unit that runs `catdog-sort` with these words in this folder.

    `home` is the folder for the program's files; None for the default.
    """
    program = [sys.executable, "-P", "-m", "catdog_sorter", *words]
    environment = f"Environment={_quoted(f'{HOME_VARIABLE}={home}')}\n" if home else ""
    return _UNIT.format(
        # systemd does not interpret special characters here, unlike elsewhere.
        folder=_printable(str(folder)).replace("%", "%%"),
        command=" ".join(_quoted(word).replace("$", "$$") for word in program),
        environment=environment,
    )


def _quoted(word: str) -> str:
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{_printable(plain)}"'


def _printable(word: str) -> str:
    if not word.isprintable():
        raise UsageError(
            f"systemd cannot be given the name {shown(word)}. Rename the folder, or start "
            "`catdog-sort watch` in another way."
        )
    return word
