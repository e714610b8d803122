"""Registers as people have them (exports of SSB, Udir and Excel), made into the model's register files."""

from sim.registers.importing import Imported, import_registers

__all__ = ["Imported", "import_registers"]
