"""Every day to come of an organisation, on a page, in anyone's own calendar, in a weekly letter."""
