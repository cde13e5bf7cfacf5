/** Forecasters of one series, their rolling-origin validation, and the quantile forecasts that follow from it. */
package io.millrace.models.forecast;
