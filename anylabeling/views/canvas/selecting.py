"""Selections that follow from the present one."""

from __future__ import annotations

from anylabeling.views.canvas.shape_view import ShapeView


def invert_selection(view: ShapeView) -> None:
    """Select every shape that is shown and not selected."""
    view.set_selection([item.uid for item in view.scene.items if not view.is_selected(item.uid)])


def select_same_label(view: ShapeView) -> None:
    """Select every shape that is shown and has the label of a selected one."""
    labels = {item.shape.label for item in view.scene.present(view.selection())}
    select_label(view, *labels)


def select_label(view: ShapeView, *labels: str) -> None:
    """Select every shape that is shown and has one of these labels."""
    view.set_selection([item.uid for item in view.scene.items if item.shape.label in labels])
