"""Training targets and loss of the detector.

Which anchor answers for which object is decided by how well it already classifies and places it (Feng et al.,
"TOOD: Task-aligned One-stage Object Detection", 2021).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from scripts.samples.model import BINS, decode_boxes

_CANDIDATES = 10
_CLASS_POWER, _IOU_POWER = 0.5, 6.0
_BOX_GAIN, _CLASS_GAIN, _SIDE_GAIN = 7.5, 0.5, 1.5
_SMALLEST_PX = 12.0


class Truth(NamedTuple):
    """The objects of a batch, padded to the same number.

    Attributes:
        labels: int64 (b, m).
        boxes: float32 (b, m, 4), ``x1, y1, x2, y2`` in pixels.
        valid: bool (b, m), False where there is only padding.
    """

    labels: Tensor
    boxes: Tensor
    valid: Tensor


class Targets(NamedTuple):
    """What each anchor should say.

    Attributes:
        positive: bool (b, anchors), True where the anchor answers for an object.
        boxes: (b, anchors, 4), that object's box.
        scores: (b, anchors, classes), 0 everywhere but at the object's class.
    """

    positive: Tensor
    boxes: Tensor
    scores: Tensor


def box_iou(first: Tensor, second: Tensor, *, complete: bool = False) -> Tensor:
    """Return the IoU of boxes ``x1, y1, x2, y2`` that broadcast against each other, shape (...).

    With ``complete`` it is lowered by the distance of the centres and by the difference in aspect (CIoU; Zheng et
    al., "Distance-IoU Loss", 2020).
    """
    low, high = torch.maximum(first[..., :2], second[..., :2]), torch.minimum(first[..., 2:], second[..., 2:])
    inner = (high - low).clamp(min=0).prod(-1)
    size1, size2 = first[..., 2:] - first[..., :2], second[..., 2:] - second[..., :2]
    iou = inner / (size1.prod(-1) + size2.prod(-1) - inner + 1e-7)
    if not complete:
        return iou
    hull = torch.maximum(first[..., 2:], second[..., 2:]) - torch.minimum(first[..., :2], second[..., :2])
    centers = (first[..., :2] + first[..., 2:] - second[..., :2] - second[..., 2:]) / 2
    distance = centers.square().sum(-1) / (hull.square().sum(-1) + 1e-7)
    angles = [torch.atan(size[..., 0] / (size[..., 1] + 1e-7)) for size in (size1, size2)]
    aspect = 4 / math.pi**2 * (angles[0] - angles[1]).square()
    with torch.no_grad():
        share = aspect / (aspect - iou + 1 + 1e-7)
    return iou - distance - share * aspect


@torch.no_grad()
def assign(scores: Tensor, boxes: Tensor, centers: Tensor, truth: Truth) -> Targets:
    """Choose the anchors that answer for each object.

    Args:
        scores: (b, anchors, classes), predicted, 0..1.
        boxes: (b, anchors, 4), predicted, in pixels.
        centers: (anchors, 2), in pixels.
        truth: the objects.
    """
    middle = (truth.boxes[..., :2] + truth.boxes[..., 2:]) / 2
    half = ((truth.boxes[..., 2:] - truth.boxes[..., :2]) / 2).clamp(min=_SMALLEST_PX / 2)
    away = (centers[None, None] - middle[:, :, None]).abs()
    inside = (away < half[:, :, None]).all(-1) & truth.valid[:, :, None]
    iou = box_iou(truth.boxes[:, :, None], boxes[:, None]).clamp(min=0) * inside
    index = truth.labels[:, :, None].expand(-1, -1, scores.shape[1])
    own_score = scores.transpose(1, 2).gather(1, index)
    alignment = own_score.pow(_CLASS_POWER) * iou.pow(_IOU_POWER)
    # The tiny term ranks the anchors of an object that no prediction touches yet.
    ranking = (alignment + 1e-12 / (1 + away.sum(-1))) * inside
    best = ranking.topk(_CANDIDATES, dim=-1).indices
    chosen = torch.zeros_like(inside).scatter_(-1, best, value=True) & inside
    # An anchor that several objects want goes to the one it overlaps most.
    owner = torch.where(chosen, iou + 1e-6, torch.zeros_like(iou)).argmax(1)
    positive = chosen.any(1)
    owned = torch.zeros_like(chosen).scatter_(1, owner[:, None], value=True) & positive[:, None]
    alignment = alignment * owned
    iou = iou * owned
    peak = alignment.amax(-1, keepdim=True)
    strength = (alignment * iou.amax(-1, keepdim=True) / (peak + 1e-12)).amax(1)
    target_boxes = truth.boxes.gather(1, owner[:, :, None].expand(-1, -1, 4))
    target_labels = truth.labels.gather(1, owner)
    target_scores = functional.one_hot(target_labels, scores.shape[2]).float() * (strength * positive)[:, :, None]
    return Targets(positive, target_boxes, target_scores)


def detection_loss(
    box_logits: Tensor, class_logits: Tensor, centers: Tensor, strides: Tensor, truth: Truth
) -> tuple[Tensor, dict[str, Tensor]]:
    """Return the loss, and its parts by name, for the outputs of `Detector` on a batch."""
    box_logits, class_logits = box_logits.float(), class_logits.float()
    boxes = decode_boxes(box_logits, centers, strides)
    targets = assign(class_logits.detach().sigmoid(), boxes.detach(), centers, truth)
    total = targets.scores.sum().clamp(min=1)
    class_loss = functional.binary_cross_entropy_with_logits(class_logits, targets.scores, reduction="sum") / total
    positive = targets.positive
    weight = targets.scores.sum(-1)[positive]
    iou = box_iou(boxes[positive], targets.boxes[positive], complete=True)
    box_loss = ((1 - iou) * weight).sum() / total
    anchor_centers = centers.expand(positive.shape[0], -1, -1)[positive]
    anchor_strides = strides.expand(positive.shape[0], -1, -1)[positive]
    goal = targets.boxes[positive]
    sides = torch.cat((anchor_centers - goal[:, :2], goal[:, 2:] - anchor_centers), -1) / anchor_strides
    side_loss = (_distribution_loss(box_logits[positive], sides) * weight).sum() / total
    loss = _BOX_GAIN * box_loss + _CLASS_GAIN * class_loss + _SIDE_GAIN * side_loss
    return loss, {"box": box_loss.detach(), "class": class_loss.detach(), "side": side_loss.detach()}


def _distribution_loss(logits: Tensor, distances: Tensor) -> Tensor:
    """Return the cross entropy (n,) of distributions (n, 4, BINS) with the two bins around each distance (n, 4)."""
    distances = distances.clamp(0, BINS - 1 - 0.01)
    lower = distances.floor().long()
    upper_share = distances - lower
    log_share = logits.log_softmax(-1)
    below = log_share.gather(-1, lower[..., None]).squeeze(-1)
    above = log_share.gather(-1, lower[..., None] + 1).squeeze(-1)
    return -(below * (1 - upper_share) + above * upper_share).mean(-1)
