/** What customers mean by what they write: the model of the night, and its trainer on texts of the user's own. */
package io.millrace.nightly.sentiment;
