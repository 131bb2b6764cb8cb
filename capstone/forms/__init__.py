from .charters import CharterForm, Difference, IdeaForm, ProcessForm, ScreenForm
from .measures import MeasureForm, PointForm

__all__ = [
    "CharterForm",
    "Difference",
    "IdeaForm",
    "MeasureForm",
    "PointForm",
    "ProcessForm",
    "ScreenForm",
]
