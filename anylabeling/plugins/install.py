"""Let the rest of the program ask plug-ins for what they bring, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable

from anylabeling.document.formats import registry
from anylabeling.plugins.host import PluginHost
from anylabeling.services.auto_labeling import model_families


def install(host: PluginHost) -> Callable[[], None]:
    """Offer the families and formats of plug-ins wherever those of the program are; nothing is imported yet.

    Returns:
        A function that takes that back.
    """

    def families() -> list[model_families.OpeningFamily]:
        from anylabeling.plugins.families import plugin_families

        return list(plugin_families(host))

    def formats() -> list[registry.FormatInfo]:
        from anylabeling.plugins.formats import plugin_formats

        return list(plugin_formats(host))

    model_families.add_provider(families)
    registry.add_provider(formats)

    def take_back() -> None:
        model_families.remove_provider(families)
        registry.remove_provider(formats)

    return take_back
