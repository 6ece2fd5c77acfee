"""Plug-ins that work, that do not, and that are switched off."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from plugin_hosts import Hosts
from plugin_packages import make_package

from anylabeling import plugins
from anylabeling.messages.plugins import PluginState
from anylabeling.plugins.hooks import PluginHooks
from anylabeling.plugins.host import PluginFailed, failure_text

GOOD = """
    from anylabeling.plugins import Action, Plugin
    heard = []
    class Made(Plugin):
        api_version = 1
        title = "Good"
        def actions(self):
            return [Action("wave", "Wave", lambda request: None)]
        def on_started(self, program):
            heard.append(program)
"""


def test_the_example_says_what_it_brings(example: Path, hosts: Hosts) -> None:
    (info,) = hosts.make().infos()
    assert (info.id, info.package, info.version, info.title) == ("colours", "anylabeling-colours", "1.0", "Colours")
    assert info.state is PluginState.ON
    assert info.families == ("Outlines by colour",)
    assert info.formats == ("Table of boxes (CSV)",)
    assert info.actions == ("Name by Colour",)
    assert info.hooks == ("shapes of a model", "run finished")
    assert hosts.failures == []


def test_nothing_is_imported_before_it_is_needed(site: Path, hosts: Hosts) -> None:
    make_package(site, "good-one", GOOD)
    host = hosts.make()
    assert host.with_hook("on_started") == ()
    assert "good_one" not in sys.modules
    host.load()
    assert "good_one" in sys.modules
    assert [one.info.id for one in host.with_hook("on_started")] == ["good-one"]


def test_what_is_switched_off_is_not_even_imported_and_comes_back(site: Path, hosts: Hosts) -> None:
    make_package(site, "good-one", GOOD)
    hosts.disabled = ["good-one"]
    host = hosts.make()
    (info,) = host.infos()
    assert (info.state, info.package, info.actions) == (PluginState.OFF, "good-one", ())
    assert "good_one" not in sys.modules
    changed: list[int] = []
    host.changed.connect(lambda: changed.append(1))
    hosts.disabled = []
    host.follow_settings()
    assert host.infos()[0].state is PluginState.ON
    PluginHooks(host).started(has_window=False)
    heard = importlib.import_module("good_one").heard
    assert [(program.has_window, bool(program.version)) for program in heard] == [(False, True)]
    hosts.disabled = ["good-one"]
    host.follow_settings()
    PluginHooks(host).started(has_window=False)
    assert len(heard) == 1
    assert len(changed) == 2


BROKEN = {
    "no-module": ("import nothing_of_this_name\n", "import", "ModuleNotFoundError"),
    "syntax": ("def (:\n", "import", "SyntaxError"),
    "leaves": ("import sys\nsys.exit(3)\n", "import", "SystemExit"),
    "no-class": ("Other = 1\n", "import", "AttributeError"),
    "no-plugin": ("class Made: api_version = 1\n", "import", "TypeError"),
    "raises": ("from anylabeling.plugins import Plugin\nclass Made(Plugin):\n    def __init__(self): 1 / 0\n",
               "import", "ZeroDivisionError"),
    "wrong-rows": ("from anylabeling.plugins import Plugin\nclass Made(Plugin):\n    api_version = 1\n"
                   "    def actions(self): return ['x']\n", "actions", "TypeError"),
    "taken-type": ("from anylabeling.plugins import *\nclass Made(Plugin):\n    api_version = 1\n"
                   "    def families(self): return [ModelFamily('yolov99', 'Y', None)]\n", "families", "ValueError"),
    "taken-format": ("from anylabeling.plugins import *\nclass Made(Plugin):\n    api_version = 1\n"
                     "    def formats(self): return [DatasetFormat('coco', 'C')]\n", "formats", "ValueError"),
    "bad-name": ("from anylabeling.plugins import *\nclass Made(Plugin):\n    api_version = 1\n"
                 "    def actions(self): return [Action('A b', 'C', print)]\n", "actions", "ValueError"),
    "old": ("from anylabeling.plugins import Plugin\nclass Made(Plugin):\n    api_version = 7\n",
            "api_version", "version 7"),
    "no-version": ("from anylabeling.plugins import Plugin\nclass Made(Plugin): pass\n", "api_version", "version 0"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_one_that_is_broken_is_off_with_one_clear_notice_and_the_others_work(
    site: Path, hosts: Hosts, kind: str
) -> None:
    code, hook, error = BROKEN[kind]
    make_package(site, f"a-{kind}", code)
    make_package(site, "good-one", GOOD)
    host = hosts.make()
    broken, good = host.infos()
    assert good.state is PluginState.ON
    assert broken.state in (PluginState.FAILED, PluginState.OTHER_VERSION)
    assert host.infos() == (broken, good)
    (failure,) = hosts.failures
    assert (failure.package, failure.hook) == (f"a-{kind}", hook)
    text = failure_text(failure)
    assert f"a-{kind}" in text
    assert hook in text
    assert error in text


def test_two_packages_with_a_plug_in_of_one_name(site: Path, hosts: Hosts) -> None:
    make_package(site, "first", GOOD, entry="same = first:Made")
    make_package(site, "second", GOOD, entry="same = second:Made")
    states = {info.package: info.state for info in hosts.make().infos()}
    assert sorted(states.values()) == [PluginState.FAILED, PluginState.ON]
    assert "another package" in failure_text(hosts.failures[0])


def test_one_that_raises_later_is_off_from_then_on_and_named_once(site: Path, hosts: Hosts) -> None:
    make_package(
        site,
        "later",
        """
        from anylabeling.plugins import Plugin
        calls = []
        class Made(Plugin):
            api_version = 1
            def on_started(self, program):
                calls.append(1)
                raise KeyError("what is missing")
        """,
    )
    host = hosts.make()
    host.load()
    hooks = PluginHooks(host)
    hooks.started(has_window=True)
    hooks.started(has_window=True)
    assert importlib.import_module("later").calls == [1]
    (failure,) = hosts.failures
    assert failure_text(failure) == ("The plug-in of later is switched off: started: KeyError: 'what is missing'.")
    assert "Traceback" in failure.details
    hosts.disabled = []
    host.follow_settings()
    assert host.infos()[0].state is PluginState.FAILED


def test_a_reason_for_people_does_not_switch_off(site: Path, hosts: Hosts) -> None:
    make_package(
        site,
        "polite",
        """
        from anylabeling.plugins import Plugin, PluginError
        class Made(Plugin):
            api_version = 1
            def on_started(self, program):
                raise PluginError("The file is not there.")
        """,
    )
    host = hosts.make()
    (loaded,) = host.active()
    with pytest.raises(plugins.PluginError, match="not there"):
        host.call(loaded, "started", loaded.plugin.on_started, None)  # type: ignore[union-attr]
    assert loaded.is_on
    with pytest.raises(PluginFailed):
        host.call(loaded, "started", lambda: 1 // 0)
    assert not loaded.is_on


def test_the_interface_is_light_and_knows_no_qt() -> None:
    code = (
        "import sys, anylabeling.plugins\n"
        "names = {'cv2', 'onnx', 'PyQt5', 'qtpy', 'shapely', 'PIL', 'ruamel', 'anylabeling.services'}\n"
        "heavy = names & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_every_name_of_the_interface_is_documented_in_the_guide() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "guide" / "plugins.md").read_text(encoding="utf-8")
    missing = [name for name in plugins.__all__ if f"`{name}" not in guide]
    missing += [
        name for name in vars(plugins.Plugin) if name.startswith(("on_", "change_")) and f"`{name}" not in guide
    ]
    assert missing == []
