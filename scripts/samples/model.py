"""A small anchor-free detector: strides 8, 16 and 32, a two-way feature pyramid, and a head that is split by task.

The boxes are regressed as distributions over the distance to each side (Li et al., "Generalized Focal Loss", 2020).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDES = (8, 16, 32)
BINS = 16
"""Each side's distance is a distribution over 0..BINS-1 strides."""


class ConvBlock(nn.Module):
    """Convolution, batch normalisation, SiLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03)

    def forward(self, x: Tensor) -> Tensor:
        """Map (b, inputs, h, w) to (b, outputs, h / stride, w / stride)."""
        return functional.silu(self.norm(self.conv(x)))

    def fuse(self) -> None:
        """Fold the normalisation into the convolution; for inference only."""
        norm = self.norm
        if not isinstance(norm, nn.BatchNorm2d) or norm.running_var is None or norm.running_mean is None:
            return
        scale = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
        bias = norm.bias.detach() - norm.running_mean * scale
        self.conv.weight = nn.Parameter(self.conv.weight.detach() * scale[:, None, None, None])
        self.conv.bias = nn.Parameter(bias)
        self.norm = nn.Identity()


class Residual(nn.Module):
    """Two 3x3 convolutions around which the input is carried."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = ConvBlock(channels, channels, 3)
        self.second = ConvBlock(channels, channels, 3)

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape of (b, channels, h, w)."""
        return x + self.second(self.first(x))


class CrossStage(nn.Module):
    """A cross-stage partial block: half of the channels pass through residual blocks, and every step is kept."""

    def __init__(self, inputs: int, outputs: int, depth: int) -> None:
        super().__init__()
        half = outputs // 2
        self.enter = ConvBlock(inputs, outputs)
        self.steps = nn.ModuleList(Residual(half) for _ in range(depth))
        self.leave = ConvBlock(outputs + depth * half, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """Map (b, inputs, h, w) to (b, outputs, h, w)."""
        parts = list(self.enter(x).chunk(2, 1))
        for step in self.steps:
            parts.append(step(parts[-1]))
        return self.leave(torch.cat(parts, 1))


class PyramidPool(nn.Module):
    """Three chained 5x5 max poolings side by side, which widens the view of the deepest stage."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.enter = ConvBlock(channels, channels // 2)
        self.leave = ConvBlock(channels * 2, channels)

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape of (b, channels, h, w)."""
        parts = [self.enter(x)]
        for _ in range(3):
            parts.append(functional.max_pool2d(parts[-1], 5, 1, 2))
        return self.leave(torch.cat(parts, 1))


class Detector(nn.Module):
    """The whole detector.

    Args:
        classes: how many classes it tells apart.
        widths: channels at strides 2, 4, 8, 16 and 32.
        head_width: channels of the head's branches.
    """

    def __init__(
        self, classes: int, widths: tuple[int, int, int, int, int] = (16, 32, 64, 80, 112), head_width: int = 32
    ) -> None:
        super().__init__()
        self.classes = classes
        w2, w4, w8, w16, w32 = widths
        self.stem = nn.Sequential(ConvBlock(3, w2, 3, 2), ConvBlock(w2, w4, 3, 2), CrossStage(w4, w4, 1))
        self.stage8 = nn.Sequential(ConvBlock(w4, w8, 3, 2), CrossStage(w8, w8, 2))
        self.stage16 = nn.Sequential(ConvBlock(w8, w16, 3, 2), CrossStage(w16, w16, 2))
        self.stage32 = nn.Sequential(ConvBlock(w16, w32, 3, 2), CrossStage(w32, w32, 1), PyramidPool(w32))
        self.up16 = CrossStage(w32 + w16, w16, 1)
        self.up8 = CrossStage(w16 + w8, w8, 1)
        self.shrink8 = ConvBlock(w8, w8, 3, 2)
        self.down16 = CrossStage(w8 + w16, w16, 1)
        self.shrink16 = ConvBlock(w16, w16, 3, 2)
        self.down32 = CrossStage(w16 + w32, w32, 1)
        self.box_heads = nn.ModuleList(_branch(width, head_width, 4 * BINS) for width in (w8, w16, w32))
        self.class_heads = nn.ModuleList(_branch(width, head_width, classes) for width in (w8, w16, w32))
        self._start_head()

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Detect.

        Args:
            images: (b, 3, h, w) RGB 0..1, h and w multiples of 32.

        Returns:
            Box logits (b, anchors, 4, BINS), class logits (b, anchors, classes), anchor centres (anchors, 2) in
            pixels, and the anchors' strides (anchors, 1).
        """
        x8 = self.stage8(self.stem(images))
        x16 = self.stage16(x8)
        x32 = self.stage32(x16)
        up16 = self.up16(torch.cat((_double(x32), x16), 1))
        p8 = self.up8(torch.cat((_double(up16), x8), 1))
        p16 = self.down16(torch.cat((self.shrink8(p8), up16), 1))
        p32 = self.down32(torch.cat((self.shrink16(p16), x32), 1))
        levels = (p8, p16, p32)
        boxes = torch.cat([head(p).flatten(2) for head, p in zip(self.box_heads, levels, strict=True)], 2)
        scores = torch.cat([head(p).flatten(2) for head, p in zip(self.class_heads, levels, strict=True)], 2)
        centers, strides = _anchors(levels)
        return boxes.transpose(1, 2).unflatten(2, (4, BINS)), scores.transpose(1, 2), centers, strides

    def fuse(self) -> None:
        """Fold every normalisation into its convolution; for inference only."""
        for module in self.modules():
            if isinstance(module, ConvBlock):
                module.fuse()

    def _start_head(self) -> None:
        """Start with the belief that objects are rare and a few strides wide, which steadies the first steps."""
        for head, stride in zip(self.class_heads, STRIDES, strict=True):
            nn.init.constant_(head[-1].bias, float(torch.tensor(8.0 / self.classes / (640 / stride) ** 2).log()))
        for head in self.box_heads:
            nn.init.constant_(head[-1].bias, 1.0)


