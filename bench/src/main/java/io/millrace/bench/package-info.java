/** What Millrace is measured against: the same work as somebody would write it by hand. */
package io.millrace.bench;
