"""The interface for plug-ins, version 1: all that a package of somebody else may use of this program.

A package declares a subclass of ``Plugin`` under the entry point group ``anylabeling.plugins``::

    [project.entry-points."anylabeling.plugins"]
    colours = "my_package:ColourPlugin"

What is in ``__all__`` stays as it is within a version of the interface. Everything else in this program may change from
one day to the next. See docs/guide/plugins.md.
"""

from __future__ import annotations

from anylabeling.plugins.api import API_VERSION, Action, ActionRequest, ActionResult, Plugin
from anylabeling.plugins.api_formats import (
    DatasetFormat,
    ExportedImage,
    FileData,
    FormatReader,
    FormatWriter,
    ImportedImage,
    Labels,
    WriteRequest,
)
from anylabeling.plugins.api_models import Model, ModelFamily, ModelSource, PredictOptions
from anylabeling.plugins.api_values import (
    FolderData,
    ImageData,
    PluginError,
    ProgramData,
    RunData,
    SavedData,
    ShapeData,
    read_image,
)

__all__ = [
    "API_VERSION",
    "Action",
    "ActionRequest",
    "ActionResult",
    "DatasetFormat",
    "ExportedImage",
    "FileData",
    "FolderData",
    "FormatReader",
    "FormatWriter",
    "ImageData",
    "ImportedImage",
    "Labels",
    "Model",
    "ModelFamily",
    "ModelSource",
    "Plugin",
    "PluginError",
    "PredictOptions",
    "ProgramData",
    "RunData",
    "SavedData",
    "ShapeData",
    "WriteRequest",
    "read_image",
]