def _branch(inputs: int, width: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(ConvBlock(inputs, width, 3), ConvBlock(width, width, 3), nn.Conv2d(width, outputs, 1))


def _double(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def _anchors(levels: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
    centers, strides = [], []
    for level, stride in zip(levels, STRIDES, strict=True):
        height, width = level.shape[2], level.shape[3]
        x = torch.arange(width, device=level.device, dtype=torch.float32) + 0.5
        y = torch.arange(height, device=level.device, dtype=torch.float32) + 0.5
        rows, columns = torch.meshgrid(y, x, indexing="ij")
        grid = torch.stack((columns, rows), -1).reshape(-1, 2)
        centers.append(grid * stride)
        strides.append(torch.full_like(grid[:, :1], stride))
    return torch.cat(centers), torch.cat(strides)


def decode_boxes(logits: Tensor, centers: Tensor, strides: Tensor) -> Tensor:
    """Turn box logits (b, anchors, 4, BINS) into corners (b, anchors, 4) ``x1, y1, x2, y2`` in pixels."""
    bins = torch.arange(BINS, device=logits.device, dtype=torch.float32)
    distances = (logits.float().softmax(-1) * bins).sum(-1) * strides
    left_top, right_bottom = distances[..., :2], distances[..., 2:]
    return torch.cat((centers - left_top, centers + right_bottom), -1)


class ExportedDetector(nn.Module):
    """The detector with the output layout of an Ultralytics YOLOv8 export."""

    def __init__(self, detector: Detector) -> None:
        super().__init__()
        self.detector = detector

    def forward(self, images: Tensor) -> Tensor:
        """Map (b, 3, h, w) RGB 0..1 to (b, 4 + classes, anchors): cx, cy, w, h in pixels, and scores 0..1."""
        logits, classes, centers, strides = self.detector(images)
        corners = decode_boxes(logits, centers, strides)
        middle = (corners[..., :2] + corners[..., 2:]) / 2
        size = corners[..., 2:] - corners[..., :2]
        return torch.cat((middle, size, classes.float().sigmoid()), -1).transpose(1, 2)
