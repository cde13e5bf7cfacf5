/** Features to scores: the stage that every model shares. */
package io.millrace.nightly.score;
