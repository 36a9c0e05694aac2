"""What people type and read: Greek letters and other signs, quoted text."""
