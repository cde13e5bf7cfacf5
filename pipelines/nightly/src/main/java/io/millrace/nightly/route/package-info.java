/** Shipments to routes: which vehicle goes where on the next day, and how much shorter that is than what savings would draw. */
package io.millrace.nightly.route;
