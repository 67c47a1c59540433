"""What was seen: outcomes, outputs and recordings, as files and as what people read of them. No Docker, no pytest."""
