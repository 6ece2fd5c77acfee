"""From the raw outputs of a YOLO network to candidates, by task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.models.yolo_classify import classes_from
from anylabeling.services.auto_labeling.models.yolo_masks import MaskDetails
from anylabeling.services.auto_labeling.models.yolo_oriented import oriented_from
from anylabeling.services.auto_labeling.models.yolo_pose import LEAST_KEY_POINT_SCORE, key_points_from
from anylabeling.services.auto_labeling.object_details import ObjectDetails
from anylabeling.services.auto_labeling.postprocess import (
    BEST_CLASS,
    BEST_CLASS_ROWS,
    END_TO_END,
    OF_WHOLE_PICTURE,
    RTDETR,
    RTDETR_BEST,
    YOLOV8,
    Rows,
    candidates_of,
    corners_of,
    read_rows,
)
from anylabeling.services.auto_labeling.preprocess import Letterbox
from anylabeling.translation import tr

_SCORE_SLACK = 0.02
"""Half precision and quantized networks miss 0 and 1 by a little."""

RawOutputs = tuple[NDArray[np.generic], ...]
"""One picture's outputs without the batch axis; a checkpoint may give more than a task reads."""


def read_candidates(spec: ModelSpec, outputs: RawOutputs, box: Letterbox, floor: float) -> Candidates:
    """Return everything that a network has found in one picture, from a low score up.

    Args:
        spec: Completed by the first run.
        outputs: The picture's outputs.
        box: How the picture lies in the input.
        floor: The least score.
    """
    if spec.task == "classify":
        return classes_from(outputs[0], box, floor)
    rows = read_rows(outputs[0], layout_of(spec, outputs[0].shape[0]), floor, spec.extras)
    known = rows.class_ids < len(spec.class_names)
    if not known.all():  # an end-to-end network writes class numbers itself
        rows = Rows(rows.boxes[known], rows.scores[known], rows.class_ids[known], rows.extra[known])
    if spec.layout in OF_WHOLE_PICTURE:
        sides = np.array([box.input_width, box.input_height] * 2, np.float32)
        rows = rows._replace(boxes=rows.boxes * sides)
    if spec.task == "obb":
        oriented, corners = oriented_from(rows.boxes, rows.extra[:, -1], box)
        found = candidates_of(rows, corners, spec.layout, box, floor, oriented)
    else:
        details = _details(spec, rows, outputs, box)
        found = candidates_of(rows, corners_of(rows, spec.layout), spec.layout, box, floor, details)
    return replace(found, is_agnostic=True) if spec.is_agnostic else found


def check_scores(spec: ModelSpec, outputs: Sequence[NDArray[np.generic]]) -> None:
    """Raise ModelError when what stands in the place of scores cannot be scores: the layout is another one.

    Args:
        spec: Completed by the first run.
        outputs: Of that run, with the batch axis.
    """
    if spec.task == "classify":
        return
    first = np.asarray(outputs[0], np.float32)
    layout, count = layout_of(spec, first.shape[1]), len(spec.class_names)
    if layout in (YOLOV8, BEST_CLASS):
        scores = first[:, 4 : 4 + count if layout == YOLOV8 else 5]
    else:
        # Objectness stands before YOLOv5's classes; a single score before the class of the layouts without overlaps.
        first_of_all = {RTDETR: (4, 4 + count), END_TO_END: (4, 5), RTDETR_BEST: (4, 5)}
        begin, end = first_of_all.get(layout, (4, 5 + count))
        scores = first[:, :, begin:end]
    low, high = (float(np.nan_to_num(edge)) for edge in (scores.min(initial=0.0), scores.max(initial=0.0)))
    if low < -_SCORE_SLACK or high > 1 + _SCORE_SLACK:
        raise ModelError(
            tr(
                "{name} gives numbers from {low:.1f} to {high:.1f} where scores of {count} classes should be: it was "
                "taken for a {task} model in the layout {layout}, and is another one ({shapes}).",
                name=spec.path.name,
                low=low,
                high=high,
                count=count,
                task=spec.task,
                layout=layout,
                shapes=spec.shapes,
            ),
            hint=tr(
                "Say what it is in a config.yaml beside it: type, such as yolo11_pose or yolo11_obb, model_path and "
                "classes."
            ),
        )


