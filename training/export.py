"""A trained network to the two files that the package ships: int8 ONNX graphs that need no torch."""

from __future__ import annotations

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.network import Network
from training.reader import Reader

OPSET = 18


class Encoder(nn.Module):
    """Piece ids in; vectors, tags and event words out.

    There is no mask: a window is read by itself, and a mask that is always whole would take a third of the time.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor) -> tuple[Tensor, ...]:
        """All that a text is asked, in one pass."""
        net = self.network
        hidden = net.encoder(input_ids=pieces).last_hidden_state
        return hidden, net.tags(hidden), net.events(hidden)[..., 0]


OUTPUTS = ("hidden", "tags", "events")


def export_pair(network: Network, out: Path) -> None:
    """Write the small graph that types a marked pair from what was pooled of its sentence."""
    network.eval()
    whole = out.with_suffix(".float.onnx")
    example = (torch.ones(1, network.encoder.config.hidden_size * 4),)
    _export(network.pair, example, whole, ["pooled"], ["vector", "scores"], {})
    quantize(whole, out)


def export_encoder(network: Network, out: Path) -> None:
    """Write the int8 graph of the encoder with its heads over pieces."""
    network.eval()
    whole = out.with_suffix(".float.onnx")
    example = (torch.ones(2, 16, dtype=torch.int64),)
    axes = {name: {0: "batch", 1: "length"} for name in ("pieces", *OUTPUTS)}
    _export(Encoder(network), example, whole, ["pieces"], list(OUTPUTS), axes)
    quantize(whole, out)


def quantize(whole: Path, out: Path) -> None:
    """Eight-bit weights, one scale a channel; seven bits of them are used, so that no processor overflows."""
    ready = whole.with_suffix(".ready.onnx")
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), str(out), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    for path in (whole, ready):
        path.unlink()


class Whole(nn.Module):
    """Piece ids in; vectors, event words, their types and modalities out."""

    def __init__(self, network: Reader) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor) -> tuple[Tensor, ...]:
        """All that each piece is asked."""
        net = self.network
        hidden = net.encoder(input_ids=pieces).last_hidden_state
        return hidden, net.event(hidden), net.types(hidden), net.modality(hidden)


def export_reader(network: Reader, folder: Path) -> None:
    """Write the three graphs of the reader of whole reports: int8 for the encoder, floats for the small heads."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    size = network.encoder.config.hidden_size
    ids = torch.ones(1, 16, dtype=torch.int64)
    names = ["hidden", "event", "types", "modality"]
    whole = folder / "reader.float.onnx"
    axes = {name: {0: "batch", 1: "length"} for name in ("pieces", *names)}
    _export(Whole(network), (ids,), whole, ["pieces"], names, axes)
    quantize(whole, folder / "reader.onnx")
    vectors, others = torch.ones(3, size), torch.ones(4, size)
    near = torch.ones(3, 4, dtype=torch.int64)
    axes = {"triggers": {0: "t"}, "phrases": {0: "p"}, "near": {0: "t", 1: "p"}, "links": {0: "t", 1: "p"}}
    _export(
        network.links, (vectors, others, near), folder / "links.onnx", ["triggers", "phrases", "near"], ["links"], axes
    )
    axes = {"triggers": {0: "t"}, "same": {0: "t", 1: "t"}}
    _export(network.same, (vectors,), folder / "same.onnx", ["triggers"], ["same"], axes)


def _export(
    network: nn.Module,
    example: tuple[Tensor, ...],
    out: Path,
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    torch.onnx.export(
        network,
        example,
        str(out),
        input_names=inputs,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
