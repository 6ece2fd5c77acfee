"""The window's entry: ``anylabeling [PATH] [options]``."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from qtpy.QtCore import QCoreApplication, Qt, QTimer
from qtpy.QtWidgets import QApplication

from anylabeling import __version__
from anylabeling.config import SETTINGS, ConfigWarning, load_config, validate
from anylabeling.qt.excepthook import ExceptionReporter
from anylabeling.qt.languages import use_language
from anylabeling.qt.leaving import leave_objects_to_the_system
from anylabeling.translation import tr, trn
from anylabeling.utils import collector
from anylabeling.utils.log import set_up_logging
from anylabeling.utils.one_line_parser import OneLineParser

_LONGEST_START_MS = 5000


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and return the exit code.

    Args:
        argv: Arguments after the program's name; ``sys.argv`` when None.
    """
    parser = _parser()
    arguments = parser.parse_args(sys.argv[1:] if argv is None else list(argv))
    if (arguments.output or "").lower().endswith(".json"):
        parser.error("argument --output: it names a folder; File > Save As writes the labels of one image to a file")
    if not _has_display():
        # Qt would abort, with a message about its plugins.
        parser.exit(2, "anylabeling: there is no display; see anylabeling label --help for work without a window\n")
    collector.hold_off()
    reporter = ExceptionReporter()
    reporter.install()
    try:
        config, warnings = load_config(arguments.config, overrides=_overrides(arguments))
    except (OSError, ValueError) as error:
        parser.error(str(error))
    set_up_logging(str(config["logger_level"]))
    with _light_libraries():
        app = _application()
        use_language(app, str(config["language"]))  # before the first import of what it shows

        from anylabeling.bootstrap import Program, StartOptions  # after the QApplication: widgets need one
        from anylabeling.views.window_state import WindowState

        if arguments.reset_config:
            WindowState().clear()
        program = Program(
            config,
            StartOptions(
                arguments.path,
                arguments.model,
                arguments.output,
                arguments.screenshot,
                arguments.config,
                not arguments.no_plugins,
            ),
        )
        reporter.connect_queued(program.report_exception)
        _report_config(program, warnings)
        _quit_on_signals(program)
        program.start()
    program.after_first_image(collector.settle)
    QTimer.singleShot(_LONGEST_START_MS, collector.settle)  # a folder may be empty
    code = app.exec_()
    collector.settle()
    program.finish()
    leave_objects_to_the_system()
    return int(code or program.exit_code)


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="anylabeling",
        description="Label images in a window.",
        epilog="Commands that need no window: label, filter, convert, train, models, serve, doctor. "
        "See anylabeling COMMAND --help.",
    )
    parser.add_argument("path", nargs="?", help="a folder, an image or a label file to open")
    parser.add_argument("--version", action="version", version=f"anylabeling {__version__}")
    parser.add_argument("--model", metavar="FILE", help="model to load: an .onnx or .pt file, or a config.yaml")
    parser.add_argument("--no-plugins", action="store_true", help="start without the plug-ins that are installed")
    parser.add_argument("--output", "-O", "-o", metavar="DIR", help="folder for the label files")
    parser.add_argument("--config", metavar="FILE", help="settings file to use instead of ~/.anylabelingrc")
    parser.add_argument(
        "--labels", metavar="A,B", help="labels to offer, separated by commas, or a file with one a line"
    )
    parser.add_argument("--validatelabel", choices=["exact"], help="accept only labels that are offered")
    parser.add_argument("--nosortlabels", action="store_true", help="keep the labels in the order given")
    parser.add_argument(
        "--flags", metavar="A,B", help="flags that an image can have, separated by commas, or a file with one a line"
    )
    parser.add_argument(
        "--labelflags",
        metavar="YAML",
        help="flags that a shape can have by a pattern of its label, such as '{car: [parked]}', or a file of that",
    )
    parser.add_argument("--autosave", action="store_true", help="save after each change")
    parser.add_argument("--nodata", action="store_true", help="put no copy of the image into its label file")
    parser.add_argument(
        "--keep-prev", action="store_true", help="an image without labels starts with the shapes of the one before"
    )
    parser.add_argument(
        "--epsilon", type=float, metavar="PX", help="how near the mouse must be to take hold of a point"
    )
    parser.add_argument(
        "--reset-config", action="store_true", help="forget the layout of the window and what was opened last"
    )
    parser.add_argument("--theme", choices=["system", "light", "dark"], help="colours of the window")
    parser.add_argument("--logger-level", choices=["debug", "info", "warning", "error", "fatal"], help="what is logged")
    parser.add_argument(
        "--screenshot", metavar="PNG", help="label the first picture, save a picture of the window, end"
    )
    return parser


