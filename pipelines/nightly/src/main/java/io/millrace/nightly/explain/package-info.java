/** Why a decision is what it is: from the line that the ERP got down to the lines of the files that it rests on. */
package io.millrace.nightly.explain;
