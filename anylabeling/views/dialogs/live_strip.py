"""How the program is doing right now: fill and hits of the cache, decode times, what waits, as small plots."""

from __future__ import annotations

from qtpy.QtWidgets import QHBoxLayout, QWidget

from anylabeling.messages.diagnostics import LiveFigures
from anylabeling.translation import tr
from anylabeling.views.widgets.sparkline import Figure, Sparkline

_MB = 1 << 20


class LiveStrip(QWidget):
    """Four figures side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cache = Figure(tr("Image cache"), Sparkline(largest=1.0))
        self.hits = Figure(tr("Cache hits"), Sparkline(largest=1.0))
        self.decoding = Figure(tr("Decoding"), Sparkline())
        self.waiting = Figure(tr("Waiting"), Sparkline())
        self.setObjectName("liveStrip")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 0)
        row.setSpacing(24)
        for figure in self.figures():
            row.addWidget(figure, 1)

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures from left to right."""
        return (self.cache, self.hits, self.decoding, self.waiting)

    def show_figures(self, figures: LiveFigures) -> None:
        """Show the figures of now beside those of before."""
        capacity_mb = figures.cache_capacity_bytes / _MB
        used = (
            tr(
                "{cache_used_bytes:,.0f} of {capacity_mb:,.0f} MB",
                cache_used_bytes=figures.cache_used_bytes / _MB,
                capacity_mb=capacity_mb,
            )
            if capacity_mb
            else tr("off")
        )
        self.cache.set_text(used, tr("{cache_pictures:,} pictures", cache_pictures=figures.cache_pictures))
        self.cache.plot.add(figures.cache_share)
        requests = figures.cache_hits + figures.cache_misses
        self.hits.set_text(
            f"{figures.hit_rate:.0%}" if requests else tr("none yet"),
            tr(
                "{cache_hits:,} hits, {cache_misses:,} misses",
                cache_hits=figures.cache_hits,
                cache_misses=figures.cache_misses,
            ),
        )
        self.hits.plot.add(figures.hit_rate)
        times = figures.decode_ms
        self.decoding.set_text(
            f"{times[-1]:,.0f} ms" if times else tr("none yet"),
            tr("{value:,.0f} ms on average over the latest {number}", value=sum(times) / len(times), number=len(times))
            if times
            else "",
        )
        self.decoding.plot.set_values(times)
        queues = [f"{name} {count}" for name, count in sorted(figures.waiting.items())]
        total = sum(figures.waiting.values())
        self.waiting.set_text(tr("{total:,} images", total=total) if total else tr("nothing"), ", ".join(queues))
        self.waiting.plot.add(total)
