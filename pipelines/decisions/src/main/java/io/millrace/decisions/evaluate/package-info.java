/** The decision models on anybody's data: metrics beside the baselines that they have to beat. */
package io.millrace.decisions.evaluate;
