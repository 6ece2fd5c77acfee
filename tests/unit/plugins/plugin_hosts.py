"""Makes hosts of plug-ins for tests."""

from __future__ import annotations

from collections.abc import Callable

from anylabeling.messages.plugins import PluginFailure
from anylabeling.plugins.host import PluginHost
from anylabeling.plugins.install import install


class Hosts:
    """Makes hosts whose families and formats are offered until the test is over, and notes what fails."""

    def __init__(self) -> None:
        self.failures: list[PluginFailure] = []
        self.disabled: list[str] = []
        self.take_back: list[Callable[[], None]] = []

    def make(self) -> PluginHost:
        host = PluginHost(lambda: self.disabled)
        host.failed.connect(self.failures.append)
        self.take_back.append(install(host))
        return host
