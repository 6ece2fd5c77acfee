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


def select_group(view: ShapeView) -> None:
    """Select every shape that is shown and in the group of a selected one."""
    groups = {item.shape.group_id for item in view.scene.present(view.selection())} - {None}
    if groups:
        view.set_selection([item.uid for item in view.scene.items if item.shape.group_id in groups])


def select_next(view: ShapeView, step: int) -> None:
    """Select the next shape that is shown in the drawing order, or the one before with -1, going round at the ends."""
    shown = [item.uid for item in view.scene.items if view.scene.is_shown(item.uid)]
    if not shown:
        return
    chosen = [place for place, uid in enumerate(shown) if view.is_selected(uid)]
    start = (chosen[-1] if step > 0 else chosen[0]) if chosen else (-1 if step > 0 else 0)
    view.set_selection([shown[(start + step) % len(shown)]])
