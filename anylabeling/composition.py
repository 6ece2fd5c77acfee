"""Build the services from the settings, without Qt: for the window, the command line and other hosts.

What belongs to models and to the filter is imported when it is first asked for: the window shows its first picture
without it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling import accel
from anylabeling.codecs.buffers import PIXEL_BUFFERS
from anylabeling.config import Config
from anylabeling.document.annotation import Annotation
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.prompt_manager import PromptModels
from anylabeling.services.dataset.label_store import FileStamp, LabelStore
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.preloader import Preloader
from anylabeling.utils import paths
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.processors import available_cpus

if TYPE_CHECKING:
    from anylabeling.messages.diagnostics import LiveFigures
    from anylabeling.messages.filtering import CacheStats
    from anylabeling.plugins.host import PluginHost
    from anylabeling.services.auto_labeling.backend import BackendOptions
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.auto_labeling.embedding_preloader import EmbeddingPreloader
    from anylabeling.services.auto_labeling.embeddings import EmbeddingLimits
    from anylabeling.services.auto_labeling.pipeline import PipelineSettings
    from anylabeling.services.filtering.engine import FilterEngine, FilterStores

_MOST_PARALLEL_CALLS = 16
"""On 16 cores, 4, 8 and 16 calls at once did 82, 108 and 134 pictures a second; each takes about 70 MB."""
_MOST_IDLE_BYTES = 192 << 20
_CALIBRATION_IMAGES = 128


class FilterMemory:
    """The stores of the image filter, made when they are first asked for; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[bool, FilterStores] = {}

    def stores(self, *, persistent: bool, max_bytes: int | None = None) -> FilterStores:
        """Return stores that keep what they know in files, or in memory only; detections take ``max_bytes`` at most."""
        from anylabeling.services.filtering.detection_store import DEFAULT_MAX_BYTES
        from anylabeling.services.filtering.engine import FilterStores

        with self._lock:
            if persistent not in self._made:
                self._made[persistent] = file_stores() if persistent else FilterStores.in_memory()
            self._made[persistent].detections.resize(DEFAULT_MAX_BYTES if max_bytes is None else max_bytes)
            return self._made[persistent]

    def peek(self, *, persistent: bool) -> FilterStores | None:
        """Return stores that were made already; None otherwise."""
        with self._lock:
            return self._made.get(persistent)

    def close(self) -> None:
        """Write what is waiting and close all of them."""
        with self._lock:
            for stores in self._made.values():
                stores.detections.close()
                stores.labels.close()
            self._made.clear()


