"""What is handed over: dossiers and compiled documents."""
