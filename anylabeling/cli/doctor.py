"""``anylabeling doctor``: say what this installation can do."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from anylabeling.cli import EXIT_FAILURES, EXIT_OK
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.messages.plugins import PluginInfo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Print what is installed, what each backend can do here and why not, and what has to be mended."
    )
    parser.epilog = "Exit codes: 0 all is well, 1 something has to be mended."
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace, _cancel: CancelToken) -> int:
    """Print what this installation can do and what is wrong with it."""
    import orjson

    from anylabeling.services.diagnostics import as_text, diagnose
    from anylabeling.utils.log import set_up_logging

    set_up_logging("error")
    diagnosis = diagnose()
    plugins = arguments.plugins.infos() if arguments.plugins is not None else ()
    healthy = diagnosis.healthy and not any(plugin.error for plugin in plugins)
    if arguments.json:
        facts = {**diagnosis.as_dict(), "healthy": healthy, "plugins": [asdict(plugin) for plugin in plugins]}
        print(orjson.dumps(facts, option=orjson.OPT_INDENT_2).decode())
    else:
        print(as_text(diagnosis))
        print("\nPlug-ins" + ("" if plugins else "\n  none"))
        for plugin in plugins:
            _print_plugin(plugin)
    return EXIT_OK if healthy else EXIT_FAILURES


def _print_plugin(plugin: PluginInfo) -> None:
    print(f"  {plugin.id} ({plugin.package} {plugin.version}): {plugin.error or plugin.state.value}")
    given = {"models": plugin.families, "formats": plugin.formats, "actions": plugin.actions, "told of": plugin.hooks}
    for what, names in given.items():
        if names:
            print(f"    {what:<8} {', '.join(names)}")
