/** Weekly demand of each product and site, forecast. */
package io.millrace.nightly.demand;
