/** What to order tonight: reorder points and lots from forecast, lead time and service level, priced beside the ERP's own rule. */
package io.millrace.decisions.reorder;
