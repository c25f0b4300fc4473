"""The reports as a terminal shows them: calm tables, bars of block signs, the critical on top; plain where piped."""

from __future__ import annotations

from auditkit.reports.problem_list import print_problems
from auditkit.reports.terminal_branch import print_branch
from auditkit.reports.terminal_explain import print_explanation
from auditkit.reports.terminal_network import print_network
from auditkit.reports.terminal_scores import ScoredVisit, print_scores

__all__ = ["ScoredVisit", "print_branch", "print_explanation", "print_network", "print_problems", "print_scores"]
