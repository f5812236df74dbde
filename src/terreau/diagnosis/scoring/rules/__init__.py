"""One module per rule: drop a file with a ``RULE`` here, and it is offered to the editions that name it."""
