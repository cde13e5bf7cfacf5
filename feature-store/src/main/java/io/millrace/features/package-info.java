/** Feature views, computed as they were known on a day, materialised by business date, and joined into training sets. */
package io.millrace.features;
