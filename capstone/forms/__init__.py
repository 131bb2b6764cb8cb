from .charters import CharterForm, Difference, IdeaForm, ProcessForm, ScreenForm
from .entries import EntryForm
from .measures import MeasureForm, PointForm

__all__ = [
    "CharterForm",
    "Difference",
    "EntryForm",
    "IdeaForm",
    "MeasureForm",
    "PointForm",
    "ProcessForm",
    "ScreenForm",
]
