"""The report on a calibration: fit, validation, what was learned. Made from the calibration's folder alone."""

from sim.report.calibration.page import calibration_page, write_calibration_report, write_check_figure

__all__ = ["calibration_page", "write_calibration_report", "write_check_figure"]