def layout_of(spec: ModelSpec, rows: int) -> str:
    """Return the layout of an output with so many rows: the model's own, or the one in which the graph has chosen."""
    return BEST_CLASS if spec.chooses_class and rows == BEST_CLASS_ROWS + spec.extras else spec.layout


def condensed(
    spec: ModelSpec, outputs: Sequence[NDArray[np.generic]], rows: Sequence[int], floor: np.float32
) -> list[RawOutputs]:
    """Return copies of some pictures' outputs with only what read_candidates reads with this floor.

    Args:
        spec: Completed by the first run.
        outputs: Of a batch, (batch, ...) each.
        rows: The pictures' places in it.
        floor: The least score.
    """
    first = outputs[0]
    if len(outputs) == 1 and first.ndim == 3 and layout_of(spec, first.shape[1]) == BEST_CLASS:
        # All at once: a dozen calls of numpy for each of two thousand pictures a second are what others wait for.
        pictures, places = np.nonzero(first[:, 4] > floor)
        kept = np.asarray(first[pictures, :, places], np.float32).T
        bounds = np.searchsorted(pictures, np.arange(len(first) + 1)).tolist()
        return [(kept[:, bounds[row] : bounds[row + 1]],) for row in rows]
    return [_condensed(spec, tuple(output[row] for output in outputs), floor) for row in rows]


def _condensed(spec: ModelSpec, outputs: RawOutputs, floor: np.float32) -> RawOutputs:
    first = outputs[0]
    if spec.task != "classify" and first.ndim == 2:
        layout = layout_of(spec, first.shape[0])
        if layout == BEST_CLASS:
            first = first.take(np.flatnonzero(first[4] > floor), axis=1)
        elif layout == YOLOV8:
            scores = first[4 : len(first) - spec.extras].max(axis=0)
            first = first.take(np.flatnonzero(scores > floor), axis=1)
        elif layout == RTDETR:
            first = first[first[:, 4 : first.shape[1] - spec.extras].max(axis=1) > floor]
            if spec.has_own_masks:
                return _with_masks_of(np.array(first, np.float32), outputs)
        else:
            first = first[first[:, 4] > floor]
        return np.asarray(first, np.float32), *(np.array(output) for output in outputs[1:])
    return tuple(np.array(output, np.float32) for output in outputs)


def _with_masks_of(rows: NDArray[np.float32], outputs: RawOutputs) -> RawOutputs:
    """Return rows and only the masks that they have, of all the masks of a picture."""
    masks = prototypes_in(outputs)
    if masks is None:
        return (rows,)
    masks = np.array(masks[_mask_numbers(rows)], np.float32)
    rows[:, -1] = np.arange(len(rows))
    return rows, masks


def _mask_numbers(rows: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.rint(rows[:, -1]).astype(np.int64)


def prototypes_in(outputs: Sequence[NDArray[np.generic]]) -> NDArray[np.generic] | None:
    """Return the mask prototypes among a picture's outputs: the one with rows and columns."""
    return next((output for output in outputs[1:] if output.ndim == 3), None)


def _details(spec: ModelSpec, rows: Rows, outputs: RawOutputs, box: Letterbox) -> ObjectDetails | None:
    if spec.task == "pose" and spec.key_points is not None:
        least = LEAST_KEY_POINT_SCORE if spec.least_key_point_score is None else spec.least_key_point_score
        return key_points_from(rows.extra, spec.key_points, spec.key_point_names, box, least)
    if spec.task == "segment":
        prototypes = prototypes_in(outputs)
        if prototypes is not None and spec.has_own_masks:
            numbers = _mask_numbers(rows.extra)
            return MaskDetails(np.arange(len(numbers)), np.array(prototypes[numbers], np.float32), box)
        if prototypes is not None:
            # A copy: the output of a whole batch would live as long as this picture's candidates.
            return MaskDetails(rows.extra, np.array(prototypes, np.float32), box)
    return None
