from collections.abc import Iterable
from typing import Final

INTERFACE: Final[int]
BUILT_FOR: Final[str]
SOURCE_DIGEST: Final[str]

def natural_sort_keys(names: Iterable[str]) -> list[str]: ...
def natural_sorted(names: Iterable[str]) -> list[str]: ...
