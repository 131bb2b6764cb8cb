"""The settings of the running test, plus the app that registers the tests' kinds."""

import os
from importlib import import_module

_base = import_module(os.environ["PROBE_SETTINGS"])
globals().update({name: getattr(_base, name) for name in dir(_base) if name.isupper()})
INSTALLED_APPS = [*_base.INSTALLED_APPS, "tests.core.notices.probe"]
