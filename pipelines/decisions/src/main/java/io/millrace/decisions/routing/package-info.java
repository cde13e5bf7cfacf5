/** Which vehicle visits which stops in which order: a max–min ant system whose ants end in a local search across routes. */
package io.millrace.decisions.routing;
