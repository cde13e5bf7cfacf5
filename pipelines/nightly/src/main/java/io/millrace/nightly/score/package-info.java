/** Features to scores: churn and demand, each with the model that scored and the reasons. */
package io.millrace.nightly.score;
