"""What the sources claim, played: each claim that can be put as a contrast, in paired worlds (`kompetansesim check claims`)."""
