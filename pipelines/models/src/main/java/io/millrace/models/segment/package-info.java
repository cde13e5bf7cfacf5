/** Groups that data fall into by themselves: how they are found, how many there are, how stable they are, and what they are called. */
package io.millrace.models.segment;
