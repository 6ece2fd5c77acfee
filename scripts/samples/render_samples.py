"""Render the bundled sample pictures.

python3 -m scripts.samples.render_samples [--out FOLDER]
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import NamedTuple

from anylabeling.opencv import cv2
from scripts.samples.canvas import Image, as_bytes
from scripts.samples.scenes import render_scene

IMAGES_FOLDER = Path(__file__).parents[2] / "anylabeling" / "resources" / "samples" / "images"
_QUALITY = 83
_EXIF_ORIENTATION = 0x0112
_TURNED_CLOCKWISE = 6


class Sample(NamedTuple):
    """How one bundled picture is rendered.

    Attributes:
        name: file name without suffix.
        seed: seed of the scene.
        stage: place of the scene.
        light: light of the scene.
        size: width and height in pixels, as shown.
        wanted: objects to place.
        turned: store the pixels lying on their side, with an EXIF orientation that says so.
    """

    name: str
    seed: int
    stage: str
    light: str
    size: tuple[int, int]
    wanted: int
    turned: bool = False


SAMPLES = (
    Sample("01-street-morning", 520, "street", "morning", (1280, 960), 13),
    Sample("02-park-noon", 532, "park", "noon", (1280, 960), 14),
    Sample("03-beach-day", 32, "beach", "noon", (1280, 853), 16),
    Sample("04-harbour-boats", 44, "harbour", "noon", (1280, 853), 11),
    Sample("05-breakfast-table", 52, "table", "morning", (1200, 900), 8),
    Sample("06-crowded-plaza", 63, "plaza", "noon", (1600, 1200), 38),
    Sample("07-parking-lot", 74, "parking", "overcast", (1280, 960), 14),
    Sample("08-winter-village", 587, "winter", "winter", (1280, 960), 15),
    Sample("09-crowded-beach", 91, "beach", "evening", (1600, 1067), 36),
    Sample("10-street-dusk", 104, "street", "dusk", (1280, 720), 12),
    Sample("11-toy-box", 614, "studio", "noon", (1200, 900), 16),
    Sample("12-park-portrait", 121, "park", "evening", (900, 1200), 11),
    Sample("13-phone-photo-turned", 131, "street", "noon", (960, 1280), 10, turned=True),
    Sample("14-crowded-winter", 143, "winter", "overcast", (1600, 1200), 36),
    Sample("15-empty-parking-lot", 152, "parking", "evening", (1280, 960), 0),
    Sample("16-empty-water", 164, "harbour", "morning", (1280, 853), 0),
)


def render_sample(sample: Sample) -> Image:
    """Render one picture, BGR uint8 (h, w, 3), as it is shown."""
    scene = render_scene(
        sample.seed, size=sample.size, stage=sample.stage, light=sample.light, count=sample.wanted, wear=0.0
    )
    return scene.image


def encode_sample(sample: Sample) -> bytes:
    """Render one picture and return it as a JPEG file."""
    from PIL import Image as PillowImage

    image = render_sample(sample)
    exif = PillowImage.Exif()
    if sample.turned:
        image = as_bytes(cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE))
        exif[_EXIF_ORIENTATION] = _TURNED_CLOCKWISE
    buffer = io.BytesIO()
    picture = PillowImage.fromarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
    picture.save(buffer, "JPEG", quality=_QUALITY, optimize=True, exif=exif)
    return buffer.getvalue()


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description="Render the bundled sample pictures.")
    parser.add_argument("--out", type=Path, default=IMAGES_FOLDER)
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for sample in SAMPLES:
        data = encode_sample(sample)
        (folder / f"{sample.name}.jpg").write_bytes(data)
        total += len(data)
        print(f"{sample.name}.jpg {len(data) // 1024} KiB")
    print(f"{len(SAMPLES)} pictures, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
