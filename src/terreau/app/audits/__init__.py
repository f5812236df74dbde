"""Being audited: request, freeze, auditor, findings, decision."""
