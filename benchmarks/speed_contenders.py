"""Programs that classify a folder of photos, each timed in a separate process by `speed.py`.

    python speed_contenders.py NAME FOLDER

prints one line of JSON: number of photos, seconds from the first to the last after loading the
model and warming up, and processor seconds of all threads and processes. This program uses its
default model. The other networks are MobileNetV2, or YOLO11n of Ultralytics, and untrained: weights
do not change the speed. They classify each photo once, whole; this program adds the mirror image
and crops where the first prediction is uncertain.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

_SIDE = 224
_WARM_UP = 4
WITH_PILLOW = ("script", "dataloader", "transformers")
Run = Callable[[list[Path]], Iterable[object]]


def ours(previews: str = "never", model: str | None = None) -> Run:
    """This program, as `catdog-sort classify --no-cache --previews never` runs it."""
    from catdog_sorter.classification.pipeline import classify
    from catdog_sorter.decoding.pool import DecoderPool
    from catdog_sorter.photos.find import Photo
    from catdog_sorter.previews import Previews

    bundle, backend = _opened(model)
    decoders = DecoderPool()
    decoders.close = lambda: None  # a run over a library starts them once

    def run(paths: list[Path]) -> Iterable[object]:
        photos = (Photo(p, p.parent) for p in paths)
        return classify(photos, bundle, backend, decoders=decoders, previews=Previews(previews))

    return run


def _opened(model: str | None = None):
    from catdog_sorter.model.backends import open_backend
    from catdog_sorter.model.bundle import load_bundle
    from catdog_sorter.model.registry import find_bundle

    bundle = load_bundle(find_bundle(model))
    return bundle, open_backend(bundle)


def previews() -> Run:
    """The same with `--previews auto`, its default."""
    return ours("auto")


def one_core() -> Run:
    """This program with default options, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return ours("auto")


def small_model() -> Run:
    """This program with `--model mobilenetv2-torch`, which does not use previews."""
    return ours("never", "mobilenetv2-torch")


def decoding() -> Run:
    """The first half of the limit: scaled decoding to the network's size, and nothing else."""
    from catdog_sorter.decoding.image import read_photo
    from catdog_sorter.decoding.pixels import resize
    from catdog_sorter.parallel import cores

    bundle, _ = _opened()
    spec = bundle.preprocessing

    def run(paths: list[Path]) -> Iterable[object]:
        with ThreadPoolExecutor(cores()) as pool:
            yield from pool.map(
                lambda path: resize(read_photo(path, spec.decode_side), spec.size).shape, paths
            )

    return run


def network(paths: list[Path]) -> Run:
    """The second half of the limit: the network, on every core, on photos decoded before.

    Uncertain photos get further views, as in this program, also prepared before.
    """
    from catdog_sorter.classification.pipeline import picture_probabilities
    from catdog_sorter.decoding.image import read_photo
    from catdog_sorter.decoding.pixels import resize
    from catdog_sorter.parallel import cores

    bundle, backend = _opened()
    spec = bundle.preprocessing
    whole = {path: resize(read_photo(path, spec.decode_side), spec.size) for path in paths}
    larger = {path: read_photo(path, bundle.high_res_side) for path in paths}

    def look(path: Path) -> object:
        return picture_probabilities([whole[path]], bundle, backend, lambda _: larger[path])

    def run(paths: list[Path]) -> Iterable[object]:
        with ThreadPoolExecutor(cores()) as pool:
            yield from pool.map(look, paths)

    return run


def _torch_network():
    import torch
    from torchvision.models import mobilenet_v2

    network = mobilenet_v2(num_classes=2).eval()
    return torch, network


def _to_tensor(path: Path):
    from PIL import Image
    from torchvision.transforms.functional import normalize, to_tensor

    picture = Image.open(path).convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BILINEAR)
    return normalize(to_tensor(picture), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def _register_heif() -> None:
    """Register a HEIC plugin of Pillow, if one is installed."""
    try:
        import pillow_heif
    except ImportError:
        return
    pillow_heif.register_heif_opener()


def script() -> Run:
    """A plain script: full decoding, torch eager, one photo at a time."""
    torch, network = _torch_network()

    def run(paths: list[Path]) -> Iterable[object]:
        for path in paths:
            with torch.inference_mode():
                yield network(_to_tensor(path)[None]).softmax(1).tolist()

    return run


class _Photos:
    """A torch data set; it has to be importable by the workers."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int):
        return _to_tensor(self.paths[index])


def dataloader() -> Run:
    """A torch DataLoader with two workers, batches of 32, torch eager."""
    torch, network = _torch_network()

    def run(paths: list[Path]) -> Iterable[object]:
        loader = torch.utils.data.DataLoader(_Photos(paths), batch_size=32, num_workers=2)
        for batch in loader:
            with torch.inference_mode():
                yield from network(batch).softmax(1).tolist()

    return run


def keras() -> Run:
    """Keras' image_dataset_from_directory with prefetching, and predict."""
    import keras as k
    import tensorflow as tf

    network = k.applications.MobileNetV2(weights=None, classes=2)

    def run(paths: list[Path]) -> Iterable[object]:
        photos = k.utils.image_dataset_from_directory(
            paths[0].parent, labels=None, image_size=(_SIDE, _SIDE), shuffle=False, verbose=False
        )
        scaled = photos.take(-(-len(paths) // 32)).map(lambda batch: batch / 127.5 - 1)
        yield from network.predict(scaled.prefetch(tf.data.AUTOTUNE), verbose=0)[: len(paths)]

    return run


def ultralytics() -> Run:
    """Ultralytics' classification."""
    from ultralytics import YOLO

    model = YOLO("yolo11n-cls.yaml", task="classify")

    def run(paths: list[Path]) -> Iterable[object]:
        names = [str(path) for path in paths]
        yield from model.predict(names, imgsz=_SIDE, device="cpu", verbose=False, stream=True)

    return run


def transformers() -> Run:
    """The image-classification pipeline of Hugging Face's transformers."""
    from transformers import MobileNetV2Config, MobileNetV2ForImageClassification, pipeline

    try:
        from transformers import MobileNetV2ImageProcessorFast as Processor
    except ImportError:
        from transformers import MobileNetV2ImageProcessor as Processor
    model = MobileNetV2ForImageClassification(MobileNetV2Config(num_labels=2))
    classify = pipeline("image-classification", model=model, image_processor=Processor())
    return lambda paths: classify([str(path) for path in paths])


CONTENDERS = (
    ours, previews, one_core, small_model, decoding, network, script, dataloader, keras,
    ultralytics, transformers,
)  # fmt: skip


def main(name: str, folder: Path) -> None:
    contender = next(contender for contender in CONTENDERS if contender.__name__ == name)
    paths = sorted(folder.iterdir())
    if name in WITH_PILLOW:
        _register_heif()
    run = contender(paths) if contender is network else contender()
    list(run(paths[:_WARM_UP]))
    begun, used = time.perf_counter(), processor_s()
    done = len(list(run(paths)))
    seconds, used = time.perf_counter() - begun, processor_s() - used
    if done != len(paths):
        raise SystemExit(f"{name} gave {done} results for {len(paths)} photos")
    print(json.dumps({"photos": done, "seconds": seconds, "processor_seconds": used}))


def processor_s() -> float:
    """Processor seconds of this process and its children, ended ones included."""
    alive = (child.cpu_times() for child in psutil.Process().children(recursive=True))
    return sum(os.times()[:4]) + sum(times.user + times.system for times in alive)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
