"""Tells cats from dogs in photos and sorts them into folders.

The public API is `Classifier` and `Sorter`, with the types they return and raise. These names are
stable; all others may change with any release. Nothing is loaded before it is used.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from catdog_sorter.version import __version__ as __version__

# Otherwise ONNX Runtime 1.32 and newer collects telemetry.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

if TYPE_CHECKING:
    from catdog_sorter.classification.classifier import Classifier, Picture, Verdict
    from catdog_sorter.classification.sorter import Sorter, SortPlan
    from catdog_sorter.errors import (
        BundleError,
        BusyError,
        CatdogError,
        MissingExtra,
        UnreadablePhoto,
        UsageError,
    )
    from catdog_sorter.labels import Label, Prediction, Unreadable
    from catdog_sorter.moving.journal import Run
    from catdog_sorter.moving.modes import Mode
    from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored, Restored
    from catdog_sorter.moving.plan import GroupMove, Move, Reason, Skip
    from catdog_sorter.moving.sort import Totals

__all__ = [
    "BundleError",
    "BusyError",
    "CatdogError",
    "Classifier",
    "GroupMove",
    "Label",
    "MissingExtra",
    "Mode",
    "Move",
    "MoveFailed",
    "Moved",
    "NotRestored",
    "Picture",
    "Prediction",
    "Reason",
    "Restored",
    "Run",
    "Skip",
    "SortPlan",
    "Sorter",
    "Totals",
    "Unreadable",
    "UnreadablePhoto",
    "UsageError",
    "Verdict",
]

_HOMES = {
    "classification.classifier": ("Classifier", "Picture", "Verdict"),
    "classification.sorter": ("SortPlan", "Sorter"),
    "errors": (
        "BundleError",
        "BusyError",
        "CatdogError",
        "MissingExtra",
        "UnreadablePhoto",
        "UsageError",
    ),
    "labels": ("Label", "Prediction", "Unreadable"),
    "moving.journal": ("Run",),
    "moving.modes": ("Mode",),
    "moving.outcomes": ("MoveFailed", "Moved", "NotRestored", "Restored"),
    "moving.plan": ("GroupMove", "Move", "Reason", "Skip"),
    "moving.sort": ("Totals",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
