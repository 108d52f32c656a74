"""Find cats and dogs in the training photos with the Open Images SSD, once.

    python -m tf2onnx.convert --tflite ssd_mobilenetv2_oidv4_fp16.tflite \\
        --output ssd.onnx --opset 17
    python tools/train_default/find_boxes.py DATA SPLIT STORE ssd.onnx boxes.json

Decodes the photos of DATA/SPLIT into STORE as well. `boxes.json` maps a file to its boxes, each
[animal, score 0 to 1, left, top, right, bottom] with sides from 0 to 1 of the photo's.
"""

import json
import math
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image
from pixel_store import PixelStore, build

from catdog_sorter.model.arrays import Floats32

CLASSES = {"cat": 8, "dog": 20}
SIDE = 300
_MAPS = (19, 10, 5, 3, 2, 1)
_MIN_SCORE = 0.15
_OVERLAP = 0.5


def anchors() -> Floats32:
    """(1917, 4): centre y, centre x, height, width of TensorFlow's SSD with six feature maps."""
    scales = [*np.linspace(0.2, 0.95, len(_MAPS)).tolist(), 1.0]
    rows = []
    for number, cells in enumerate(_MAPS):
        scale = scales[number]
        if number == 0:
            shapes = [(0.1, 1.0), (scale, 2.0), (scale, 0.5)]
        else:
            shapes = [(scale, aspect) for aspect in (1.0, 2.0, 0.5, 3.0, 1 / 3)]
            shapes.append((math.sqrt(scale * scales[number + 1]), 1.0))
        for y in range(cells):
            for x in range(cells):
                for size, aspect in shapes:
                    height, width = size / math.sqrt(aspect), size * math.sqrt(aspect)
                    rows.append(((y + 0.5) / cells, (x + 0.5) / cells, height, width))
    return np.array(rows, np.float32)


def decode(encodings: Floats32, anchor: Floats32) -> Floats32:
    """Box encodings (1917, 4) -> left, top, right, bottom (1917, 4)."""
    y = encodings[:, 0] / 10 * anchor[:, 2] + anchor[:, 0]
    x = encodings[:, 1] / 10 * anchor[:, 3] + anchor[:, 1]
    h = np.exp(encodings[:, 2] / 5) * anchor[:, 2] / 2
    w = np.exp(encodings[:, 3] / 5) * anchor[:, 3] / 2
    return np.clip(np.stack([x - w, y - h, x + w, y + h], 1), 0, 1)


def suppressed(boxes: Floats32, scores: Floats32) -> list[int]:
    """Numbers of the boxes left after non-maximum suppression, best first."""
    kept: list[int] = []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for number in np.argsort(-scores).tolist():
        if scores[number] < _MIN_SCORE or len(kept) == 8:
            break
        low = np.maximum(boxes[kept, :2], boxes[number, :2])
        high = np.minimum(boxes[kept, 2:], boxes[number, 2:])
        shared = np.prod(np.maximum(high - low, 0), axis=1)
        if not np.any(shared > _OVERLAP * (areas[kept] + areas[number] - shared)):
            kept.append(number)
    return kept


def main(data: Path, split: str, folder: Path, network: Path, target: Path) -> None:
    """Decode, detect, write."""
    for done in build(data, split, folder):
        print(f"\r{done} decoded", end="", flush=True)
    store = PixelStore(folder)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    anchor = anchors()

    def boxes(number: int) -> list[list[object]]:
        image = Image.fromarray(store.image(number)).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
        pixels = np.asarray(image, np.float32)[None] / 127.5 - 1
        encodings, logits = session.run(None, {name: pixels})
        placed = decode(encodings[0], anchor)
        scores = 1 / (1 + np.exp(-logits[0]))
        return [
            [animal, round(float(scores[n, column]), 3), *np.round(placed[n], 4).tolist()]
            for animal, column in CLASSES.items()
            for n in suppressed(placed, scores[:, column])
        ]

    found = {}
    with ThreadPoolExecutor(2) as pool:
        for number, rows in enumerate(pool.map(boxes, range(len(store)))):
            found[store.photos[number].file] = rows
            if number % 500 == 0:
                print(f"\r{number} of {len(store)}", end="", flush=True)
    target.write_text(json.dumps(found))


if __name__ == "__main__":
    main(*(kind(a) for kind, a in zip((Path, str, Path, Path, Path), sys.argv[1:], strict=True)))
