"""Notices show the whole of what they say."""

from __future__ import annotations

from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QApplication, QWidget

from anylabeling.views.notifications import Notifications

PATH = "/home/somebody/pictures/" + "anexceedinglylongname" * 5 + "/IMG_2024_0612.jpg"


def test_a_long_path_is_wrapped_and_copied_as_it_is(qapp: QApplication) -> None:
    host = QWidget()
    host.resize(640, 480)
    host.show()
    notices = Notifications(host)
    card = notices.show(f"The labels of {PATH} cannot be saved.", hint=f"Look at {PATH}.", details="why")
    qapp.processEvents()
    for label in (card.sentence, card.hint):
        widest = max(label.fontMetrics().horizontalAdvance(part) for part in label.text().split("\u200b"))
        assert 0 < widest <= label.width()
        assert label.height() >= label.heightForWidth(label.width()) > 3 * label.fontMetrics().height()
    card.toggle_details()
    card.copy_button.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == f"The labels of {PATH} cannot be saved.\nLook at {PATH}.\nwhy"
    host.close()


def test_a_question_outlives_what_is_only_told(qapp: QApplication) -> None:
    host = QWidget()
    host.resize(640, 480)
    host.show()
    notices = Notifications(host)
    notices.show("Restore?", actions=(("Restore", lambda: None),))
    for number in range(6):
        notices.show(f"{number} happened.", level="info")
    assert [card.text for card in notices.cards] == ["Restore?", "4 happened.", "5 happened."]
    for number in range(3):
        notices.show(f"{number}?", actions=(("Yes", lambda: None),))
    assert [card.text for card in notices.cards] == ["0?", "1?", "2?"]
    host.close()
