/** Inventory models of the textbooks: exact costs, exact optima, and the approximations that they are compared with. */
package io.millrace.decisions.inventory;
