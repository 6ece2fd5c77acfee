"""A plugin for pytest, ``-p hidden_modules``: nothing compiled can be imported, as where nothing was built."""

from __future__ import annotations

import sys

from anylabeling.extensions import MODULES

# None is how Python says that a module cannot be imported.
sys.modules.update(dict.fromkeys((*(f"anylabeling.extensions.{name}" for name in MODULES), "anylabeling_rust")))  # type: ignore[arg-type]
