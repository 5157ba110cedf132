"""What one may be allowed to do in the portal. Being inside the house comes first: see ``domain.gate``."""

ENTER = "knowledge.enter"
MANAGE = "knowledge.manage"
LEAD = "knowledge.lead"
NETWORKS = "knowledge.networks"
