/** Features and what became of them to models in the registry, trained when they are due. */
package io.millrace.nightly.train;
