/** The models measured on a data set of the user's, beside their baselines. */
package io.millrace.models.evaluate;
