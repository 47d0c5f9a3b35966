"""The pages that serve every part of the toolbox alike."""

from portal.toolbox.views import keeping, paper, sharing, worker
from portal.toolbox.views.blueprint import part_sharing, seen_parts, tools

__all__ = ["keeping", "paper", "part_sharing", "seen_parts", "sharing", "tools", "worker"]
