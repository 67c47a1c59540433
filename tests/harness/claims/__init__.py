"""What a page says: its text becomes blocks, sessions and steps, each with its command. No Docker, no pytest."""
