/** What a text says of itself: vectors of an encoder and counts of its words, and classifiers that learn from both. */
package io.millrace.models.text;
