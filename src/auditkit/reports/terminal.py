"""The reports as a terminal shows them: calm tables, bars of block signs, the critical on top; plain where piped."""

from __future__ import annotations

from auditkit.reports.problem_list import print_problems

__all__ = ["print_problems"]
