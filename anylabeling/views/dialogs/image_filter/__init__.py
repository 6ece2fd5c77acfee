"""The window of the image filter."""

from anylabeling.views.dialogs.image_filter.dialog import ImageFilterDialog

__all__ = ["ImageFilterDialog"]
