"""Plug-ins: what researchers add to the model from modules of their own, without changing it.

A plug-in is one Python file (or an installed package) with a `PLUGIN = Plugin(...)` in it. Nothing is loaded unless the
user names it.
"""

from sim.plugins.loading import load, module_of, opened
from sim.plugins.plugin import Plugin
from sim.plugins.source import Named, Source, found

__all__ = ["Named", "Plugin", "Source", "found", "load", "module_of", "opened"]
