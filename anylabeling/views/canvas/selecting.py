"""Selections that follow from the present one."""

from __future__ import annotations

from collections.abc import Collection

from anylabeling.views.canvas.shape_view import ShapeView


def invert_selection(view: ShapeView) -> None:
    """Select every shape that is shown and not selected."""
    view.set_selection([shape.uid for shape in view.scene.shapes if not view.is_selected(shape.uid)])


def select_same_label(view: ShapeView) -> None:
    """Select every shape that is shown and has the label of a selected one."""
    labels = {shape.label for shape in view.scene.shapes if view.is_selected(shape.uid)}
    select_label(view, *labels)


def select_label(view: ShapeView, *labels: str) -> None:
    """Select every shape that is shown and has one of these labels."""
    view.set_selection([shape.uid for shape in view.scene.shapes if shape.label in labels])


def select_group(view: ShapeView) -> None:
    """Select every shape that is shown and in the group of a selected one."""
    groups = {shape.group_id for shape in view.scene.shapes if view.is_selected(shape.uid)} - {None}
    if groups:
        view.set_selection([shape.uid for shape in view.scene.shapes if shape.group_id in groups])


def select_next(view: ShapeView, step: int) -> None:
    """Select the next shape that is shown in the drawing order, or the one before with -1, going round at the ends."""
    shown = view.scene.shown(shape.uid for shape in view.scene.shapes)
    if not shown:
        return
    chosen = [place for place, uid in enumerate(shown) if view.is_selected(uid)]
    start = (chosen[-1] if step > 0 else chosen[0]) if chosen else (-1 if step > 0 else 0)
    view.set_selection([shown[(start + step) % len(shown)]])


def select_retraced(view: ShapeView, uids: Collection[int]) -> None:
    """Select the shapes that undo or redo has brought back or changed.

    One shape of a group stays selected alone when the others have only gone with it.
    """
    chosen, document = frozenset(view.selection()), view.document
    if chosen and document is not None and chosen.issubset(uids):
        groups = {shape.group_id for shape in document.present(chosen)} - {None}
        if all(shape.uid in chosen or shape.group_id in groups for shape in document.present(uids)):
            return
    view.set_selection(uids)
