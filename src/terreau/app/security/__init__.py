"""What guards every page: headers, limits, refusals said in words."""