@dataclass(frozen=True)
class Services:
    """The services of one program. Building them starts no thread and loads no library that is slow to load.

    Attributes:
        config: Returns the settings in force.
        image_cache: Decoded pictures.
        models: The loaded model.
        prompts: The loaded model that outlines what is marked.
        preloaders: Those that were given out.
        memory: What is remembered between filter runs.
    """

    config: Callable[[], Config]
    image_cache: ImageCache
    models: ModelManager
    memory: FilterMemory = field(default_factory=FilterMemory)
    prompts: PromptModels = field(default_factory=PromptModels)
    preloaders: list[Preloader] = field(default_factory=list)

    def embedding_preloader(self) -> EmbeddingPreloader:
        """Return what makes pictures ready for prompts ahead of time; whoever asks for it stops it."""
        from anylabeling.services.auto_labeling.embedding_preloader import EmbeddingPreloader

        return EmbeddingPreloader(lambda path: self.image_cache.load(path, count=False))

    def preloader(self) -> Preloader:
        """Return a preloader over the cache that follows the settings; whoever asks for it stops it."""
        preloader = Preloader(self.image_cache, preload_threads(self.config()))
        self.preloaders.append(preloader)
        return preloader

    def live_figures(self) -> LiveFigures:
        """Return how the cache, the decoders and the queues are doing."""
        from anylabeling.messages.diagnostics import LiveFigures

        stats, metrics = self.image_cache.stats(), METRICS.snapshot()
        decoding = metrics.timings.get("image.decode")
        return LiveFigures(
            cache_used_bytes=stats.used_bytes,
            cache_capacity_bytes=stats.capacity_bytes,
            cache_pictures=stats.count,
            cache_hits=stats.hits,
            cache_misses=stats.misses,
            decode_ms=decoding.recent_ms if decoding is not None else (),
            waiting={
                name.removeprefix("queue."): int(value)
                for name, value in metrics.gauges.items()
                if name.startswith("queue.")
            },
        )

    def result_cache_stats(self) -> CacheStats:
        """Return how the answers of the image filter are kept; it looks into their folder."""
        from anylabeling.services.filtering.result_cache import ResultCache

        stores = self.memory.peek(persistent=bool(self.config()["performance.cache_persistence"]))
        if stores is not None and stores.results is not None:
            return stores.results.stats()
        return ResultCache(result_cache_folder()).stats()

    def pipeline_settings(self) -> PipelineSettings:
        """Return threads and batch for a run over many images, from the settings in force."""
        return pipeline_settings(self.config())

    def lend_for_many(
        self, model: DetectionModel, images: int, cancel: CancelToken
    ) -> AbstractContextManager[DetectionModel]:
        """Return a context that holds what gets so many images done soonest: a copy of the model, or itself."""
        from anylabeling.services.auto_labeling.throughput_model import for_many_images
        from anylabeling.services.auto_labeling.tiled_model import lend_in_tiles

        options = backend_options(self.config(), for_many_images=True)
        changed = self.models.choice_changed.emit

        def lend(plain: DetectionModel, views: int) -> AbstractContextManager[DetectionModel]:
            return for_many_images(plain, options, images=images * views, cancel=cancel, on_choice_changed=changed)

        return lend_in_tiles(model, lend)

    def filter_engine(
        self, label_store: LabelStore | None = None, *, recognise_moved: bool | None = None
    ) -> FilterEngine:
        """Return an engine that works with the settings in force.

        Args:
            label_store: Where the labels of the images are; beside the images when None.
            recognise_moved: Recognise images that lie elsewhere now by their content; as the settings say when None.
        """
        from anylabeling.services.filtering.engine import FilterEngine

        return FilterEngine(
            self.pipeline_settings(),
            self.filter_stores(),
            label_store,
            recognise_moved=(
                bool(self.config()["image_filter.recognise_moved"]) if recognise_moved is None else recognise_moved
            ),
            lend=self.lend_for_many,
        )

    def filter_stores(self) -> FilterStores:
        """Return what is remembered between filter runs, as the settings in force want it."""
        config = self.config()
        stores = self.memory.stores(
            persistent=bool(config["performance.cache_persistence"]),
            max_bytes=int(config["performance.detection_store_mb"]) << 20,
        )
        return stores if config["performance.enable_result_caching"] else replace(stores, results=None)

    def preferred_backend(self) -> str:
        """Return the backend that the settings ask for."""
        return str(self.config()["performance.preferred_backend"])

    def note_saved(self, image_path: str, annotation: Annotation, stamp: FileStamp, label_path: Path) -> None:
        """Let the label index know what was just saved; any thread may call it."""
        self.filter_stores().labels.update(image_path, annotation, stamp, label_path)

    def note_written(self, image_paths: Sequence[str], label_store: LabelStore) -> None:
        """The same for many label files at once: they are read, which is quicker than telling what they say."""
        self.filter_stores().labels.refresh(image_paths, label_store)

    def close(self) -> None:
        """Write what is waiting and close the files; what was given out is not used any more."""
        self.memory.close()

    def apply(self) -> None:
        """Let the services follow changed settings; what runs already keeps those it began with."""
        self.image_cache.resize(cache_bytes(self.config()))
        PIXEL_BUFFERS.idle_limit_bytes = min(_MOST_IDLE_BYTES, cache_bytes(self.config()) // 2)
        for preloader in self.preloaders:
            preloader.resize(preload_threads(self.config()))
        self.prompts.apply_limits()
        accel.follow_setting(str(self.config()["performance.accel"]))


def file_stores() -> FilterStores:
    """Return stores over the files in the person's cache folder and in ``~/.anylabeling``."""
    from anylabeling.services.dataset.label_index import LabelIndex
    from anylabeling.services.filtering.detection_store import DetectionStore
    from anylabeling.services.filtering.engine import FilterStores
    from anylabeling.services.filtering.identities import ModelIdentities
    from anylabeling.services.filtering.result_cache import ResultCache

    return FilterStores(
        DetectionStore(paths.cache_dir() / "detections.sqlite"),
        LabelIndex(paths.cache_dir() / "labels.sqlite"),
        ResultCache(result_cache_folder()),
        ModelIdentities(),
    )


def result_cache_folder() -> Path:
    """Return where the answers of the image filter are kept."""
    return paths.data_dir() / "filter_cache"


def preload_threads(config: Config) -> int:
    """Return how many pictures are decoded ahead at once: one core stays free for the window."""
    return max(1, min(int(config["performance.io_threads"]), available_cpus() - 1))


def build_services(
    config: Callable[[], Config], *, for_many_images: bool = False, images: Sequence[str] = ()
) -> Services:
    """Build the services.

    Args:
        config: Returns the settings in force, such as ``lambda: store.config``.
        for_many_images: Set models up to get many images done instead of answering soon.
        images: The pictures that models will see, where they are known; some of them serve to calibrate 8-bit engines.
    """

    def options() -> BackendOptions:
        return backend_options(config(), for_many_images=for_many_images, images=images)

    accel.follow_setting(str(config()["performance.accel"]))
    prompts = PromptModels(limits=lambda: embedding_limits(config()))
    return Services(config, ImageCache(cache_bytes(config())), ModelManager(options), prompts=prompts)


def plugin_host(config: Callable[[], Config]) -> PluginHost:
    """Return the plug-ins of this program, offered wherever its own families and formats are.

    Nothing is looked for or imported before the first of them is needed.
    """
    from anylabeling.plugins.host import PluginHost
    from anylabeling.plugins.install import install

    host = PluginHost(lambda: config()["plugins.disabled"] or ())
    host.withdraw = install(host)
    return host


def model_manager(config: Callable[[], Config]) -> ModelManager:
    """Return another manager, for programs that hold several models at once, set up to answer soon."""
    return ModelManager(lambda: backend_options(config()))


def prompt_models(config: Callable[[], Config]) -> PromptModels:
    """Return another holder of a model that answers prompts; what it makes ready is kept by whoever asks."""
    return PromptModels(limits=lambda: replace(embedding_limits(config()), disk_bytes=0, folder=None))


def label_store(root: Path | str | None, output_dir: Path | str | None = None) -> LabelStore:
    """Return the label files of a folder of images."""
    return LabelStore(
        root=None if root is None else Path(root), output_dir=None if output_dir is None else Path(output_dir)
    )


def pipeline_settings(config: Config) -> PipelineSettings:
    """Return threads and batch for a run over many images."""
    from anylabeling.services.auto_labeling.pipeline import PipelineSettings

    return PipelineSettings(
        # Decoding shares the cores with the network: more threads than cores only push each other aside.
        decode_threads=max(1, min(int(config["performance.num_worker_threads"]), available_cpus())),
        write_threads=int(config["performance.io_threads"]),
        batch_size=min(int(config["performance.batch_size"]), int(config["performance.max_batch_size"])),
        max_batch_size=int(config["performance.max_batch_size"]),
    )


def backend_options(config: Config, *, for_many_images: bool = False, images: Sequence[str] = ()) -> BackendOptions:
    """Return how a backend is set up: to answer soon on all cores, or to get many images done.

    Args:
        config: The settings in force.
        for_many_images: Several calls at once on few threads each.
        images: The pictures that models will see, where they are known.
    """
    from anylabeling.services.auto_labeling.backend import BackendOptions, TensorRtOptions

    cores = available_cpus()
    concurrency = min(_MOST_PARALLEL_CALLS, cores) if for_many_images else 1
    # An even share of the pictures, not the first ones: those of one folder may be of one scene.
    step = max(1, len(images) // _CALIBRATION_IMAGES)
    return BackendOptions(
        threads=max(1, cores // concurrency) if for_many_images else 0,
        concurrency=concurrency,
        max_batch=int(config["performance.max_batch_size"]),
        images=len(images),
        tensorrt=TensorRtOptions(
            enabled=bool(config["performance.tensorrt_enabled"]),
            fp16=bool(config["performance.tensorrt_fp16"]),
            int8=bool(config["performance.tensorrt_int8"]),
            workspace_gb=float(config["performance.tensorrt_workspace_gb"]),
            calibration_images=tuple(images[::step][:_CALIBRATION_IMAGES]),
        ),
    )


def embedding_limits(config: Config) -> EmbeddingLimits:
    """Return how many embeddings are kept, and where."""
    from anylabeling.services.auto_labeling.embeddings import EmbeddingLimits

    return EmbeddingLimits(
        memory_bytes=int(config["performance.embedding_memory_mb"]) << 20,
        disk_bytes=int(config["performance.embedding_disk_mb"]) << 20,
        folder=paths.cache_dir() / "embeddings",
    )


def cache_bytes(config: Config) -> int:
    """Return the budget of the picture cache."""
    return int(config["performance.image_cache_size_mb"]) << 20
