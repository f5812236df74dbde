"""Training (formation): who followed what, without a name, and the rates by profession and at onboarding."""
