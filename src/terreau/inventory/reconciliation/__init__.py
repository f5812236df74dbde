"""Several sources become one fleet (rapprochement): who is the same device, which source speaks, what parts them.

``terreau.inventory.reconcile`` is the door; the fleet (``inventory.fleet``) and the check read the same clusters.
"""
