package io.millrace.decisions.evaluate;

import io.millrace.decisions.routing.RoutingProblem;
import java.util.List;

/**
 * A routing problem as a file tells it.
 *
 * @param problem its depots and customers in the file's order, depots first; their codes are the numbers that the file gives them
 * @param remarks what of the file was not read or is read otherwise than it says, a sentence each
 */
public record RoutingData(RoutingProblem problem, List<String> remarks) {

    /** Keeps its own copy. */
    public RoutingData {
        remarks = List.copyOf(remarks);
    }
}
