"""Kinds of models that plug-ins bring, as the program's own look."""

from __future__ import annotations

import contextlib
import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.shape import Shape
from anylabeling.errors import BackendError, ModelError
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.messages.models import UNKNOWN_WEIGHTS, BackendChoice, ModelInfo
from anylabeling.plugins.api_models import Model, ModelFamily, ModelSource, PredictOptions
from anylabeling.plugins.api_values import PluginError
from anylabeling.plugins.host import Loaded, PluginFailed, PluginHost
from anylabeling.plugins.values import shapes_from
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.detection_model import BytesNetwork, nothing_typed
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates
from anylabeling.services.auto_labeling.model_files import clean_name, load_yaml
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.one_by_one import OneByOneModel
from anylabeling.services.auto_labeling.preprocess import check_image
from anylabeling.services.auto_labeling.shape_candidates import NameTable, candidates_of, scaled
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_ALL_OF_IT = 1 << 16
_HEAD_BYTES = 1 << 16
_TYPE = re.compile(rb"^type[ \t]*:[ \t]*['\"]?([A-Za-z0-9_.-]+)", re.MULTILINE)
_TO_RGB = {PixelFormat.BGR: "COLOR_BGR2RGB", PixelFormat.BGRA: "COLOR_BGRA2RGB"}


@dataclass(frozen=True, slots=True)
class PluginFamily:
    """A family of a plug-in; see model_families.OpeningFamily."""

    host: PluginHost
    loaded: Loaded
    family: ModelFamily

    @property
    def name(self) -> str:
        """The family."""
        return self.family.name

    def find(self, path: str) -> ModelSource | None:
        """Return what the model is loaded from, when it is of this family."""
        file = Path(path)
        if file.suffix.lower() in (".yaml", ".yml"):
            return ModelSource(file, load_yaml(file)) if _type_of(file) == self.family.name else None
        if file.suffix.lower() not in self.family.suffixes or not file.is_file():
            return None
        matches = self.family.matches
        try:
            is_one = matches is None or self.host.call(self.loaded, f"{self.name} matches", matches, file)
        except (PluginError, PluginFailed):
            return None
        return ModelSource(file) if is_one else None

    def open(self, found: ModelSource, options: BackendOptions) -> PluginModel:
        """Load the model."""
        if options.cancel is not None:
            options.cancel.raise_if_cancelled()
        try:
            model = self.host.call(self.loaded, f"{self.name} load", self._loaded_model, found)
        except PluginError as error:
            raise ModelError(_sentence(error), details=repr(error)) from error
        except PluginFailed as error:
            raise _is_off(self.loaded) from error
        return PluginModel(self.host, self.loaded, self.family, found, model)

    def _loaded_model(self, found: ModelSource) -> Model:
        model: object = self.family.load(found)
        if not isinstance(model, Model):
            raise TypeError(f"load returned a {type(model).__name__} and no Model")
        return model


def plugin_families(host: PluginHost) -> Iterator[PluginFamily]:
    """Yield the families of all plug-ins; loads them first."""
    for loaded in host.active():
        for family in loaded.families:
            yield PluginFamily(host, loaded, family)


def plugin_suffixes(host: PluginHost) -> frozenset[str]:
    """Return the endings of files that are models of plug-ins; none before they were loaded."""
    if not host.is_loaded:
        return frozenset()
    return frozenset(suffix for one in plugin_families(host) for suffix in one.family.suffixes)


class _Picture(NamedTuple):
    pixels: UInt8Array
    full_size: tuple[int, int]


