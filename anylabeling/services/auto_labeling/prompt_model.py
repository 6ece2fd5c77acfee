"""What the window needs of a loaded model that answers prompts, whatever its family."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import Mark, Mask
from anylabeling.services.auto_labeling.embeddings import Embedding, EmbeddingLimits
from anylabeling.services.auto_labeling.exemplars import Exemplar
from anylabeling.utils.cancellation import CancelToken


class PromptModel(Protocol):
    """A loaded model that outlines what is marked. ``models.segment_anything.SegmentAnythingModel`` documents each."""

    @property
    def info(self) -> ModelInfo:
        """What the window shows about it."""

    def set_embedding_limits(self, limits: EmbeddingLimits) -> None:
        """Keep more or fewer embeddings from now on."""

    def warm_up(self) -> None:
        """Run once on nothing."""

    def is_prepared(self, image: UInt8Array, image_path: str | None) -> bool:
        """Whether the embedding of a picture is in memory."""

    def kept(self, paths: Iterable[str]) -> set[str]:
        """Return those pictures whose embedding is in memory or on disk."""

    def embedding(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        cancel: CancelToken | None = None,
        background: bool = False,
    ) -> Embedding:
        """Return what the encoder makes of a picture."""

    def decode(self, embedding: Embedding, marks: Sequence[Mark], *, cancel: CancelToken | None = None) -> Mask:
        """Return the object that the marks mean."""

    def alike(
        self,
        embedding: Embedding,
        picture: UInt8Array,
        exemplars: Sequence[Exemplar],
        *,
        name: str = "",
        pixel_format: PixelFormat = PixelFormat.RGB,
        on_progress: Callable[[Progress], object] | None = None,
        cancel: CancelToken | None = None,
    ) -> list[Mask]:
        """Return everything that is like the marked objects; not asked for where ``info.finds_alike`` is False."""

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model loaded during a block."""

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
