"""Tells cats from dogs in photos and sorts them into folders.

For other programs: `Classifier`, and what it gives and raises. These names are stable; all others
may change with any release. Nothing is loaded before it is used.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

# Otherwise ONNX Runtime, from 1.32 on, keeps figures on its use to send them to its makers.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

if TYPE_CHECKING:
    from catdog_sorter.classification.classifier import Classifier, Picture, Verdict
    from catdog_sorter.errors import (
        BundleError,
        CatdogError,
        MissingExtra,
        UnreadablePhoto,
        UsageError,
    )
    from catdog_sorter.labels import Label, Prediction, Unreadable

__version__ = "0.1.0"

__all__ = [
    "BundleError",
    "CatdogError",
    "Classifier",
    "Label",
    "MissingExtra",
    "Picture",
    "Prediction",
    "Unreadable",
    "UnreadablePhoto",
    "UsageError",
    "Verdict",
]

_HOMES = {
    "classification.classifier": ("Classifier", "Picture", "Verdict"),
    "errors": ("BundleError", "CatdogError", "MissingExtra", "UnreadablePhoto", "UsageError"),
    "labels": ("Label", "Prediction", "Unreadable"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
