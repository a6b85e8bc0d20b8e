"""Planning: what the days mean for the next run and for the person who decides."""
