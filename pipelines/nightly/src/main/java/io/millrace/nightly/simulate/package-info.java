/** What policies would have done on days that happened: the replay of a lake's own past, item by item on executors. */
package io.millrace.nightly.simulate;
