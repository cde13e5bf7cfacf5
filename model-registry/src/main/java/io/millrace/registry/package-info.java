/** Registered models: versions with what they were made of, artefacts by content hash, and who was champion when. */
package io.millrace.registry;
