"""Build the services from the settings, without Qt: for the window, the command line and other hosts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anylabeling.config import Config
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.pipeline import PipelineSettings
from anylabeling.services.auto_labeling.runtime_info import available_cpus
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.engine import FilterEngine
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.preloader import Preloader

_MOST_PARALLEL_CALLS = 4


@dataclass(frozen=True)
class Services:
    """The services of one program. Building them starts no thread and loads no library that is slow to load.

    Attributes:
        config: Returns the settings in force.
        image_cache: Decoded pictures.
        models: The loaded model.
    """

    config: Callable[[], Config]
    image_cache: ImageCache
    models: ModelManager

    def preloader(self) -> Preloader:
        """Return a preloader over the cache; whoever asks for it stops it."""
        return Preloader(self.image_cache)

    def pipeline_settings(self) -> PipelineSettings:
        """Return threads and batch for a run over many images, from the settings in force."""
        return pipeline_settings(self.config())

    def filter_engine(self) -> FilterEngine:
        """Return an engine that works with the settings in force."""
        return FilterEngine(self.pipeline_settings())

    def preferred_backend(self) -> str:
        """Return the backend that the settings ask for."""
        return str(self.config()["performance.preferred_backend"])

    def apply(self) -> None:
        """Let the services follow changed settings; what runs already keeps those it began with."""
        self.image_cache.resize(cache_bytes(self.config()))


def build_services(config: Callable[[], Config], *, for_many_images: bool = False) -> Services:
    """Build the services.

    Args:
        config: Returns the settings in force, such as ``lambda: store.config``.
        for_many_images: Set models up to get many images done instead of answering soon.
    """
    options = throughput_options if for_many_images else BackendOptions
    return Services(config, ImageCache(cache_bytes(config())), ModelManager(options))


def label_store(root: Path | str | None, output_dir: Path | str | None = None) -> LabelStore:
    """Return the label files of a folder of images."""
    return LabelStore(
        root=None if root is None else Path(root), output_dir=None if output_dir is None else Path(output_dir)
    )


def pipeline_settings(config: Config) -> PipelineSettings:
    """Return threads and batch for a run over many images."""
    return PipelineSettings(
        # Decoding shares the cores with the network: more threads than cores only push each other aside.
        decode_threads=max(1, min(int(config["performance.num_worker_threads"]), available_cpus())),
        write_threads=int(config["performance.io_threads"]),
        batch_size=min(int(config["performance.batch_size"]), int(config["performance.max_batch_size"])),
    )


def throughput_options() -> BackendOptions:
    """Return how a backend is set up to get many images done: several calls at once on few threads each."""
    cores = available_cpus()
    concurrency = min(_MOST_PARALLEL_CALLS, cores)
    return BackendOptions(threads=max(1, cores // concurrency), concurrency=concurrency)


def cache_bytes(config: Config) -> int:
    """Return the budget of the picture cache."""
    return int(config["performance.image_cache_size_mb"]) << 20
