"""The page Tissue load: what it shows is what the pure functions tell, and it makes sense with little or nothing in it."""
