"""What this program is."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from anylabeling import __version__
from anylabeling.translation import tr
from anylabeling.views.icons import app_icon


class AboutDialog(QDialog):
    """Name, version, licence."""

    def __init__(self, parent: QWidget | None = None, *, facts: tuple[tuple[str, str], ...] = ()) -> None:
        """Show the version and more facts.

        Args:
            parent: The window.
            facts: Pairs of name and value, such as the versions of libraries.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About AnyLabeling"))
        self.setMinimumWidth(440)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        title = QLabel(f"AnyLabeling {__version__}")
        title.setProperty("title", True)
        purpose = _line(tr("Label images with boxes, polygons and models that do most of the work."))
        lines = [f"{name}: {value}" for name, value in facts]
        details = _line("\n".join(lines))
        details.setProperty("muted", True)
        licence = _line(tr("Free software under the GNU General Public License, version 3 or later."))
        licence.setProperty("muted", True)
        words = QVBoxLayout()
        words.setSpacing(8)
        for label in (title, purpose, details, licence):
            words.addWidget(label)
        words.addStretch(1)
        details.setVisible(bool(lines))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(row)
        layout.addWidget(buttons)


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
