"""Every problem code there is: importing the modules that declare them fills the register."""

from __future__ import annotations

import importlib
import pkgutil

from auditkit.problems import REGISTER, Code


def every_code() -> dict[str, Code]:
    """Code → card, in order."""
    import auditkit

    for module in pkgutil.walk_packages(auditkit.__path__, "auditkit."):
        if not module.name.startswith(("auditkit.cli", "auditkit.shipped")):
            importlib.import_module(module.name)
    return dict(sorted(REGISTER.items()))
