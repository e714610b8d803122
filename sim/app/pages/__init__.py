"""What the web page shows at each of its addresses."""
