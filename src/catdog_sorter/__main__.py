"""The command `catdog-sort`, and `python -m catdog_sorter`.

Preloads the model before parsing arguments, if the command line is likely to need it.
"""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from catdog_sorter.errors import EXIT_INTERRUPTED

_MODEL_COMMANDS = ("classify", "sort")
_NO_PRELOAD_OPTIONS = ("-h", "--help", "--model", "--backend", "--engine")
# By default Python collects garbage after 700 new objects, which takes a fifteenth of a start.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_COMPLETING = "_CATDOG_SORT_COMPLETE"


def main() -> None:
    """Run the command line; ends the process."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    with _leaving_at_once():
        if needs_model(sys.argv[1:]):
            from catdog_sorter.decoding import forked

            decoder = forked.start()  # a fork, so before numpy is loaded or a thread started
            from catdog_sorter.classification import warm_start

            warm_start.begin(decoder)
        from catdog_sorter.cli import main as run
    run()


@contextmanager
def _leaving_at_once() -> Iterator[None]:
    """End at once on Ctrl-C, which would otherwise be reported as a failed import."""
    is_usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_usual:
        signal.signal(signal.SIGINT, lambda *_: os._exit(EXIT_INTERRUPTED))
    yield
    if is_usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def needs_model(words: list[str]) -> bool:
    """Whether a command line most likely classifies photos with the model in use.

    A guess, as the arguments are not parsed yet; a wrong one costs only a moment.
    """
    if not words or _COMPLETING in os.environ:
        return False
    if any(word.partition("=")[0] in _NO_PRELOAD_OPTIONS for word in words):
        return False
    return words[0] in _MODEL_COMMANDS or os.path.exists(words[0])


if __name__ == "__main__":
    main()
