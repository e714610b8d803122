"""The web page: questions asked and answered in a browser on one's own machine, without any request to elsewhere."""
