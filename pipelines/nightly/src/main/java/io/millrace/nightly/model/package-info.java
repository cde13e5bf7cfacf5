/** What a model is: one class that scores, and where it learns also trains. Its stages are shared by all. */
package io.millrace.nightly.model;
