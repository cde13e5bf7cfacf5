/** The least value of a function that has no derivative at hand. */
package io.millrace.models.search;