@contextlib.contextmanager
def _light_libraries() -> Iterator[None]:
    """Keep libraries from what takes long and is of no use here, while they are loaded; what a person has set counts.

    Qt looks for OpenGL with the first window, which nothing here draws with, and its drivers take longer to load than
    that window. The threads of numpy's linear algebra wait in a loop at first, and take a core from the start.
    """
    wanted = {"QT_XCB_GL_INTEGRATION": "none", "OPENBLAS_THREAD_TIMEOUT": "4"}
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        # Programs that are started from here decide for themselves.
        for name in added:
            os.environ.pop(name, None)


def _has_display() -> bool:
    """Return whether Qt will find a screen; another platform than the usual ones can be named in QT_QPA_PLATFORM."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in named)


def _overrides(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the settings that the command line sets for this run only.

    Raises:
        ValueError: When one of them cannot be set so.
    """
    words = {"labels": arguments.labels, "flags": arguments.flags}
    given: dict[str, object] = {key: _label_list(text) for key, text in words.items() if text}
    if arguments.labelflags:
        given["label_flags"] = _label_flags(arguments.labelflags)
    switches = {
        "sort_labels": (arguments.nosortlabels, False),
        "auto_save": (arguments.autosave, True),
        "store_data": (arguments.nodata, False),
        "keep_prev": (arguments.keep_prev, True),
    }
    given |= {key: value for key, (is_given, value) in switches.items() if is_given}
    values = {
        "validate_label": arguments.validatelabel,
        "epsilon": arguments.epsilon,
        "theme": arguments.theme,
        "logger_level": arguments.logger_level,
    }
    given |= {key: value for key, value in values.items() if value is not None}
    for key, value in given.items():
        _check(key, value)
    return given


def _check(key: str, value: object) -> None:
    try:
        validate(SETTINGS[key], value)
    except ValueError as error:
        raise ValueError(f"{key} {error}") from error


def _label_list(text: str) -> list[str]:
    from pathlib import Path

    listed = Path(text).read_text(encoding="utf-8").splitlines() if Path(text).is_file() else text.split(",")
    return list(dict.fromkeys(label.strip() for label in listed if label.strip()))


def _label_flags(text: str) -> object:
    """Return a mapping from YAML, on the command line or in a file.

    Raises:
        ValueError: When it is none.
    """
    from pathlib import Path

    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    from anylabeling.config.schema import SETTINGS, validate

    try:
        found = YAML(typ="safe", pure=True).load(
            Path(text).read_text(encoding="utf-8") if Path(text).is_file() else text
        )
        return validate(SETTINGS["label_flags"], found)
    except (YAMLError, ValueError) as error:
        raise ValueError(f"argument --labelflags: {str(error).splitlines()[0]}") from error


def _application() -> QApplication:
    # Qt 5 scales only when asked before the application exists; Qt 6 always does and has dropped the attributes.
    for name in ("AA_EnableHighDpiScaling", "AA_UseHighDpiPixmaps"):
        attribute = getattr(Qt.ApplicationAttribute, name, None)
        if attribute is not None:
            QCoreApplication.setAttribute(attribute)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication([sys.argv[0] if sys.argv else "anylabeling"])
    assert isinstance(app, QApplication)
    app.setApplicationName("anylabeling")
    app.setOrganizationName("anylabeling")
    app.setApplicationDisplayName("AnyLabeling")
    app.setApplicationVersion(__version__)
    return app


def _report_config(program: Any, warnings: Sequence[ConfigWarning]) -> None:
    if len(warnings) == 1:
        program.report_warning(str(warnings[0]))
    elif warnings:
        # One notice for all: of many, the first would be out of sight before anybody has read it.
        files = {warning.path.name for warning in warnings if warning.path is not None}
        where = files.pop() if len(files) == 1 else tr("the settings")
        text = trn("%n problem in {where}.", "%n problems in {where}.", len(warnings), where=where)
        details = "\n".join(map(str, warnings))
        program.report_warning(text, tr("The defaults count instead; Details names each of them."), details)


def _quit_on_signals(program: Any) -> None:
    """End as by the window's close button when the system or the terminal wants that, so that nothing is lost."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        # Started by nohup, the program outlives its terminal.
        if number is not None and not (name == "SIGHUP" and signal.getsignal(number) == signal.SIG_IGN):
            signal.signal(number, lambda *_args: QTimer.singleShot(0, program.close))
    # Python runs signal handlers between bytecodes only; an idle event loop executes none.
    program.heartbeat.timeout.connect(lambda: None)
    program.heartbeat.start(250)
