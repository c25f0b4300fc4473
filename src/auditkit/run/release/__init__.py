"""What was published of a wave: numbered manifests of every input and every score, and their replay."""