class PluginModel(OneByOneModel):
    """A model of a plug-in. Any thread may call it; see ``models.yolo.YoloModel`` for what the members mean."""

    spec: ModelSpec | None = None
    bytes_network: BytesNetwork | None = None
    one_shape = False
    keeps_pictures = True  # so that it is told what cancels

    def __init__(
        self, host: PluginHost, loaded: Loaded, family: ModelFamily, source: ModelSource, model: Model
    ) -> None:
        """Take over a loaded model."""
        self._host = host
        self._loaded = loaded
        self._family = family
        self._source = source
        self._model = model
        self._own_names = tuple(clean_name(str(name)) for name in model.class_names)
        self._typed: tuple[str, ...] = ()
        self._names = NameTable(self._own_names, is_open=not self._own_names)
        self.concurrency = max(1, int(model.concurrency))
        self._lane = ModelLane(self.concurrency, self._free, family.title)

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        source, model, package = self._source, self._model, self._loaded.info
        title = source.config.get("display_name") or source.config.get("name") or source.path.stem
        kept = bool(model.weights) and not self._names.is_open
        found_by = f"{model.weights} {self._typed!r}" if self._typed else model.weights
        return ModelInfo(
            name=clean_name(str(title)),
            path=str(source.path),
            family=self._family.name,
            task=str(model.task),
            layout="",
            class_names=self.class_names,
            input_width=int(model.tile_px),
            input_height=int(model.tile_px),
            dynamic_batch=model.batch_size > 1,
            choice=BackendChoice(package.package, str(model.device)),
            has_iou=not model.removes_overlaps,
            weights=f"{package.package} {package.version} {self._family.name} {found_by}" if kept else UNKNOWN_WEIGHTS,
            can_tile=model.tile_px > 0 and not self._names.is_open,
            takes_text=bool(model.takes_text),
        )

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that are known by now."""
        return self._names.names

    def with_classes(self, names: tuple[str, ...]) -> PluginModel:
        """Return a model that looks for what is typed; without anything, for the classes of its own."""
        other = copy.copy(self)
        other._typed = tuple(dict.fromkeys(filter(None, map(clean_name, names))))
        known = other._typed or self._own_names
        other._names = NameTable(known, is_open=not known)
        return other

    @property
    def suggested(self) -> SuggestedOptions:
        """What a config says about which objects count."""
        return SuggestedOptions(
            confidence=_share(self._source.config, "confidence_threshold", "conf_threshold"),
            iou=_share(self._source.config, "nms_threshold", "iou_threshold"),
        )

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep."""
        return int(self._model.max_side_px) or _ALL_OF_IT

    def batch_for(self, wanted: int) -> int:
        """Return how many pictures go into one call."""
        return max(1, min(wanted, int(self._model.batch_size)))

    def warm_up(self, batch: int = 1) -> None:
        """Look at a grey picture, to find out whether the model works.

        Raises:
            ModelError: When it does not.
        """
        del batch
        if self._asks_for_text:
            return
        self.candidates(np.full((64, 64, 3), 114, np.uint8))

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> _Picture:
        """Make a picture RGB, and no larger than the model wants it."""
        from anylabeling.opencv import cv2

        check_image(image, pixel_format)
        size = full_size or (image.shape[1], image.shape[0])
        longest, most = max(image.shape[:2]), self.min_side_px
        pixels: Any = image
        if longest > most:
            wanted = (max(1, round(image.shape[1] * most / longest)), max(1, round(image.shape[0] * most / longest)))
            pixels = cv2.resize(pixels, wanted, interpolation=cv2.INTER_AREA)
        code = _TO_RGB.get(pixel_format)
        pixels = np.ascontiguousarray(pixels) if code is None else cv2.cvtColor(pixels, getattr(cv2, code))
        view = np.asarray(pixels, np.uint8).view()
        view.flags.writeable = False
        return _Picture(view, size)

    def infer(
        self, prepared: Sequence[_Picture], *, cancel: CancelToken | None = None, fill_to: int = 1
    ) -> list[tuple[Shape, ...]]:
        """Return what the model finds in each picture, in its own pixels.

        Raises:
            ModelError: When it fails at a picture, or the plug-in was switched off.
        """
        del fill_to
        if self._asks_for_text:
            raise nothing_typed(self.info.name)
        token = cancel or CancelToken()
        token.raise_if_cancelled()
        options = PredictOptions(CANDIDATE_FLOOR, self._typed, lambda: token.cancelled)
        with self._lane.call():
            try:
                found = self._host.call(
                    self._loaded, f"{self._family.name} predict_shapes", self._asked, prepared, options
                )
            except PluginError as error:
                raise ModelError(_sentence(error), details=repr(error)) from error
            except PluginFailed as error:
                raise _is_off(self._loaded) from error
        token.raise_if_cancelled()  # what was found may be only a part
        return found

    def finish(self, prepared: _Picture, output: tuple[Shape, ...], *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Bring the objects into the pixels of the whole picture."""
        height, width = prepared.pixels.shape[:2]
        across, down = prepared.full_size[0] / width, prepared.full_size[1] / height
        shapes = output if (across, down) == (1, 1) else [scaled(shape, across, down) for shape in output]
        return candidates_of(
            shapes, self._names, prepared.full_size, floor=floor, is_suppressed=self._model.removes_overlaps
        )

    def hold(self) -> contextlib.AbstractContextManager[None]:
        """Keep the model loaded during a block."""
        return self._lane.hold()

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
        self._lane.close()

    @property
    def _asks_for_text(self) -> bool:
        return bool(self._model.takes_text) and not self._typed and not self._own_names

    def _asked(self, prepared: Sequence[_Picture], options: PredictOptions) -> list[tuple[Shape, ...]]:
        pictures = [one.pixels for one in prepared]
        if len(pictures) == 1:
            return [shapes_from(self._model.predict_shapes(pictures[0], options))]
        found = self._model.predict_shapes_batch(pictures, options)
        if len(found) != len(pictures):
            raise ValueError(f"{len(pictures)} pictures gave {len(found)} results")
        return [shapes_from(shapes) for shapes in found]

    def _free(self) -> None:
        with contextlib.suppress(PluginError, PluginFailed):
            self._host.call(self._loaded, f"{self._family.name} close", self._model.close)


def _type_of(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            found = _TYPE.search(stream.read(_HEAD_BYTES))
    except OSError:
        return ""
    return found.group(1).decode("ascii").lower() if found else ""


def _share(values: Mapping[str, Any], *keys: str) -> float | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
    return None


def _sentence(error: PluginError) -> str:
    text = clean_name(str(error)) or type(error).__name__
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _is_off(loaded: Loaded) -> BackendError:
    return BackendError(
        tr("The plug-in of {package} is switched off.", package=loaded.info.package),
        hint=tr("Tools > Plug-ins > Manage Plug-ins says why."),
        details=loaded.info.error,
    )
