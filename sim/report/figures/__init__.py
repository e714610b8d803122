"""The report's figures. Each is built once, as marks on panels, and drawn twice: as SVG in the page and as a PNG file."""
