/** Charts: what they show, and the SVG that they are drawn as. */
package io.millrace.nightly.chart;
