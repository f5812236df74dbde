"""The dossier one hands over: a folder that an auditor can read, and that anyone can verify byte for byte."""
