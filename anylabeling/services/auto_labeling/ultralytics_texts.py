"""Typed names for checkpoints of YOLO-World and YOLOE: the features that their text encoders make of them.

YOLO-World was trained with the text encoder of CLIP ViT-B/32 (Radford et al., 2021: a transformer whose tokens see
those before them, with x * sigmoid(1.702 x) between its layers), YOLOE with that of MobileCLIP. Their weights are files
of their own, in the form TorchScript, which holds no code of Python. They are looked for and never downloaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.errors import BackendError, ModelError
from anylabeling.services.auto_labeling.clip_tokens import tokenizer_for
from anylabeling.translation import tr

WORLD, YOLOE = "world", "yoloe"
_LENGTH = 77
_CHANNELS_PER_HEAD = 64
_SLOPE = 1.702


def encoder_file(vocabulary: str, network: Any) -> str:
    """Return the name of the weights that a network's texts go through."""
    if vocabulary == WORLD:
        return "ViT-B-32.pt"
    return (
        "mobileclip2_b.ts" if str(getattr(network, "text_model", "")).startswith("mobileclip2") else "mobileclip_blt.ts"
    )


class TextEncoder:
    """Turns names into features."""

    def __init__(self, torch: Any, vocabulary: str, file_name: str, folders: Sequence[Path], device: str) -> None:
        """Load the weights.

        Args:
            torch: The module.
            vocabulary: WORLD or YOLOE.
            file_name: Of the weights.
            folders: Where they, and CLIP's vocabulary, may lie.
            device: Where they are to run.

        Raises:
            ModelError: When they or the vocabulary are missing.
            BackendError: When they cannot be loaded.
        """
        path = next((folder / file_name for folder in folders if (folder / file_name).is_file()), None)
        if path is None:
            raise ModelError(
                tr("The text encoder {name}, which turns typed names into features, is missing.", name=file_name),
                hint=tr("Download it yourself and put it beside the model."),
                details="\n".join(map(str, folders)),
            )
        self._tokenizer = tokenizer_for(folders)
        self._torch = torch
        self._device = device
        self._is_clip = vocabulary == WORLD
        try:
            loaded = torch.jit.load(str(path), map_location=device)
            self._weights: Any = _floats(loaded.state_dict()) if self._is_clip else loaded.eval()
        except (RuntimeError, ValueError, OSError) as error:
            raise BackendError(
                tr("The text encoder {name} cannot be loaded.", name=file_name),
                hint=tr("Download it again."),
                details=repr(error)[:2000],
            ) from error

    def features(self, names: Sequence[str]) -> Any:
        """Return the features of names, a tensor (1, names, channels) of length one each.

        Raises:
            BackendError: When the weights are not those of such an encoder.
        """
        torch = self._torch
        rows = np.stack([self._tokenizer.encode(name, _LENGTH) for name in names])
        tokens = torch.from_numpy(rows).to(self._device)
        try:
            with torch.inference_mode():
                found = (
                    clip_text(torch, self._weights, tokens) if self._is_clip else self._weights(tokens.int()).float()
                )
                return torch.nn.functional.normalize(found, dim=-1)[None].clone()
        except (RuntimeError, KeyError, IndexError, AttributeError) as error:
            raise BackendError(tr("The text encoder failed."), details=repr(error)[:2000]) from error


def clip_text(torch: Any, weights: Mapping[str, Any], tokens: Any) -> Any:
    """Return what CLIP's text encoder makes of tokens (n, length): (n, channels).

    Args:
        torch: The module.
        weights: By CLIP's names, in float32.
        tokens: Integers; the greatest one of a row is the end of its text.
    """
    function = torch.nn.functional
    hidden = weights["token_embedding.weight"][tokens] + weights["positional_embedding"][: tokens.shape[1]]
    count, length, width = hidden.shape
    heads = width // _CHANNELS_PER_HEAD
    layer = 0
    while f"transformer.resblocks.{layer}.ln_1.weight" in weights:
        block = {name: weights[f"transformer.resblocks.{layer}.{name}"] for name in _BLOCK}
        layer += 1
        normal = function.layer_norm(hidden, (width,), block["ln_1.weight"], block["ln_1.bias"])
        mixed = function.linear(normal, block["attn.in_proj_weight"], block["attn.in_proj_bias"])
        query, key, value = (
            part.reshape(count, length, heads, width // heads).transpose(1, 2) for part in mixed.chunk(3, dim=-1)
        )
        seen = function.scaled_dot_product_attention(
            query, key, value, is_causal=True, scale=1 / math.sqrt(width // heads)
        )
        seen = seen.transpose(1, 2).reshape(count, length, width)
        hidden = hidden + function.linear(seen, block["attn.out_proj.weight"], block["attn.out_proj.bias"])
        normal = function.layer_norm(hidden, (width,), block["ln_2.weight"], block["ln_2.bias"])
        wide = function.linear(normal, block["mlp.c_fc.weight"], block["mlp.c_fc.bias"])
        wide = wide * torch.sigmoid(_SLOPE * wide)
        hidden = hidden + function.linear(wide, block["mlp.c_proj.weight"], block["mlp.c_proj.bias"])
    hidden = function.layer_norm(hidden, (width,), weights["ln_final.weight"], weights["ln_final.bias"])
    return hidden[torch.arange(count), tokens.argmax(dim=-1)] @ weights["text_projection"]


_BLOCK = tuple(
    f"{part}.{kind}"
    for part in ("ln_1", "attn.out_proj", "ln_2", "mlp.c_fc", "mlp.c_proj")
    for kind in ("weight", "bias")
) + ("attn.in_proj_weight", "attn.in_proj_bias")


def _floats(state: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.float() for name, value in state.items() if not name.startswith("visual.")}
