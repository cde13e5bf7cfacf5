/** Features and what became of them to models in the registry: the stage that every trained model shares. */
package io.millrace.nightly.train;
