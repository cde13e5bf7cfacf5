/** Customer value: what each customer will be worth, and how likely they are still there. */
package io.millrace.nightly.value;
