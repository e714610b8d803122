"""Studies as a whole: asked for in a line, played and kept by `sim.experiments`, and then told of by `sim.report`."""
