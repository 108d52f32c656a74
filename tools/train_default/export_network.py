"""Write a trained network as ONNX, batch-norm folded, and compare both.

    python tools/train_default/export_network.py WEIGHTS.safetensors FOLDER --size 260 \
        [--earlier BUNDLE --norms lite2.safetensors --keep-earlier 0.5] [--weights-as norms] [--round 15]

The file holds the weights under PyTorch's names with batch-norm multiplied in. With --weights-as
norms they are not folded, for networks with batch-norm that start from them; with --weights-as
keras they have Keras' names and order of axes. With --round they keep this number of significant bits, and a
wheel compresses better. With --keep-earlier the weights of the run's initial bundle are blended in
(Wortsman et al. 2022, "Model soups").
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort
import torch
from safetensors.torch import load_file
from train import bundle_weights

from catdog_sorter.model.bundle import ONNX
from catdog_sorter.model.networks.architectures import in_torch_layout
from catdog_sorter.model.networks.inverted_residuals import folded, keras_from_torch, with_norms
from catdog_sorter.model.networks.inverted_residuals_torch import InvertedResiduals
from catdog_sorter.training.fit.export import finish_onnx

_OPSET = 18


def rounded(array: npt.NDArray[np.float32], significant: int) -> npt.NDArray[np.float32]:
    """Round to this number of significant bits, of 24."""
    unit = 1 << (24 - significant)
    bits = np.ascontiguousarray(array).view(np.uint32)
    return ((bits + np.uint32(unit // 2)) & ~np.uint32(unit - 1)).view(np.float32)


def main() -> None:
    """Blend, fold, export, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--arch", default="efficientnet_lite2")
    parser.add_argument("--size", type=int, default=260)
    parser.add_argument("--earlier", type=Path)
    parser.add_argument("--norms", type=Path, help="the starting weights")
    parser.add_argument("--keep-earlier", type=float, default=0.0)
    parser.add_argument("--round", type=int, metavar="BITS")
    parser.add_argument("--weights-as", choices=("folded", "norms", "keras"), default="folded")
    options = parser.parse_args()
    weights = load_file(options.weights)
    if options.keep_earlier:
        earlier = bundle_weights(options.earlier, load_file(options.norms))
        weights = {
            name: torch.lerp(weight, earlier[name], options.keep_earlier)
            for name, weight in weights.items()
        }
    network = InvertedResiduals(options.arch, 2)
    network.load_state_dict(weights)
    network.eval()
    batch = torch.rand(2, 3, options.size, options.size) * 2 - 1
    with torch.inference_mode():
        before = network(batch)
    arrays = {name: weight.numpy() for name, weight in weights.items()}
    if options.weights_as == "folded":
        arrays = with_norms(folded(arrays))
    elif options.weights_as == "keras":
        arrays = keras_from_torch(arrays)
    if options.round:
        arrays = {name: rounded(array, options.round) for name, array in arrays.items()}
    own = in_torch_layout(options.arch, arrays)
    network.load_state_dict({name: torch.from_numpy(array) for name, array in own.items()})
    network.fold()
    options.folder.mkdir(parents=True, exist_ok=True)
    file = options.folder / ONNX
    program = torch.onnx.export(
        network,
        (batch,),
        dynamo=True,
        opset_version=_OPSET,
        input_names=["photos"],
        output_names=["logits"],
        dynamic_shapes=({0: torch.export.Dim("photos_in_batch", min=1)},),
        verbose=False,
    )
    assert program is not None
    onnx.save(program.model_proto, file)
    finish_onnx(file, arrays)
    session = ort.InferenceSession(file, providers=["CPUExecutionProvider"])
    given = session.run(None, {"photos": batch.numpy()})[0]
    print("largest difference of a logit:", float(np.abs(given - before.numpy()).max()))


if __name__ == "__main__":
    main()
