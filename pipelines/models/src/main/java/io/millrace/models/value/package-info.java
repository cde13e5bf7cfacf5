/** What a customer will be worth: purchases still to come, whether there will be any, and what they bring ("buy till you die"). */
package io.millrace.models.value;
