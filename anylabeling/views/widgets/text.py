"""Numbers, times and paths as people read them."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from anylabeling.translation import tr, trn

if TYPE_CHECKING:
    from anylabeling.messages.progress import Progress


_LONG_WORD = re.compile(r"\S{24,}")
_BREAKS = re.compile(r"(?<=[/\\_.\-])(?=[^/\\_.\-])")
_NO_BREAK = re.compile(r"[^\u200b]{24}(?=[^\u200b])")
_MAY_BREAK = "\u200b"
_MOST_IN_MENU = 60
_MOST_IN_TIP = 1000


def breakable(text: str) -> str:
    """Return a text whose long words, such as paths, may go on in the next line; what is seen is the same."""

    def divided(word: re.Match[str]) -> str:
        return _NO_BREAK.sub(lambda part: part.group() + _MAY_BREAK, _BREAKS.sub(_MAY_BREAK, word.group()))

    return _LONG_WORD.sub(divided, text)


def search_text(text: str) -> str:
    """Return a text as it is searched: in small letters without accents, which not every keyboard has."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def menu_text(text: str) -> str:
    """Return a text, such as a label, as it stands in a menu: on one line, not too long, without marks of keys."""
    line = " ".join(text.split())
    cut = line if len(line) <= _MOST_IN_MENU else line[: _MOST_IN_MENU - 1].rstrip() + "…"
    return cut.replace("&", "&&")


def tip_text(text: str) -> str:
    """Return a text, such as a label, as a tool tip: tags are not obeyed, and what is long goes on in the next line."""
    if len(text) <= _MOST_IN_MENU and "<" not in text:
        return text
    shown = text if len(text) <= _MOST_IN_TIP else text[: _MOST_IN_TIP - 1] + "…"
    return "<qt>" + html.escape(breakable(shown)).replace("\n", "<br>") + "</qt>"


def count_text(number: int) -> str:
    """Return a whole number with thousands separators."""
    return f"{number:,}"


def plural(number: int, noun: str, several: str = "") -> str:
    """Return a number with its noun, such as "1 image" or "1,204 images"."""
    return trn(f"%n {noun}", f"%n {several or noun + 's'}", number)


def duration_text(seconds: float) -> str:
    """Return a time as m:ss, or h:mm:ss from one hour on."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def rate_text(per_second: float) -> str:
    """Return a rate, with a decimal only where it says something."""
    return f"{per_second:,.0f}/s" if per_second >= 10 else f"{per_second:.1f}/s"


def score_text(score: float | None) -> str:
    """Return a score as ".89"; 1 is "1.00", none is empty."""
    return "" if score is None else f"{score:.2f}".removeprefix("0")


def progress_text(progress: Progress) -> str:
    """Return how far work has come: "6,120 / 9,871 · 118/s · 0:32 left · 2 failed"."""
    total = count_text(progress.total) if progress.total is not None else "…"
    parts = [f"{progress.done:,} / {total}"]
    if progress.rate_per_s > 0:
        parts.append(rate_text(progress.rate_per_s))
    if progress.remaining_s is not None:
        parts.append(tr("{duration} left", duration=duration_text(progress.remaining_s)))
    if progress.failed:
        parts.append(tr("{failed:,} failed", failed=progress.failed))
    return " · ".join(parts)


def size_text(size_bytes: int) -> str:
    """Return a size on disk, such as "640 bytes", "12 KB" or "1.2 MB"."""
    if size_bytes < 1024:
        return plural(size_bytes, "byte")
    size = size_bytes / 1024
    for unit in ("KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1024
    return f"{size:,.0f} {unit}" if size >= 10 or unit == "KB" else f"{size:.1f} {unit}"
